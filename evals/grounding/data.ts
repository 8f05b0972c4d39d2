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
