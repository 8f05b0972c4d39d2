import type { Article } from '#lib/knowledge/article.ts'
import type { Knowledge } from '#lib/knowledge/knowledge.ts'
import type { Embedder, TextKind } from '#lib/knowledge/meaning/embedder.ts'
import { passageText } from '#lib/knowledge/meaning/texts.ts'

/** A search by nothing but vectors: the articles by their nearest passage, of the language that the search by words looks in. */
export async function searchByVectors(knowledge: Knowledge, embedder: Embedder): Promise<(text: string) => Promise<Article[]>> {
  const { signal } = new AbortController()
  const embed = (texts: string[], kind: TextKind) => embedder.embed(texts, kind, 1000, signal)
  const articles = knowledge.articles()
  const own: Float32Array[][] = []
  for (const article of articles) {
    const texts = article.passages.map((passage) => passageText(article, passage).text)
    own.push(await embed(texts, 'passage'))
  }
  return async (text) => {
    const [question = new Float32Array()] = await embed([text], 'question')
    const near = (vector: Float32Array) => vector.reduce((sum, value, at) => sum + value * (question[at] ?? 0), 0)
    const language = knowledge.languageOf(text)
    return articles
      .map((article, at) => ({ article, nearest: Math.max(...(own[at] ?? []).map(near)) }))
      .filter(({ article }) => article.language === language)
      .sort((a, b) => b.nearest - a.nearest)
      .map(({ article }) => article)
  }
}
