import type { Article } from '#lib/knowledge/article.ts'
import { passageText, probesOf, probeText } from '#lib/knowledge/meaning/texts.ts'
import { fileOf, inScope, type QuestionSet } from '../questions.ts'
import { nameIn } from '../ranking.ts'

/** Which articles each text is about: the texts of the articles themselves, and the questions of sets about them. */
export function labelsOf(articles: Article[], sets: QuestionSet[]): Map<string, string[]> {
  const nameOf = nameIn(sets[0] as QuestionSet)
  const labels = new Map<string, string[]>()
  for (const article of articles) {
    for (const passage of article.passages) labels.set(passageText(article, passage).text, [nameOf(article)])
  }
  for (const language of new Set(articles.map((article) => article.language))) {
    const own = articles.filter((article) => article.language === language)
    for (const probe of probesOf(own)) labels.set(probeText(probe).text, [nameOf(own[probe.article] as Article)])
  }
  for (const { q, articles: names } of sets.flatMap(inScope)) labels.set(q, names.map(fileOf))
  return labels
}
