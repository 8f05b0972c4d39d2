import { createSpelling } from './spelling.ts'
import type { Steps } from './steps.ts'
import type { Analyzer } from './words.ts'

/** A term of a question, what it weighs, and the terms of articles that cover it, each with how well (0…1). */
export interface Asked {
  weight: number
  covers: ReadonlyMap<string, number>
}

/** A question as the index understands it. */
export interface Question {
  asked: Asked[]
  /** The sum of the weights. */
  weight: number
  /** Its words with content, and those of them that no article has anything for. */
  contentWords: string[]
  unknownWords: string[]
  /** The share of the weight that those have (0…1). */
  unknown: number
  /** Its words, spelt right, and what it is about: those of them that have content. */
  words: string[]
  subject: string[]
}

/** Rare words weigh more, but less than by their full idf: people say the same thing twice in one question. */
const IDF_POWER = 0.7
const QUESTION_WORD = 0.8
const PHRASE = 0.6
/** An amount is rare, and says little about what is asked. */
const NUMBER = 0.5
/** What a word weighs that only a related one covers, and one that nothing covers. */
const RELATED = 0.8
const UNKNOWN = 0.6

/** How well a compound and a part of it stand for each other, and the letters that such a part has at least. */
const COMPOUND = 0.7
const SHORTEST_PART = 4
/** Words whose compounds are remembered. */
const REMEMBERED = 5000

/** How much it counts that a text is about nothing but the question. */
export const FOCUS = 0.4

export type QuestionReader = ReturnType<typeof questionReaderInSteps> extends Steps<infer Reader> ? Reader : never

/**
 * Reads questions for a collection of texts; made in steps. `frequency` tells in how many of `total` articles a term stands,
 * `known` how often each word stands in them as it is written.
 */
export function* questionReaderInSteps(
  analyzer: Analyzer,
  frequency: ReadonlyMap<string, number>,
  total: number,
  known: Map<string, number>,
  rarity: (term: string) => number = () => 1,
) {
  const related = new Map<string, string[]>()
  for (const term of frequency.keys()) {
    for (const concept of analyzer.concepts(term).keys()) {
      const list = related.get(concept)
      if (list) list.push(term)
      else related.set(concept, [term])
    }
    yield
  }
  const correct = createSpelling(known)
  const kins = new Map<string, Array<[string, number]>>()
  const weights = new Map<string, number>()

  /** What a term weighs: the idf of BM25, tempered, by the kind of the term. */
  function weight(term: string): number {
    let value = weights.get(term)
    if (value === undefined) {
      const n = frequency.get(term) ?? 0
      const idf = Math.log(1 + (total - n + 0.5) / (n + 0.5)) ** IDF_POWER
      value = rarity(term) * idf * kindWeight(term)
      weights.set(term, value)
    }
    return value
  }

  /** Reads a question; a word that nobody knows is taken for the known one it is nearest to. */
  function read(text: string): Question {
    const words = analyzer.words(text).map((word) => (known.has(word) ? word : (correct(word) ?? word)))
    const asked: Asked[] = []
    const contentWords: string[] = []
    const unknownWords: string[] = []
    let unknown = 0
    for (const term of analyzer.terms(words)) {
      const covers = coversOf(term)
      const isWord = !/^[?~]/.test(term)
      if (isWord) contentWords.push(term)
      if (!isWord && covers.size === 0) continue
      const weight = weightOf(term, covers)
      asked.push({ covers, weight })
      if (covers.size > 0) continue
      unknownWords.push(term)
      unknown += weight
    }
    const subject = words.filter((word) => analyzer.terms([word]).some((term) => !/^[?~]/.test(term)))
    const weight = asked.reduce((sum, one) => sum + one.weight, 0)
    return { asked, contentWords, unknownWords, unknown: unknown / Math.max(weight, Number.EPSILON), words, subject, weight }
  }

  function coversOf(term: string): Map<string, number> {
    const covers = new Map<string, number>()
    for (const [concept, closeness] of analyzer.concepts(term)) {
      for (const other of related.get(concept) ?? []) covers.set(other, Math.max(closeness, covers.get(other) ?? 0))
    }
    if (analyzer.compounds && !/^[?~]/.test(term))
      for (const [other, closeness] of kinOf(term)) covers.set(other, Math.max(closeness, covers.get(other) ?? 0))
    if (frequency.has(term)) covers.set(term, 1)
    return covers
  }

  /** The terms that a compound begins or ends with, and the compounds that begin or end with a term. */
  function kinOf(term: string): Array<[string, number]> {
    let kin = kins.get(term)
    if (!kin) {
      if (kins.size >= REMEMBERED) kins.clear()
      kin = [...frequency.keys()].flatMap((other): Array<[string, number]> => {
        const [short, long] = other.length < term.length ? [other, term] : [term, other]
        if (short.length < SHORTEST_PART || other === term || /^[?~]/.test(other)) return []
        return long.startsWith(short) || long.endsWith(short) ? [[other, COMPOUND]] : []
      })
      kins.set(term, kin)
    }
    return kin
  }

  function weightOf(term: string, covers: ReadonlyMap<string, number>): number {
    if (frequency.has(term)) return weight(term)
    return covers.size > 0 ? RELATED * Math.max(...[...covers.keys()].map(weight)) : UNKNOWN * weight(term)
  }

  return { read, weight }
}

/** What a term weighs by its kind. */
function kindWeight(term: string): number {
  if (term.startsWith('?')) return QUESTION_WORD
  if (term.startsWith('~')) return PHRASE
  return /^\d/.test(term) ? NUMBER : 1
}

/** The weight of what a set of terms covers of a question. */
export function covered({ asked }: Pick<Question, 'asked'>, terms: ReadonlySet<string>): number {
  return asked.reduce((sum, one) => sum + one.weight * covers(one, terms), 0)
}

/** How well a set of terms covers one term of a question (0…1). */
export function covers({ covers }: Asked, terms: ReadonlySet<string>): number {
  let best = 0
  for (const [term, closeness] of covers) if (closeness > best && terms.has(term)) best = closeness
  return best
}
