import { watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Log } from '#lib/session/ports.ts'
import type { Article, Passage } from './article.ts'
import { backgroundIn } from './background.ts'
import { languageOf } from './language.ts'
import { loadArticles } from './load.ts'
import type { Question } from './question.ts'
import { createSearchIndex, type Hit, type SearchIndex } from './search-index.ts'
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
/** Changes of files within this time are read together, in milliseconds. */
const SETTLE_MS = 150
/** Articles that a search returns at most. */
const LIMIT = 10

/**
 * The articles of a folder, ready to be searched; a change of the folder is read while the desk runs.
 * Throws when the folder is not there.
 */
export async function openKnowledge(folder: string, log: Log) {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new Error(`KNOWLEDGE_DIR: there is no folder ${folder}`)
  }
  let library = createLibrary(await loadArticles(folder, log))
  let reloading: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function reload(): Promise<void> {
    const articles = await loadArticles(folder, log)
    library = createLibrary(articles)
    log.info({ articles: articles.length }, 'the knowledge was read again')
  }

  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      reloading = (reloading ?? Promise.resolve())
        .then(reload)
        .catch((error) => log.error({ err: error }, 'the knowledge could not be read'))
    }, SETTLE_MS)
  })
  watcher.on('error', (error) => log.warn({ err: error }, 'changes of the knowledge are not seen'))

  return {
    /** Searches the articles in the language of the text, or in all when there are none in it. */
    search: (text: string): Findings => library.search(text),
    articles: () => library.articles,
    passage: (id: string) => library.passages.get(id),
    languageOf: (text: string) => library.languageOf(text),
    /** Questions to suggest to a new visitor. */
    suggestions: (language: string): string[] => {
      const inLanguage = library.articles.filter((article) => article.suggest && article.language === language)
      return (inLanguage.length > 0 ? inLanguage : library.articles).flatMap(({ suggest }) => suggest ?? [])
    },
    async close(): Promise<void> {
      clearTimeout(timer)
      watcher.close()
      await reloading
    },
  }
}

function createLibrary(articles: Article[]) {
  const languages = [...new Set(articles.map(({ language }) => language))]
  const fallback = languages.includes(FALLBACK) ? FALLBACK : (languages[0] ?? FALLBACK)
  const indexes = new Map<string, SearchIndex>()
  for (const language of languages) {
    const own = articles.filter((article) => article.language === language)
    indexes.set(language, createSearchIndex(own, analyzerFor(language), backgroundIn(language)))
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
