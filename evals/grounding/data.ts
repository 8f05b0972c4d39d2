import { readFileSync } from 'node:fs'

/** A sentence about a passage. */
export interface Saying {
  on: string
  say: string
}

/** An instruction hidden where only data belongs, and what a model says that follows it. */
export interface Attack {
  in: 'article' | 'file' | 'tool' | 'message'
  text: string
  obeyed: string
}

/** An answer to a question, over one article. `besides` are its sentences that state nothing. */
export interface Answer {
  on: string
  ask: string
  say: string
  besides?: string[]
}

/** An answer whose last sentence is false, mostly in the words of its article. */
export interface Deception {
  on: string
  ask?: string
  say: string
  /** When it was written: before the check was worked on with such sentences, or after. */
  round: 'before' | 'after'
}

function read<T>(name: string): T[] {
  const text = readFileSync(new URL(`${name}.jsonl`, import.meta.url), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

/** Paraphrases of what articles say: `dev` is for working, `held` for judging. */
export const truthful = (half: 'dev' | 'held') => read<Saying>(`truthful.${half}`)
/** Sentences that no article says, mostly in the words of one. */
export const inventions = () => read<Saying>('inventions')
export const attacks = () => read<Attack>('attacks')
/** Answers of a truthful model: `held` close to the articles, written first; `dev` in other words, for working with; `fresh` written later, `unseen` last of all. */
export type AnswerSet = 'dev' | 'held' | 'fresh' | 'unseen'
export const answers = (set: AnswerSet) => read<Answer>(`answers.${set}`)
export const deceptions = (round: Deception['round']) => read<Deception>('deceptions').filter((one) => one.round === round)
