import { DatabaseSync } from 'node:sqlite'
import { type Article, questionsOf } from '#lib/knowledge/article.ts'
import type { Knowledge } from '#lib/knowledge/knowledge.ts'
import { fileOf, inScope, type QuestionSet } from './questions.ts'

/** How well two searches put the right articles first, over the same articles and questions (nDCG@10, 0…1). */
export interface Ranking {
  ours: number
  fts5: number
  count: number
}

const DEPTH = 10

/**
 * Compares the search with `bm25()` of SQLite's FTS5 (its default tokenizer, any of the words). Both see everything
 * that the articles hold: titles, synonyms, texts and example questions.
 */
export async function rank(set: QuestionSet, knowledge: Knowledge): Promise<Ranking> {
  return {
    ours: await meanNdcg(set, async (text) => knowledge.search(text).hits.map(({ article }) => article)),
    fts5: await meanNdcg(set, openFts5(knowledge.articles())),
    count: inScope(set).length,
  }
}

/** How well a search puts the right articles first, over the questions of a set. */
export async function meanNdcg(set: QuestionSet, search: (text: string) => Promise<Article[]>): Promise<number> {
  const nameOf = nameIn(set)
  let sum = 0
  for (const { q, articles } of inScope(set)) sum += ndcg((await search(q)).map(nameOf), articles.map(fileOf))
  return sum / inScope(set).length
}

/** How a set names the articles that answer: by their files, or by the entries of a FAQ. */
export function nameIn(set: QuestionSet): (article: Article) => string {
  const byEntry = inScope(set).some(({ articles: names }) => names.some((name) => name.includes('#')))
  return ({ id, file }) => (byEntry ? id : file)
}

function openFts5(articles: Article[]): (text: string) => Promise<Article[]> {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE VIRTUAL TABLE article USING fts5(place UNINDEXED, text)')
  const insert = database.prepare('INSERT INTO article (place, text) VALUES (?, ?)')
  for (const [place, article] of articles.entries()) insert.run(place, textOf(article))
  const search = database.prepare('SELECT place FROM article WHERE article MATCH ? ORDER BY bm25(article) LIMIT 50')
  return async (text) => {
    const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
    if (words.length === 0) return []
    return search.all(words.map((word) => `"${word}"`).join(' OR ')).map(({ place }) => articles[Number(place)] as Article)
  }
}

function textOf(article: Article): string {
  const sections = article.passages.flatMap(({ heading, text }) => [heading, text])
  return [article.title, ...article.synonyms, ...questionsOf(article), ...sections].join('\n')
}

/** The discounted gain of the files found, each counted once, as a share of the best there could be. */
function ndcg(found: string[], right: string[]): number {
  const gain = (place: number) => 1 / Math.log2(place + 2)
  const own = [...new Set(found)].slice(0, DEPTH).reduce((sum, file, place) => sum + (right.includes(file) ? gain(place) : 0), 0)
  return own / right.reduce((sum, _, place) => sum + gain(place), 0)
}
