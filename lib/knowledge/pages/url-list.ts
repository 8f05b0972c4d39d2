/** One line of the list of addresses. */
export interface Entry {
  /** As it is written: names the entry. */
  line: string
  /** A page; a page and those it links to below its own address; the pages of a site map. */
  kind: 'page' | 'below' | 'sitemap'
  url: URL
}

/** The entries of a list, one address a line, and the lines that are none. What follows a `#` at the beginning or after a space is a comment. */
export function readUrlList(text: string): { entries: Entry[]; faults: Array<{ line: string; reason: string }> } {
  const entries = new Map<string, Entry>()
  const faults: Array<{ line: string; reason: string }> = []
  for (const raw of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim()
    if (line === '') continue
    const url = URL.parse(line.replace(/\/\*$/, '/'))
    if (!url || !/^https?:$/.test(url.protocol)) faults.push({ line, reason: 'it is no address like https://shop.example.com/returns' })
    else if (url.username !== '' || url.password !== '') faults.push({ line: url.host, reason: 'it has a name or a password in it' })
    else {
      url.hash = ''
      const kind = line.endsWith('/*') ? 'below' : /\.xml$/i.test(url.pathname) ? 'sitemap' : 'page'
      entries.set(line, { line, kind, url })
    }
  }
  return { entries: [...entries.values()], faults }
}

/** What a name says is no text. */
const noPage = /\.(png|jpe?g|gif|svg|webp|avif|ico|css|m?js|json|xml|zip|gz|mp[34]|webm|woff2?|docx?|xlsx?|pptx?|exe|dmg)$/i

/** The pages that a page links to below its own address, in their order, each once. */
export function linksBelow(page: URL, links: readonly string[]): URL[] {
  const folder = new URL('.', page).pathname
  return distinct(
    links.flatMap((link) => {
      const url = URL.parse(link, page)
      return url && url.origin === page.origin && url.pathname.startsWith(folder) && !noPage.test(url.pathname) ? [url] : []
    }),
  ).filter(({ href }) => href !== page.href)
}

/** The pages of its own site that a site map lists; other site maps that it lists are left out. */
export function pagesOfSitemap(sitemap: URL, xml: string): URL[] {
  const listed = [...xml.matchAll(/<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*<\/loc>/g)]
  return distinct(
    listed.flatMap(([, address = '']) => {
      const url = URL.parse(address.replaceAll('&amp;', '&'), sitemap)
      return url && url.origin === sitemap.origin && !/\.xml(\.gz)?$/i.test(url.pathname) ? [url] : []
    }),
  )
}

function distinct(urls: URL[]): URL[] {
  const byHref = new Map<string, URL>()
  for (const url of urls) {
    url.hash = ''
    byHref.set(url.href, url)
  }
  return [...byHref.values()]
}
