/** Where a link leads, as far as it may lead anywhere. */
export interface Destination {
  href: string
  host: string
}

/**
 * The destination of a link that somebody else wrote: a whole http(s) address without a name and password in it,
 * or none. `javascript:`, `data:` and the like are no addresses here, whatever they are disguised as.
 */
export function destinationOf(href: string): Destination | undefined {
  const url = URL.parse(href.trim())
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined
  if (url.username !== '' || url.password !== '') return undefined
  return { href: url.href, host: url.host }
}

/** Whether the words of a link already name the host it leads to, so that it need not be shown besides. */
export function namesHost(text: string, { host }: Destination): boolean {
  const bare = (value: string) => value.toLowerCase().replace(/^www\./, '')
  const [, said] = /^(?:https?:\/\/)?([^/?#\s]+)(?:[/?#]\S*)?$/i.exec(text.trim()) ?? []
  return said !== undefined && bare(said) === bare(host)
}
