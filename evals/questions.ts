import { readFileSync } from 'node:fs'

/**
 * The evaluation's questions, written from the articles alone. `dev` is for working; `test` and `blind` (the newer ones) are for
 * judging: nobody looks at their single questions.
 */
export const halves = ['dev', 'test', 'blind'] as const
export type Half = (typeof halves)[number]

export function isHalf(word: string): word is Half {
  return halves.includes(word as Half)
}

export interface InScope {
  q: string
  /** The files from which the answer may rightly come. */
  articles: string[]
  /** At least one of these stands in a right answer. */
  must: string[]
}

function read<T>(name: string, half: Half): T[] {
  const text = readFileSync(new URL(`questions/${name}.${half}.jsonl`, import.meta.url), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

export const inScope = (half: Half) => read<InScope>('in-scope', half)
export const outOfScope = (half: Half) => read<{ q: string; kind: string }>('out-of-scope', half)
export const twoPart = (half: Half) => read<{ q: string; articles: string[][] }>('two-part', half)
export const followUp = (half: Half) => read<{ turns: [string, string]; articles: string[] }>('follow-up', half)
export const ambiguous = (half: Half) => read<{ q: string; articles: string[] }>('ambiguous', half)
export const person = (half: Half) => read<{ q: string; not?: boolean }>('person', half)
export const smalltalk = (half: Half) => read<{ q: string; kind: string }>('smalltalk', half)

/** A file's name as articles carry it. */
export function fileOf(name: string): string {
  return name.replace(/\.(md|txt)$/, '')
}
