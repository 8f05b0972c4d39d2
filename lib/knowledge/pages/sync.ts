import { setTimeout as sleep } from 'node:timers/promises'
import type { DocumentReader } from '../formats/document-reader.ts'
import { type Answer, fetchPage } from './fetch-page.ts'
import { articlesOfPage } from './page-article.ts'
import { digestOf, type PageStore, type StoredPage } from './page-store.ts'
import { createGuardedLookup, isPublicAddress } from './public-address.ts'
import { createRobots } from './robots.ts'
import { type Entry, linksBelow, pagesOfSitemap } from './url-list.ts'

/** Pages of one entry, at most. */
const MOST_PAGES = 100
const MAX_BYTES = 5 * 1024 * 1024
const MAX_ROBOTS_BYTES = 512 * 1024
const LIMIT_MS = 20_000
/** Between two requests to one site, in milliseconds. */
const PAUSE_MS = 250

const pageTypes = ['text/html', 'text/plain', 'text/markdown', 'application/pdf']
const sitemapTypes = ['application/xml', 'text/xml', 'text/plain']

export interface SyncOptions {
  store: PageStore
  reader: DocumentReader
  /** Names the desk to the sites. */
  userAgent: string
  signal: AbortSignal
  /** Which addresses may be connected to; only tests let it be others than the public ones. */
  isAllowed?: (address: string) => boolean
  limitMs?: number
  pauseMs?: number
}

export interface Report {
  /** Pages that are new, other than before, or gone. */
  changed: number
  pages: number
  failed: Array<{ url: string; reason: string }>
}

/**
 * Brings the stored pages to what the entries of the list lead to now. A page that is gone or that robots.txt forbids leaves, one that
 * fails stays as it was. Never throws for what a site does; throws when it is stopped or the disk fails.
 */
export async function syncPages(entries: Entry[], options: SyncOptions): Promise<Report> {
  const { store, signal, userAgent, isAllowed = isPublicAddress, limitMs = LIMIT_MS, pauseMs = PAUSE_MS } = options
  const lookup = createGuardedLookup(isAllowed)
  const report: Report = { changed: 0, pages: 0, failed: [] }
  const lastAsked = new Map<string, number>()
  const visited = new Map<string, Promise<StoredPage | undefined>>()
  const fail = (url: URL, error: unknown) =>
    report.failed.push({ url: url.href, reason: error instanceof Error ? error.message : String(error) })

  const terms = { isAllowed, lookup, limitMs, signal }
  const robots = createRobots((url) =>
    fetchPage(url, {
      ...terms,
      headers: { 'user-agent': userAgent },
      takes: () => true,
      maxBytes: MAX_ROBOTS_BYTES,
      mayFollow: async () => undefined,
    }),
  )

  /** Throws when robots.txt forbids an address; waits as long as its site wants to be left in peace. */
  async function mayFetch(url: URL): Promise<void> {
    const { allows, delayMs } = await robots(url)
    if (!allows(url)) throw new Forbidden()
    const ready = (lastAsked.get(url.origin) ?? 0) + Math.max(pauseMs, delayMs)
    if (ready > Date.now()) await sleep(ready - Date.now(), undefined, { signal })
    lastAsked.set(url.origin, Date.now())
  }

  async function get(url: URL, types: string[], known?: StoredPage): Promise<Answer> {
    await mayFetch(url)
    const headers: Record<string, string> = { 'user-agent': userAgent, accept: types.join(', ') }
    if (known?.etag !== undefined) headers['if-none-match'] = known.etag
    if (known?.lastModified !== undefined) headers['if-modified-since'] = known.lastModified
    return fetchPage(url, { ...terms, headers, takes: (type) => types.includes(type), maxBytes: MAX_BYTES, mayFollow: mayFetch })
  }

  async function remove(url: URL): Promise<void> {
    if (store.get(url.href)) report.changed++
    await store.remove(url.href)
  }

  /** A page as it is, which the list may lead to by another line than before. */
  async function keep(page: StoredPage, { line }: Entry): Promise<StoredPage> {
    const kept = { ...page, entry: line }
    if (page.entry !== line) await store.put(kept)
    return kept
  }

  async function refresh(url: URL, entry: Entry): Promise<StoredPage | undefined> {
    const known = store.get(url.href)
    let page: StoredPage
    try {
      const answer = await get(url, pageTypes, known)
      if (answer.status === 304 && known) return keep(known, entry)
      if (answer.status === 404 || answer.status === 410) throw new Gone(answer.status)
      if (answer.status !== 200) throw new Error(`it answers ${answer.status}`)
      page = await pageOf(url, entry, answer, options.reader)
    } catch (error) {
      signal.throwIfAborted()
      fail(url, error)
      if (error instanceof Forbidden || error instanceof Gone) await remove(url)
      const left = store.get(url.href)
      return left && keep(left, entry)
    }
    if (!known || digestOf(JSON.stringify(known.content)) !== digestOf(JSON.stringify(page.content))) report.changed++
    await store.put(page)
    return page
  }

  function visit(url: URL, entry: Entry): Promise<StoredPage | undefined> {
    const page = visited.get(url.href) ?? refresh(url, entry)
    visited.set(url.href, page)
    return page
  }

  /** Where an entry leads besides its own address; undefined when that cannot be told now. */
  async function pagesOf(entry: Entry): Promise<URL[] | undefined> {
    if (entry.kind === 'page') return [entry.url]
    if (entry.kind === 'below') {
      const page = await visit(entry.url, entry)
      if (!page) return undefined
      return [entry.url, ...linksBelow(entry.url, ('document' in page.content && page.content.document.links) || [])]
    }
    try {
      const { status, body } = await get(entry.url, sitemapTypes)
      if (status !== 200) throw new Error(`it answers ${status}`)
      return pagesOfSitemap(entry.url, new TextDecoder().decode(body))
    } catch (error) {
      signal.throwIfAborted()
      fail(entry.url, error)
      return undefined
    }
  }

  for (const entry of entries) {
    const urls = await pagesOf(entry)
    if (urls && urls.length > MOST_PAGES) fail(entry.url, new Error(`it leads to more than ${MOST_PAGES} pages: the others are left out`))
    for (const url of urls?.slice(0, MOST_PAGES) ?? []) await visit(url, entry)
    // What an entry led to before and does not any more is not wanted; of one that fails nothing is known.
    if (urls)
      for (const { url } of store.all().filter((page) => page.entry === entry.line && !visited.has(page.url))) await remove(new URL(url))
  }
  const lines = new Set(entries.map(({ line }) => line))
  for (const { url } of store.all().filter((page) => !lines.has(page.entry))) await remove(new URL(url))
  return { ...report, pages: store.all().length }
}

class Forbidden extends Error {
  override readonly message = 'the robots.txt of its site does not allow it'
}

class Gone extends Error {
  constructor(status: number) {
    super(`it is gone (${status})`)
  }
}

/** What an answer says, read. Throws a sentence when that is nothing. */
async function pageOf({ href: url }: URL, { line: entry }: Entry, answer: Answer, reader: DocumentReader): Promise<StoredPage> {
  const { type, charset, etag, lastModified, body } = answer
  const isText = type === 'text/plain' || type === 'text/markdown'
  const content = isText
    ? { text: decode(body, charset), isMarkdown: type === 'text/markdown' || /\.md$/i.test(new URL(url).pathname) }
    : { document: await reader.read(type === 'application/pdf' ? 'pdf' : 'html', body, { charset }) }
  const page = { url, entry, content, ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) }
  articlesOfPage(page)
  return page
}

function decode(bytes: Uint8Array, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
