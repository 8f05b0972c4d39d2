import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Log } from '#lib/session/ports.ts'
import type { Article } from '../article.ts'
import { createDocumentReader } from '../formats/document-reader.ts'
import { articlesOfPage } from './page-article.ts'
import { openPageStore, type StoredPage } from './page-store.ts'
import { ROBOT } from './robots.ts'
import { type SyncOptions, syncPages } from './sync.ts'
import { readUrlList } from './url-list.ts'

const HOUR_MS = 3_600_000
/** Failures that are named in the log at once; a site that is away fails with every page. */
const NAMED = 5

export interface PagesOptions extends Partial<Pick<SyncOptions, 'isAllowed' | 'limitMs' | 'pauseMs'>> {
  /** The file that lists the addresses; there may be none. */
  list: string
  /** Where fetched pages are kept. */
  folder: string
  /** How often they are fetched again, in hours; 0: only at the start and when the list changes. */
  everyHours: number
  /** Goes with the name of the desk: a version, perhaps the desk's own address. */
  version: string
  log: Log
}

export type Pages = Awaited<ReturnType<typeof openPages>>

/** The pages of the web that a list names, kept on the disk, and fetched in the background once `start` was called. */
export async function openPages({ list, folder, everyHours, version, log, ...options }: PagesOptions) {
  const store = await openPageStore(folder)
  const reader = createDocumentReader()
  const closing = new AbortController()
  const known = new WeakMap<StoredPage, Article[]>()
  let timer: NodeJS.Timeout | undefined
  let syncing: Promise<void> | undefined
  let synced: string | undefined
  let lastRead = ''
  let changed: (() => void) | undefined

  /** The list as it is, none when there is none; as it was when it cannot be read or its whole folder is away. */
  async function readList(): Promise<string> {
    try {
      lastRead = await readFile(list, 'utf8')
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT' && existsSync(dirname(list))
      if (isMissing) lastRead = ''
      else log.warn({ file: list, reason: String(error) }, 'the list of addresses cannot be read: it counts as it was')
    }
    return lastRead
  }

  async function sync(): Promise<void> {
    synced = await readList()
    const { entries, faults } = readUrlList(synced)
    for (const fault of faults) log.warn({ file: list, ...fault }, 'a line of the list of addresses is left out')
    if (entries.length === 0 && store.all().length === 0) return
    const { failed, ...counts } = await syncPages(entries, {
      store,
      reader,
      signal: closing.signal,
      userAgent: `${ROBOT}/${version}`,
      ...options,
    })
    if (failed.length > 0) log.warn({ failed: failed.length, first: failed.slice(0, NAMED) }, 'pages could not be fetched')
    log.info(counts, 'the pages of the list of addresses were fetched')
    if (counts.changed > 0) changed?.()
  }

  /** A page that did not change is not read again. */
  function articlesOf(page: StoredPage): Article[] {
    try {
      const articles = known.get(page) ?? articlesOfPage(page)
      known.set(page, articles)
      return articles
    } catch (error) {
      // It was kept by another version of the desk, or by another hand.
      log.warn({ url: page.url, reason: String(error) }, 'a page that was kept cannot be read')
      return []
    }
  }

  /** Syncs now, unless that is being done: a list that changed meanwhile is followed afterwards. */
  function request(): void {
    if (closing.signal.aborted || syncing) return
    clearTimeout(timer)
    syncing = sync()
      .catch((error) => {
        if (!closing.signal.aborted) log.error({ err: error }, 'the pages of the list of addresses could not be kept')
      })
      .then(async () => {
        const isNew = (await readList()) !== synced
        syncing = undefined
        if (isNew) request()
        else if (everyHours > 0 && !closing.signal.aborted) timer = setTimeout(request, everyHours * HOUR_MS).unref()
      })
  }

  return {
    /** What the pages say that the list leads to now. A list that changed since it was followed is followed anew. */
    async articles(): Promise<Article[]> {
      const text = await readList()
      if (changed && text !== synced) request()
      const lines = new Set(readUrlList(text).entries.map(({ line }) => line))
      const wanted = store.all().filter(({ entry }) => lines.has(entry))
      return wanted.sort((a, b) => (a.url < b.url ? -1 : 1)).flatMap(articlesOf)
    },
    /** Begins to fetch; `whenChanged` is called after every time that the articles are others than before. */
    start(whenChanged: () => void): void {
      changed = whenChanged
      request()
    },
    async close(): Promise<void> {
      closing.abort()
      clearTimeout(timer)
      await syncing
      await reader.close()
    },
  }
}
