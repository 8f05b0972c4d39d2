import type { Findings } from '#lib/knowledge/knowledge.ts'
import calibration from './calibration.json' with { type: 'json' }

/** What the confidence is computed from, each about 0…1 (but for `belonging`, -1…1). */
export interface Signals {
  /** How well the best single text of the best article fits the question, and how well the whole of it does. */
  best: number
  coverage: number
  /** Whether such words speak for its topic. */
  topic: number
  /** How far the second article is behind. */
  margin: number
  /** The share of the question's words that no article has anything for. */
  unknown: number
  /** How many words with content there are to go by. */
  length: number
  /** Whether the question is of the kind that this company is asked. */
  belonging: number
}

export type Judged = Pick<Findings, 'hits' | 'question' | 'belonging'>

export function signalsOf({ hits, question, belonging }: Judged): Signals {
  const [first, second] = hits
  const words = question.contentWords.length
  return {
    best: first?.best ?? 0,
    coverage: first?.coverage ?? 0,
    topic: first?.topic ?? 0,
    margin: first ? (first.score - (second?.score ?? 0)) / first.score : 0,
    unknown: question.unknownWords.length / Math.max(1, words),
    length: Math.min(8, words) / 8,
    belonging: belonging / 6,
  }
}

/**
 * The probability (0…1) that the best article answers the question. A logistic function of the signals; its
 * coefficients are fitted by `npm run evals -- calibrate` and published in docs/assistant.md.
 */
export function confidenceIn(findings: Judged): number {
  const signals = signalsOf(findings)
  const { weights, bias } = calibration
  const sum = Object.entries(signals).reduce((z, [name, value]) => z + (weights[name as keyof Signals] ?? 0) * value, bias)
  return 1 / (1 + Math.exp(-sum))
}
