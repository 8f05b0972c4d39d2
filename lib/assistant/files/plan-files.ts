import type { Passage } from '#lib/knowledge/article.ts'
import { analyzerFor } from '#lib/knowledge/words.ts'
import { isUnrepeatable } from '../grounding/commitments.ts'
import { sourcesOf } from '../grounding/sources.ts'
import type { Ground } from '../grounding.ts'
import type { Chosen } from '../offline/compose.ts'
import { leansOnContext, type Understanding } from '../understand.ts'
import type { FileRead } from './file-reader.ts'
import { groundsIn, transcriptsIn } from './grounds.ts'
import { isNameOfFile, namesFile, pointsAtIt, wantsAll } from './wording.ts'

/** What the visitor's files have for a question. */
export interface FilePlan {
  /** The passages that an answer may rest on. */
  grounds: Ground[]
  /** The sentences that answer the question by themselves. */
  chosen: Chosen[]
  /** The question is about the files, not only asked beside them; and about nothing else, as far as its words tell. */
  isAbout: boolean
  isAlone: boolean
  /** All of them is asked for. */
  isWhole: boolean
  /** The ids of the files that a model has read. */
  transcripts: ReadonlySet<string>
}

/** Characters of the passages of files that a model is given, and that its answer is checked against. */
const ROOM = 6000
/** Sentences that answer a question, and that stand for a whole file. */
const MOST = 3
const MOST_OF_ALL = 5
/** The share of a question's words that a sentence must have; a word that asks for a figure is had in part by such a figure. */
const ENOUGH = 0.6
const SHAPE = 0.6
/** A sentence that is chosen beside the best one has at least this share of its fit. */
const NEAR = 0.8
/** A sentence that tells anything has a figure, or so many words. */
const WORDS = 4
/** What is longer is no sentence that answers anything. */
const LONGEST = 400

const shapes: Array<[asks: RegExp, tells: RegExp]> = [
  [
    /\b(?:how much|total|amount|price|cost|sum|pay|paid|betrag|summe|montant|importe|total|bao nhiêu|tổng)\b/iu,
    /\p{Sc}\s?\d|\d\s?(?:\p{Sc}|usd|eur|vnd|đ)/iu,
  ],
  [
    /\b(?:when|date|day|due|until|wann|datum|quand|cuándo|fecha|khi nào|ngày)\b/iu,
    /\b\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b|\b\d{1,2}\.? \p{L}{3,}\.?,? \d{4}\b|\b\p{L}{3,} \d{1,2},? \d{4}\b/iu,
  ],
  [/\b(?:number|no\.?|id|serial|nummer|numéro|número|số)\b/iu, /\d{3,}/],
] // prettier-ignore

/** What is asked, and of what. */
interface Asking {
  text: string
  files: FileRead[]
  /** The files came with the question, or by themselves right before it. */
  isAtHand: boolean
  /** The company's name. */
  desk: string
}

/** What the files have for what the visitor wants to know; undefined when none could be read. */
export function planFiles({ text, files, isAtHand, desk }: Asking): FilePlan | undefined {
  const all = groundsIn(files)
  if (all.length === 0) return undefined
  const rate = raterFor(text, all)
  const isNamed = namesFile(text)
  const isWhole = wantsAll(text) && (isNamed || isAtHand)
  const leans = isAtHand && leansOnContext(text)
  const sentences = all.flatMap(({ passage }) => sentencesIn(passage, desk))
  const chosen = isWhole ? beginnings(sentences) : best(sentences, rate)
  return {
    grounds: fitting(isWhole ? all : nearestFirst(all, rate)),
    chosen,
    isAbout: isNamed || isWhole || leans || (isAtHand && chosen.length > 0),
    isAlone: isNamed || isWhole || (leans && chosen.length > 0),
    isWhole,
    transcripts: transcriptsIn(files),
  }
}

/**
 * What the assistant without a model says: what the files say, before what the articles say (`script`); alone, where the question is about a file
 * by its own words.
 */
export function scriptWith(plan: FilePlan | undefined, script: string[]): string[] {
  const chosen = plan && (plan.isAbout || script.length === 0) ? plan.chosen.map(({ sentence }) => sentence) : []
  if (!plan || chosen.length === 0) return script
  const own = chosen.length === 1 ? chosen : chosen.map((sentence, at) => `${at === 0 ? '' : '\n'}- ${sentence}`)
  const [first = '', ...others] = script
  return plan.isAlone || script.length === 0 ? own : [...own, `\n\n${first}`, ...others]
}

/** A question that points at a file is about what the file is about, too: only that tells what "this" is in "is this covered?". */
export function inViewOf(files: FileRead[], meaning: Understanding): Understanding {
  const [first] = files.flatMap(({ text }) => text?.article.passages[0] ?? [])
  if (!first || meaning.topic?.needed || !pointsAtIt(meaning.text)) return meaning
  return { ...meaning, topic: { text: first.text.slice(0, LONGEST), cited: [], needed: true } }
}

type Rate = (sentence: string) => number

/** Rates sentences by the share of the question's words that they have, rare ones first; what names the file itself does not count. */
function raterFor(question: string, grounds: Ground[]): Rate {
  const { terms, words } = analyzerFor(grounds[0]?.article.language ?? 'en')
  const plainTerms = (said: string[]) => terms(said).filter((term) => !/^[?~]/.test(term))
  const bags = new Map<string, Set<string>>()
  for (const { passage } of grounds) for (const sentence of passage.sentences) bags.set(sentence, new Set(plainTerms(words(sentence))))
  const asked = words(question).flatMap((word) => {
    const tells = shapes.flatMap(([asks, tells]) => (asks.test(word) ? [tells] : []))
    return isNameOfFile(word) ? [] : plainTerms([word]).map((term) => ({ term, tells, weight: weightOf(term) }))
  })
  const whole = asked.reduce((sum, { weight }) => sum + weight, 0)

  function weightOf(term: string): number {
    const count = [...bags.values()].filter((bag) => bag.has(term)).length
    return Math.log(1 + bags.size / Math.max(1, count))
  }

  return (sentence) => {
    const bag = bags.get(sentence)
    const had = asked.reduce((sum, { term, tells, weight }) => {
      if (bag?.has(term)) return sum + weight
      return tells.some((pattern) => pattern.test(sentence)) ? sum + SHAPE * weight : sum
    }, 0)
    // A figure alone answers nothing.
    return asked.some(({ term }) => bag?.has(term)) ? had / whole : 0
  }
}

function nearestFirst(grounds: Ground[], rate: Rate): Ground[] {
  const rated = grounds.map((ground) => ({ ground, score: Math.max(0, ...ground.passage.sentences.map(rate)) }))
  return rated.sort((a, b) => b.score - a.score).map(({ ground }) => ground)
}

/** As many of the first passages as there is room for; at least one. */
function fitting(grounds: Ground[]): Ground[] {
  let room = ROOM
  return grounds.filter(({ passage }, at) => {
    room -= passage.text.length
    return at === 0 || room >= 0
  })
}

function best(all: Chosen[], rate: Rate): Chosen[] {
  const rated = all.map((one) => ({ ...one, score: rate(one.sentence) })).filter(({ score }) => score >= ENOUGH)
  const top = Math.max(...rated.map(({ score }) => score))
  const near = rated.filter(({ score }) => score >= NEAR * top)
  const first = near.toSorted((a, b) => b.score - a.score).slice(0, MOST)
  return near.filter((one) => first.includes(one))
}

/** What stands for a whole file: how its passages begin, and what comes next. */
function beginnings(all: Chosen[]): Chosen[] {
  const telling = all.filter(({ sentence }) => /\d/.test(sentence) || sentence.split(/\s+/).length >= WORDS)
  const first = telling.filter((one, at) => telling[at - 1]?.passage !== one.passage)
  const taken = [...new Set([...first, ...telling])].slice(0, MOST_OF_ALL)
  return telling.filter((one) => taken.includes(one))
}

/** The sentences of a passage that can be said: no instructions, and nothing that only the company may say. */
function sentencesIn(passage: Passage, desk: string): Chosen[] {
  const said = new Set(sourcesOf(passage).flatMap(({ text, isInstruction }) => (isInstruction || isUnrepeatable(text, desk) ? [] : [text])))
  return passage.sentences.flatMap((sentence, at) =>
    said.delete(sentence) && sentence.length <= LONGEST ? [{ passage, at, sentence, score: 0 }] : [],
  )
}
