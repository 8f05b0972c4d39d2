import { existsSync, readFileSync } from 'node:fs'

/**
 * The evaluation's questions, written from the articles alone and never copied into wordings. The confidence is fitted on the
 * first four, which have all been looked at. `unseen` came last, by writers who had read nothing but the articles; nothing
 * was fitted to it or changed after it.
 */
export const halves = ['dev', 'test', 'blind', 'fresh'] as const
/** Small collections such as another company may have, without front matter and example questions, each with its own questions. */
export const corpora = ['hotel-en', 'werkstatt-de', 'faq-txt'] as const

export type Half = (typeof halves)[number]
export type Corpus = (typeof corpora)[number]
export type QuestionSet = Half | 'unseen' | Corpus

export const sets: readonly QuestionSet[] = [...halves, 'unseen', ...corpora]

export function isSet(word: string): word is QuestionSet {
  return sets.includes(word as QuestionSet)
}

function isCorpus(set: QuestionSet): set is Corpus {
  return corpora.includes(set as Corpus)
}

/** The folder of the articles that a set asks about. */
export const knowledgeOf = (set: QuestionSet) => (isCorpus(set) ? `evals/corpora/${set}/knowledge` : 'knowledge')

export interface InScope {
  q: string
  /** The files (or the entries of a FAQ) from which the answer may rightly come. */
  articles: string[]
  /** At least one of these stands in a right answer; empty where that was not noted. */
  must: string[]
}

function read<T>(name: string, set: QuestionSet): T[] {
  const file = new URL(isCorpus(set) ? `corpora/${set}/${name}.jsonl` : `questions/${name}.${set}.jsonl`, import.meta.url)
  // Not every set asks every kind of question.
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

export const inScope = (set: QuestionSet) => read<InScope>('in-scope', set)
export const outOfScope = (set: QuestionSet) => read<{ q: string; kind: string }>('out-of-scope', set)
export const twoPart = (set: QuestionSet) => read<{ q: string; articles: string[][] }>('two-part', set)
export const followUp = (set: QuestionSet) => read<{ turns: [string, string]; articles: string[] }>('follow-up', set)
export const ambiguous = (set: QuestionSet) => read<{ q: string; articles: string[] }>('ambiguous', set)
export const person = (set: QuestionSet) => read<{ q: string; not?: boolean }>('person', set)
export const smalltalk = (set: QuestionSet) => read<{ q: string; kind: string }>('smalltalk', set)

/** A file's name as articles carry it. */
export function fileOf(name: string): string {
  return name.replace(/\.(md|txt)$/, '')
}
