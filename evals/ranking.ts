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
export function rank(set: QuestionSet, knowledge: Knowledge): Ranking {
  const articles = knowledge.articles()
  const byEntry = inScope(set).some(({ articles: names }) => names.some((name) => name.includes('#')))
  const nameOf = ({ id, file }: Article) => (byEntry ? id : file)
  const fts5 = openFts5(articles, nameOf)
  const asked = inScope(set).map(({ q, articles: files }) => ({ q, right: files.map(fileOf) }))
  const mean = (search: (text: string) => string[]) => asked.reduce((sum, { q, right }) => sum + ndcg(search(q), right), 0) / asked.length
  return {
    ours: mean((text) => knowledge.search(text).hits.map(({ article }) => nameOf(article))),
    fts5: mean(fts5),
    count: asked.length,
  }
}

function openFts5(articles: Article[], nameOf: (article: Article) => string): (text: string) => string[] {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE VIRTUAL TABLE article USING fts5(file UNINDEXED, text)')
  const insert = database.prepare('INSERT INTO article (file, text) VALUES (?, ?)')
  for (const article of articles) insert.run(nameOf(article), textOf(article))
  const search = database.prepare('SELECT file FROM article WHERE article MATCH ? ORDER BY bm25(article) LIMIT 50')
  return (text) => {
    const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
    return words.length === 0 ? [] : search.all(words.map((word) => `"${word}"`).join(' OR ')).map(({ file }) => String(file))
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
