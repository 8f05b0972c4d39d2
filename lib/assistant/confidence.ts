import { hasQuestions } from '#lib/knowledge/article.ts'
import type { Findings } from '#lib/knowledge/knowledge.ts'
import calibration from './calibration.json' with { type: 'json' }

/** What the confidence is computed from, each 0…1 (but for `belonging`, -1…1). */
export interface Signals {
  /** How well the best single text of the best article fits the question. */
  best: number
  /** The share of the question that the best article has anything for. */
  covered: number
  /** Whether such words speak for its topic rather than for another one. */
  topic: number
  /** How far the second article is behind; being ahead with little of the question counts little. */
  lead: number
  /** The share of the question that no article has anything for. */
  unknown: number
  /** How many words with content there are to go by. */
  length: number
  /** Whether the question is of the kind that this company is asked. */
  belonging: number
  /** Whether it is rather something that people say elsewhere than about any of the articles. */
  elsewhere: number
}

/** The score that a second article has at least: to be the only one that has a common word of the question is no lead. */
const LEAST = 1.2

export type Judged = Pick<Findings, 'hits' | 'question' | 'belonging' | 'elsewhere'>

export function signalsOf({ hits: [first, second], question, belonging, elsewhere }: Judged): Signals {
  return {
    best: first?.best ?? 0,
    covered: first?.covered ?? 0,
    topic: first?.topic ?? 0,
    lead: first ? (first.covered * Math.max(0, first.score - Math.max(LEAST, second?.score ?? 0))) / first.score : 0,
    unknown: question.unknown,
    length: Math.min(8, question.contentWords.length) / 8,
    belonging: belonging / 6,
    elsewhere,
  }
}

/**
 * The probability (0…1) that the best article answers the question. A logistic function of the signals. They say
 * more of an article that comes with example questions, so there is a set of coefficients for such articles and one for
 * others. Both are fitted by `npm run evals -- calibrate` and published in docs/assistant.md. What vectors say beside the words,
 * where there are any, is added as the odds that it is.
 */
export function confidenceIn(findings: Judged): number {
  const signals = signalsOf(findings)
  const { article, meant = 0 } = findings.hits[0] ?? {}
  const sum = sumOf(signals, article && hasQuestions(article) ? calibration.rich : calibration.bare) + meant
  return 1 / (1 + Math.exp(-sum))
}

function sumOf(signals: Signals, { weights, bias }: typeof calibration.rich): number {
  return Object.entries(signals).reduce((sum, [name, value]) => sum + weights[name as keyof Signals] * value, bias)
}
