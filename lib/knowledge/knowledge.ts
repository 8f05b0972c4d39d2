import { stat } from 'node:fs/promises'
import type { Log } from '#lib/session/ports.ts'
import type { Article, Passage } from './article.ts'
import { backgroundIn } from './background.ts'
import { createDocumentFiles } from './formats/document-files.ts'
import { languageOf } from './language.ts'
import { loadArticles } from './load.ts'
import type { Pages } from './pages/pages.ts'
import type { Question } from './question.ts'
import { createSearchIndex, type Hit, type SearchIndex, searchIndexInSteps } from './search-index.ts'
import { byAndBy, type Steps } from './steps.ts'
import { watchFolder } from './watch-folder.ts'
import { analyzerFor } from './words.ts'

/** What was found for a question. */
export interface Findings {
  question: Question
  language: string
  /** Articles that may answer, best first. */
  hits: Hit[]
  /** Whether the question is of the kind that the articles are about, -6 (no) … 6 (yes). */
  belonging: number
  /** Whether it is rather something that people say elsewhere, 0 (no, or it cannot be told) … 1. */
  elsewhere: number
  /** How well a text of an article with this title fits the question (0…1). */
  fit: (text: string, title: string) => number
}

export type Knowledge = Awaited<ReturnType<typeof openKnowledge>>

/** The language that counts as asked in when nothing tells. */
const FALLBACK = 'en'
/** Articles that a search returns at most. */
const LIMIT = 10

/**
 * The articles of a folder and of the pages that it lists, ready to be searched; a change of either is read while the desk
 * runs, beside its other work. What cannot be read leaves what was read before. Throws when the folder is not there.
 */
export async function openKnowledge(folder: string, log: Log, pages?: Pages) {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new Error(`KNOWLEDGE_DIR: there is no folder ${folder}`)
  }
  const closing = new AbortController()
  const documents = createDocumentFiles()
  let library: Library | undefined
  let reading: Promise<void> | undefined
  let changedAgain = false

  async function read(): Promise<Library> {
    const own = await loadArticles(folder, { log, documents, before: library?.articles ?? [] })
    return byAndBy(libraryInSteps([...own, ...((await pages?.articles()) ?? [])]), closing.signal)
  }

  async function reload(): Promise<void> {
    try {
      library = await read()
      log.info({ articles: library.articles.length }, 'the knowledge was read again')
    } catch (error) {
      if (closing.signal.aborted) return
      const reason = error instanceof Error ? error.message : error
      log.error({ folder, reason }, 'the knowledge could not be read again: the articles read before stay')
    }
  }

  /** What changes while it is being read is read afterwards, however often it changes, once. */
  function changed(): void {
    changedAgain = reading !== undefined
    reading ??= reload().finally(() => {
      reading = undefined
      if (changedAgain && !closing.signal.aborted) changed()
    })
  }

  // Watched first: what changes while it is read for the first time is a change.
  const stopWatching = await watchFolder(folder, changed, log)
  const first = await read().catch((error) => {
    stopWatching()
    throw error
  })
  library ??= first
  pages?.start(changed)
  const now = () => library ?? first

  return {
    /** Searches the articles in the language of the text, or in all when there are none in it. */
    search: (text: string): Findings => now().search(text),
    articles: () => now().articles,
    passage: (id: string) => now().passages.get(id),
    languageOf: (text: string) => now().languageOf(text),
    /** Questions to suggest to a new visitor. */
    suggestions: (language: string): string[] => {
      const { articles } = now()
      const inLanguage = articles.filter((article) => article.suggest && article.language === language)
      return (inLanguage.length > 0 ? inLanguage : articles).flatMap(({ suggest }) => suggest ?? [])
    },
    async close(): Promise<void> {
      closing.abort()
      stopWatching()
      await pages?.close()
      await documents.close()
      await reading
    },
  }
}

type Library = ReturnType<typeof libraryInSteps> extends Steps<infer Made> ? Made : never

function* libraryInSteps(articles: Article[]) {
  const languages = [...new Set(articles.map(({ language }) => language))]
  const fallback = languages.includes(FALLBACK) ? FALLBACK : (languages[0] ?? FALLBACK)
  const indexes = new Map<string, SearchIndex>()
  for (const language of languages) {
    const own = articles.filter((article) => article.language === language)
    indexes.set(language, yield* searchIndexInSteps(own, analyzerFor(language), backgroundIn(language)))
  }
  const passages = new Map<string, { article: Article; passage: Passage }>()
  for (const article of articles) for (const passage of article.passages) passages.set(passage.id, { article, passage })

  const tell = (text: string) => languageOf(text, languages, fallback)

  function search(text: string): Findings {
    const language = tell(text)
    const index = indexes.get(language) ?? [...indexes.values()][0] ?? createSearchIndex([], analyzerFor(FALLBACK))
    const question = index.read(text)
    const hits = index.search(question, LIMIT)
    const fit = (other: string, title: string) => index.fit(question, other, title)
    return { question, language, hits, belonging: index.belonging(question), elsewhere: index.elsewhere(question), fit }
  }

  return { articles, passages, search, languageOf: tell }
}
