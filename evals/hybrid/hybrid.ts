import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Article } from '#lib/knowledge/article.ts'
import type { Embedder } from '#lib/knowledge/meaning/embedder.ts'
import { openVectors } from '#lib/knowledge/meaning/vectors.ts'
import { type Ask, openAssistant } from '../ask.ts'
import { fileOf, inScope, knowledgeOf, outOfScope, type QuestionSet, sets } from '../questions.ts'
import { meanNdcg } from '../ranking.ts'
import { labelsOf } from './labels.ts'
import { oracle, pieces, random } from './stand-ins.ts'
import { searchByVectors } from './vectors-alone.ts'

/** How one set of questions is searched by words, by vectors, and by both (nDCG@10). */
export interface Legs {
  set: QuestionSet
  words: Leg
  vectors: Pick<Leg, 'ndcg'>
  both: Leg
}

interface Leg {
  ndcg: number
  /** How many questions are answered from the right article, and how many that are not ours are answered. */
  right: number
  foreign: number
}

type MakeEmbedder = (articles: Article[], sets: QuestionSet[]) => Embedder

/** From worthless to perfect. Alone, an oracle with a noise of 5 finds a third, with 3 somewhat less than words do. */
export const embedders = {
  random,
  'pieces of words': pieces,
  'far-off oracle': (articles, own) => oracle(labelsOf(articles, own), 5),
  'rough oracle': (articles, own) => oracle(labelsOf(articles, own), 3),
  oracle: (articles, own) => oracle(labelsOf(articles, own), 0.5),
} satisfies Record<string, MakeEmbedder>

export type EmbedderName = keyof typeof embedders

/** The legs of all sets, with one embedder. */
export async function measureHybrid(name: EmbedderName): Promise<Legs[]> {
  const measured: Legs[] = []
  for (const [folder, own] of Map.groupBy(sets, knowledgeOf)) measured.push(...(await measureFolder(folder, own, embedders[name])))
  return measured
}

async function measureFolder(folder: string, own: QuestionSet[], make: MakeEmbedder): Promise<Legs[]> {
  const byWords = await openAssistant(folder)
  const embedder = make(byWords.knowledge.articles(), own)
  const place = mkdtempSync(join(tmpdir(), 'frontdesk-hybrid-'))
  const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
  const vectors = await openVectors({ embedder, file: join(place, 'vectors.bin'), log })
  const byBoth = await openAssistant(folder, { vectors })
  try {
    await byBoth.knowledge.embedding()
    const { signal } = new AbortController()
    const alone = await searchByVectors(byWords.knowledge, embedder)
    const measured: Legs[] = []
    for (const set of own) {
      const words = await legOf(set, byWords.ask, async (text) => byWords.knowledge.search(text).hits.map(({ article }) => article))
      const both = await legOf(set, byBoth.ask, async (text) => {
        const search = await byBoth.knowledge.searchFor([text], signal)
        return search(text).hits.map(({ article }) => article)
      })
      measured.push({ set, words, vectors: { ndcg: await meanNdcg(set, alone) }, both })
    }
    return measured
  } finally {
    await Promise.all([byWords.close(), byBoth.close()])
    rmSync(place, { recursive: true })
  }
}

async function legOf(set: QuestionSet, ask: Ask, search: (text: string) => Promise<Article[]>): Promise<Leg> {
  let right = 0
  for (const { q, articles } of inScope(set)) {
    const [source = ''] = (await ask(q)).sources
    if (articles.some((name) => source === name || source.split('#')[0] === fileOf(name))) right += 1
  }
  let foreign = 0
  for (const { q } of outOfScope(set)) if ((await ask(q)).kind === 'answer') foreign += 1
  return { ndcg: await meanNdcg(set, search), right, foreign }
}
