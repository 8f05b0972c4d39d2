import { texts } from './texts.ts'

/** A confidence (0…1) as people say it. */
export function confidenceWords(confidence: number): string {
  const word = confidence >= 0.85 ? 'high' : confidence >= 0.7 ? 'good' : confidence >= 0.4 ? 'fair' : 'low'
  return `${Math.round(confidence * 100)} % (${texts.confidence[word]})`
}
