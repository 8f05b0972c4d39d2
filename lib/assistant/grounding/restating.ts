import type { Fact } from './fact.ts'
import { type Figure, isSameValue } from './figure.ts'
import { isSameWord } from './matching.ts'
import type { Statement, Token } from './token.ts'

/**
 * What cannot be said in a model's words may be said in the article's. A sentence that keeps most of what a sentence of a passage is
 * about, and still is not supported, gives way to that one: a reader loses nothing that is true.
 */

/** Words with content that a sentence has at least, so that it is about something. */
const LEAST = 3
/** The share of its words that the article's sentence must have, and of the article's that it must have. */
const KEPT = 0.6
const MET = 0.4

/** A sentence of a passage, and the place of that among those the answer may rest on. */
export interface Restated {
  text: string
  passage: number
}

/** Makes the function that finds the sentence of an article which says best what another one was about; undefined if none does. */
export function createRestating(facts: readonly Fact[]) {
  const sentences = new Map<string, Restated & { words: Token[]; figures: Figure[] }>()
  for (const { text, passage, statement } of facts) {
    const known = sentences.get(text)
    const figures = [...(known?.figures ?? []), ...statement.figures]
    sentences.set(text, { text, passage, figures, words: [...(known?.words ?? []), ...contentOf(statement)] })
  }

  return function restate(said: Statement): Restated | undefined {
    const words = contentOf(said)
    if (words.length < LEAST) return undefined
    let best: { restated: Restated; score: number } | undefined
    for (const { words: own, figures, ...restated } of sentences.values()) {
      // A figure that the other one does not have makes it likely that this is about something else.
      if (said.figures.length > 0 && !said.figures.some((figure) => figures.some((other) => isSameValue(figure, other)))) continue
      const kept = shareIn(words, own)
      const met = shareIn(own, words)
      if (kept < KEPT || met < MET) continue
      const score = kept + met
      if (score > (best?.score ?? 0)) best = { restated, score }
    }
    return best?.restated
  }
}

const contentOf = ({ tokens }: Statement) => tokens.filter(({ isContent }) => isContent)

function shareIn(words: Token[], others: Token[]): number {
  if (words.length === 0) return 0
  return words.filter((word) => others.some((other) => isSameWord(word, other))).length / words.length
}
