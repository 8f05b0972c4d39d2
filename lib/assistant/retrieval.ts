import type { AnswerRecord } from '#lib/protocol/events.ts'
import type { Plan } from './plan.ts'

/** Articles that the record of an answer names, at most. */
const MOST = 5

/** The articles that came nearest to a question and their scores, best first: what an operator looks at when an answer was wrong. */
export function retrievalOf(plan: Plan): NonNullable<AnswerRecord['retrieval']> {
  const hits = plan.kind === 'answer' ? [...plan.parts, ...plan.unknown].flatMap((part) => part.hits) : plan.hits
  const best = new Map<string, number>()
  for (const { article, score } of hits) best.set(article.id, Math.max(score, best.get(article.id) ?? 0))
  const rated = [...best].map(([source, score]) => ({ source, score: Math.round(score * 1000) / 1000 }))
  return rated.sort((a, b) => b.score - a.score).slice(0, MOST)
}
