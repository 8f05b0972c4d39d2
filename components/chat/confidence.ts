import { texts } from './texts.ts'

/** A confidence (0…1) as people say it. Nobody is ever wholly sure, so no figure is 100 % or 0 %. */
export function confidenceWords(confidence: number): string {
  const word = confidence >= 0.85 ? 'high' : confidence >= 0.7 ? 'good' : confidence >= 0.4 ? 'fair' : 'low'
  return `${texts.confidence[word]}, ${figure(Math.round(confidence * 100))}`
}

function figure(percent: number): string {
  if (percent > 99) return texts.over99
  return percent < 1 ? texts.under1 : `${percent} %`
}
