import { confidenceIn } from '#lib/assistant/confidence.ts'
import type { Knowledge } from '#lib/knowledge/knowledge.ts'
import { fileOf, inScope, outOfScope, type QuestionSet } from './questions.ts'

/** Of the questions judged with a confidence in this range: how many, how sure on average, and how many rightly so. */
export interface Bin {
  from: number
  to: number
  count: number
  confidence: number
  right: number
}

const edges = [0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.97, 1.01]
/** The share of messages that are for the desk, as in calibrate.ts. */
const OURS = 0.9

/** The reliability of the confidence: in a calibrated one, each bin is right as often as it is sure. */
export function reliability(sets: readonly QuestionSet[], knowledge: Knowledge): Bin[] {
  const own = sets.flatMap(inScope)
  const foreign = sets.flatMap(outOfScope)
  const judged = [
    ...own.map(({ q, articles }) => ({ ...judge(q, articles, knowledge), weight: OURS / own.length })),
    ...foreign.map(({ q }) => ({ ...judge(q, [], knowledge), weight: (1 - OURS) / foreign.length })),
  ]
  return edges.slice(1).flatMap((to, at) => {
    const from = edges[at] ?? 0
    const inside = judged.filter(({ confidence }) => confidence >= from && confidence < to)
    const weight = inside.reduce((sum, one) => sum + one.weight, 0)
    const mean = (value: (one: (typeof inside)[number]) => number) => inside.reduce((sum, one) => sum + one.weight * value(one), 0) / weight
    return weight === 0
      ? []
      : [{ from, to: Math.min(1, to), count: inside.length, confidence: mean((one) => one.confidence), right: mean((one) => one.right) }]
  })
}

function judge(q: string, articles: string[], knowledge: Knowledge) {
  const findings = knowledge.search(q)
  return { confidence: confidenceIn(findings), right: articles.map(fileOf).includes(findings.hits[0]?.article.file ?? '') ? 1 : 0 }
}
