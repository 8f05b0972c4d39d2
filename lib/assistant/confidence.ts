import type { Findings } from '#lib/knowledge/knowledge.ts'

/** What the confidence is computed from, each 0…1 (but for `score`, 0 … about 2). */
export interface Signals {
  best: number
  coverage: number
  margin: number
  unknown: number
  score: number
}

/** Coefficients of the logistic function. Fitted by `npm run evals -- calibrate`; see docs/assistant.md. */
const weights: Record<keyof Signals | 'bias', number> = {
  best: 0.3,
  coverage: 4.62,
  margin: 4.51,
  unknown: -3.35,
  score: 2.14,
  bias: -4.28,
}

export function signalsOf({ articles, question }: Findings): Signals {
  const [first, second] = articles
  const unknown = question.unknownWords / Math.max(1, question.contentWords)
  if (!first) return { best: 0, coverage: 0, margin: 0, unknown, score: 0 }
  const margin = (first.score - (second?.score ?? 0)) / first.score
  return { best: first.best, coverage: first.coverage, margin, unknown, score: Math.min(2, first.score) }
}

/** The probability (0…1) that the best article answers the question. */
export function confidenceIn(findings: Findings): number {
  const signals = signalsOf(findings)
  let z = weights.bias
  for (const [name, value] of Object.entries(signals)) z += weights[name as keyof Signals] * value
  return 1 / (1 + Math.exp(-z))
}
