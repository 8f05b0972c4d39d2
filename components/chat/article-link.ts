import { destinationOf } from './markdown/links.ts'

/**
 * The attributes of a link to a citation's article. Articles of this desk are pages beside the chat; others open
 * in a tab of their own. An address that is neither is no link.
 */
export function articleLink(url: string | undefined): { href: string; target?: string; rel?: string } | undefined {
  if (url === undefined) return undefined
  // A file of the visitor's is no page to come back from.
  if (url.startsWith('/api/')) return { href: url, target: '_blank', rel: 'noopener' }
  if (/^\/(?![/\\])/.test(url)) return { href: url }
  const destination = destinationOf(url)
  return destination && { href: destination.href, target: '_blank', rel: 'noopener noreferrer nofollow' }
}
