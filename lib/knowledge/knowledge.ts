import { stat } from 'node:fs/promises'
import type { Log } from '#lib/session/ports.ts'
import type { Article, Passage } from './article.ts'
import { backgroundIn } from './background.ts'
import { createDocumentFiles } from './formats/document-files.ts'
import { languageOf } from './language.ts'
import { loadArticles } from './load.ts'
import { type Meaning, meaningInSteps } from './meaning/meaning.ts'
import { textsOf } from './meaning/texts.ts'
import type { Vectors } from './meaning/vectors.ts'
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

/** Searches for a text. `meant` says in full what it means, where its words alone do not. */
export type Search = (text: string, meant?: string) => Findings

export type Knowledge = Awaited<ReturnType<typeof openKnowledge>>

/** The language that counts as asked in when nothing tells. */
const FALLBACK = 'en'
/** Articles that a search returns at most. */
const LIMIT = 10

/**
 * The articles of a folder and of the pages that it lists, ready to be searched; a change of either is read while the desk
 * runs, beside its other work. What cannot be read leaves what was read before. With `vectors`, they are searched by meaning
 * too as soon as all have theirs. Throws when the folder is not there.
 */
export async function openKnowledge(folder: string, log: Log, pages?: Pages, vectors?: Vectors) {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new Error(`KNOWLEDGE_DIR: there is no folder ${folder}`)
  }
  const closing = new AbortController()
  const documents = createDocumentFiles()
  let library: Library | undefined
  let reading: Promise<void> | undefined
  let embedding = Promise.resolve()
  let changedAgain = false

  async function read(): Promise<Library> {
    const own = await loadArticles(folder, { log, documents, before: library?.articles ?? [] })
    return byAndBy(libraryInSteps([...own, ...((await pages?.articles()) ?? [])]), closing.signal)
  }

  /** Has a library searched by meaning too: with the vectors that there are at once, with all once they are made. Nobody waits for it. */
  async function embed(read: Library): Promise<void> {
    if (!vectors) return
    const made = vectors.keep(read.textsToEmbed)
    await byAndBy(read.learn(vectors.of), closing.signal)
    await made
    if (closing.signal.aborted) return
    await byAndBy(read.learn(vectors.of), closing.signal)
    const languages = read.languagesByMeaning()
    if (languages.length > 0) log.info({ languages }, 'the articles are searched by meaning too')
    else log.warn({}, 'the vectors do not find what the articles’ own questions ask for: the articles are searched by words alone')
  }

  function embedBeside(read: Library): void {
    embedding = embed(read).catch((error) => {
      if (!closing.signal.aborted)
        log.error({ reason: error instanceof Error ? error.message : error }, 'the knowledge is searched by words alone')
    })
  }

  async function reload(): Promise<void> {
    try {
      library = await read()
      embedBeside(library)
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
  // A change may have been read already.
  if (!library) {
    library = first
    embedBeside(first)
  }
  pages?.start(changed)
  const now = () => library ?? first

  return {
    /** Searches the articles in the language of the text, or in all when there are none in it. */
    search: (text: string): Findings => now().search(text),
    /** The search for these texts, by their meaning too once that is known; where that fails or takes long, by words alone. */
    async searchFor(texts: string[], signal: AbortSignal): Promise<Search> {
      const library = now()
      const meanings = vectors && library.languagesByMeaning().length > 0 ? await vectors.ask(texts, signal) : undefined
      return (text, meant = text) => library.search(text, meanings?.get(meant))
    },
    /** How many of the passages can be searched by meaning; undefined without an embedder. */
    embedded: () => vectors?.state(),
    /** Resolves when what is being embedded now can be searched by meaning. */
    embedding: () => embedding,
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
      await vectors?.close()
      await embedding
      await reading
    },
  }
}

type Library = ReturnType<typeof libraryInSteps> extends Steps<infer Made> ? Made : never

function* libraryInSteps(articles: Article[]) {
  const languages = [...new Set(articles.map(({ language }) => language))]
  const fallback = languages.includes(FALLBACK) ? FALLBACK : (languages[0] ?? FALLBACK)
  const ownOf = (language: string) => articles.filter((article) => article.language === language)
  const indexes = new Map<string, SearchIndex>()
  for (const language of languages) {
    indexes.set(language, yield* searchIndexInSteps(ownOf(language), analyzerFor(language), backgroundIn(language)))
  }
  const passages = new Map<string, { article: Article; passage: Passage }>()
  for (const article of articles) for (const passage of article.passages) passages.set(passage.id, { article, passage })

  const tell = (text: string) => languageOf(text, languages, fallback)
  const meanings = new Map<string, Meaning>()

  function search(text: string, vector?: Float32Array): Findings {
    const language = tell(text)
    const index = indexes.get(language) ?? [...indexes.values()][0] ?? createSearchIndex([], analyzerFor(FALLBACK))
    const question = index.read(text)
    const hits = index.search(question, LIMIT, vector && meanings.get(language)?.(vector))
    const fit = (other: string, title: string) => index.fit(question, other, title)
    return { question, language, hits, belonging: index.belonging(question), elsewhere: index.elsewhere(question), fit }
  }

  /** Learns what the articles mean by the vectors that there are now. */
  function* learn(vectorOf: Vectors['of']): Steps<void> {
    for (const language of languages) {
      const meaning = yield* meaningInSteps(ownOf(language), vectorOf)
      if (meaning) meanings.set(language, meaning)
      else meanings.delete(language)
    }
  }

  const textsToEmbed = languages.flatMap((language) => textsOf(ownOf(language)))
  return { articles, passages, search, languageOf: tell, textsToEmbed, learn, languagesByMeaning: () => [...meanings.keys()] }
}
