import type { Findings } from '#lib/knowledge/knowledge.ts'
import calibration from './calibration.json' with { type: 'json' }

/** What the confidence is computed from, each about 0…1 (but for `belonging`, -1…1). */
export interface Signals {
  /** How well the best single text of the best article fits the question, and how well the whole of it does. */
  best: number
  coverage: number
  score: number
  /** How well its best passage fits. */
  passage: number
  /** How far the second article is behind. */
  margin: number
  /** The share of the question's words that no article has anything for. */
  unknown: number
  /** How many words with content there are to go by. */
  length: number
  /** Whether the question is of the kind that this company is asked. */
  belonging: number
}

export function signalsOf({ hits, question, belonging }: Pick<Findings, 'hits' | 'question' | 'belonging'>): Signals {
  const [first, second] = hits
  const words = question.contentWords.length
  const common = {
    unknown: question.unknownWords.length / Math.max(1, words),
    length: Math.min(8, words) / 8,
    belonging: belonging / 6,
  }
  if (!first) return { best: 0, coverage: 0, score: 0, passage: 0, margin: 0, ...common }
  return {
    best: first.best,
    coverage: first.coverage,
    score: Math.min(3, first.score) / 3,
    passage: Math.min(4, first.passages[0]?.score ?? 0) / 4,
    margin: (first.score - (second?.score ?? 0)) / first.score,
    ...common,
  }
}

/**
 * The probability (0…1) that the best article answers the question. A logistic function of the signals; its
 * coefficients are fitted by `npm run evals -- calibrate` and published in docs/assistant.md.
 */
export function confidenceIn(findings: Pick<Findings, 'hits' | 'question' | 'belonging'>): number {
  const signals = signalsOf(findings)
  const { weights, bias } = calibration
  const sum = Object.entries(signals).reduce((z, [name, value]) => z + (weights[name as keyof Signals] ?? 0) * value, bias)
  return 1 / (1 + Math.exp(-sum))
}
