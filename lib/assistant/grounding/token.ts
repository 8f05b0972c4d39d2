import type { Figure } from './figure.ts'

/** One word of a text, as the judgement compares it. */
export interface Token {
  word: string
  /** What it is compared by: its stem, and the groups of words that say the same. */
  keys: readonly string[]
  /** It states something by itself. */
  isContent: boolean
  /** It names somebody or something: no other word stands for it. */
  isName: boolean
  /** What is asked about anyway ("your order"): an article need not name it. */
  isLoose: boolean
  figure?: Figure
}

/** One statement: a clause, with the subject that it shares with the one before. */
export interface Statement {
  tokens: Token[]
  figures: Figure[]
}
