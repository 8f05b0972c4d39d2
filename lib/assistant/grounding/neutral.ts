import { fold } from '#lib/knowledge/words.ts'
import type { Tongue } from './tongues/tongue.ts'

/** The words of a neutral sentence at most: what is longer says something. */
const LONGEST = 16

/** Whether a sentence only greets, hedges or leads over. */
export function isNeutral(sentence: string, { neutral, phrases }: Tongue): boolean {
  let plain = fold(sentence)
  for (const [pattern, read] of phrases) plain = plain.replace(pattern, read)
  plain = plain
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain.split(' ').length > LONGEST) return false
  return neutral.some((pattern) => pattern.test(plain))
}

/** A sentence without the greeting or the bare yes that it begins with: the articles do not say yes to a question. */
export function withoutInterjection(sentence: string, { interjections }: Tongue): string {
  const rest = sentence.replace(interjections, '')
  return rest === sentence || rest === '' ? sentence : rest.charAt(0).toUpperCase() + rest.slice(1)
}
