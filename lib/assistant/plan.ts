import type { Findings, Search } from '#lib/knowledge/knowledge.ts'
import type { Hit } from '#lib/knowledge/search-index.ts'
import { confidenceIn } from './confidence.ts'
import { type Chosen, compose } from './offline/compose.ts'
import { asksAmong, leansOnContext, pointOf, type Topic, type Understanding } from './understand.ts'

/** What can be said about one question of the visitor. */
export interface PartPlan {
  question: string
  confidence: number
  /** The article it will be answered from, first, and what else was near. */
  hits: Hit[]
  /** How many of its words have content, and how many of those no article knows. */
  words: number
  unknownWords: number
  /** It is of the kind that this company is asked. */
  belongs: boolean
  /** The sentences that answer it. */
  chosen: Chosen[]
}

export type Plan =
  | { kind: 'answer'; parts: PartPlan[]; unknown: PartPlan[] }
  | { kind: 'clarify'; options: string[]; confidence: number; hits: Hit[] }
  | { kind: 'unknown'; confidence: number; unsure: boolean; hits: Hit[] }

/** Passages that an answer to one question may rest on. */
const PASSAGES = 3
/** Two articles tie when the second comes this near to the first, and when the first could answer more than a single word. */
const TIE = 0.85
const TIE_OF_CLEAR = 0.9
/** The share of the threshold that will do for one question of several, and for one that goes on: others of them are for us. */
const PART = 0.7
/** The same for one that goes on about what was cited last. */
const GOING_ON = 0.4
/** With this confidence it is not asked back; with less than that nothing can be offered to choose from. */
const CLEAR = 0.97
const FAINT = 0.15
/** From this confidence on it is worth asking which of the nearest articles is meant. */
const PLAUSIBLE = 0.3
/** Articles to choose from, at most, and the share of the best one's score that they have at least. */
const CHOICES = 3
const NEAR = 0.7
/** A question of so few words with content is vague. */
const FEW = 2
/** What the subject of the conversation weighs beside a question that leans on it, and beside one that hardly says anything. */
const CONTEXT = 0.5
const CONTEXT_OF_VAGUE = 2
/** What an article gains that the last answer cited. */
const CITED = 0.9

/**
 * Decides from the articles what to answer, or whether to ask back, or that nothing is known.
 * `threshold` is the confidence from which on an answer is given.
 */
export function planAnswer({ text, parts, topic }: Understanding, search: Search, threshold: number, mayClarify: boolean): Plan {
  const together = planPart(text, topic, search, threshold)
  const asking = addsUp.test(text) ? parts : parts.filter((part) => asksAmong(parts, part))
  const whole = asking.length === 1 ? orItsPoint(together, asking[0] as string, topic, search, threshold) : together
  if (asking.length > 1) {
    const each = planParts(parts, asking, topic, search, threshold)
    const known = each.filter(({ confidence, chosen }) => confidence >= PART * threshold && chosen.length > 0)
    const sure =
      whole.confidence >= threshold
        ? known.some((part) => topOf(part) === topOf(whole))
        : known.some(({ confidence }) => confidence >= threshold)
    const unknown = each.filter(({ confidence }) => confidence < PART * threshold)
    if (sure && (known.length > 1 || (known.length === 1 && whole.confidence < threshold)))
      return { kind: 'answer', parts: saidOnce(known), unknown }
  }
  if (mayClarify && isVague(whole) && isUnclear(whole, threshold)) {
    const options = nearest(whole)
    if (options.length > 1) return { kind: 'clarify', options, confidence: whole.confidence, hits: whole.hits }
  }
  const goesOn = topic?.needed && whole.hits[0] && isCited(whole.hits[0], topic)
  const enough = threshold * (goesOn ? GOING_ON : topic?.needed ? PART : 1)
  if (whole.confidence >= enough && whole.chosen.length > 0) return { kind: 'answer', parts: [whole], unknown: [] }
  const { confidence, hits } = whole
  if (mayClarify && confidence >= PLAUSIBLE) return { kind: 'clarify', options: nearest(whole), confidence, hits }
  return { kind: 'unknown', confidence, unsure: confidence >= FAINT, hits }
}

/** All that `planAnswer` searches for by its meaning. */
export function searchedIn({ text, parts, topic }: Understanding): string[] {
  const clauses = [text, ...parts].flatMap((part) => [part, pointOf(part)?.point ?? part])
  return [...clauses, ...(topic ? clauses.map((clause) => inFull(clause, topic)) : [])]
}

/** What a question means that leans on what was said before. */
function inFull(question: string, topic: Topic): string {
  return `${topic.text}\n${question}`
}

/** The titles of the articles that come nearest to an answer, best first. */
function nearest({ hits }: PartPlan): string[] {
  const near = hits.filter(({ score }) => score >= NEAR * (hits[0]?.score ?? 0))
  return near.slice(0, CHOICES).map(({ article }) => article.title)
}

/**
 * Plans the parts of a message one after the other: each may lean on the one before it ("… and what does it cost?").
 * What is told beside a question ("I got a parcel yesterday.") is not asked, but what follows may lean on it.
 */
function planParts(parts: string[], asking: string[], topic: Topic | undefined, search: Search, threshold: number): PartPlan[] {
  let before = topic
  return parts.flatMap((part) => {
    const leans = leansOnContext(part)
    const planned = planPart(part, leans && before ? before : topic, search, threshold)
    if (!leans || !before) before = { text: part, cited: planned.chosen.map(({ passage }) => passage.id), needed: true }
    const isAsked = asking.includes(part) && (planned.confidence >= threshold || asksAmong(parts, part))
    return isAsked ? [planned] : []
  })
}

/** Says that what is told is a second matter, not what led to the first. */
const addsUp = /\b(?:also|btw|by the way|plus|as well|besides|oh and|(?:second|another|other|one more) (?:thing|question))\b/i

/** A story with one question is understood as a whole; when that finds nothing, the question may stand for itself. */
function orItsPoint(whole: PartPlan, question: string, topic: Topic | undefined, search: Search, threshold: number): PartPlan {
  if (whole.confidence >= threshold || question === whole.question) return whole
  const point = planPart(question, topic, search, threshold)
  return point.confidence > whole.confidence ? point : whole
}

/** What one part has said already, the next ones do not say again. */
function saidOnce(parts: PartPlan[]): PartPlan[] {
  const said = new Set<string>()
  const isNew = ({ passage, at }: Chosen) => said.size < said.add(`${passage.id} ${at}`).size
  return parts.map((part) => ({ ...part, chosen: part.chosen.filter(isNew) })).filter(({ chosen }) => chosen.length > 0)
}

function topOf({ hits }: PartPlan): string | undefined {
  return hits[0]?.article.id
}

function isVague({ words, unknownWords }: PartPlan): boolean {
  return words <= FEW && unknownWords === 0
}

/** Whether two topics fit equally, or none well enough although the question is for us. */
function isUnclear({ hits, confidence, belongs, words }: PartPlan, threshold: number): boolean {
  if (confidence >= threshold) return confidence < CLEAR && tied(hits, words === 1 ? TIE : TIE_OF_CLEAR)
  return confidence >= FAINT && (belongs || tied(hits, TIE))
}

function tied([first, second]: Hit[], share: number): boolean {
  return first !== undefined && second !== undefined && second.score >= share * first.score
}

/** The plan for the article that the visitor chose among several. */
export function planChoice(question: string, title: string, search: Search): Plan {
  const findings = search(`${title}\n${question}`)
  const hit = findings.hits.find(({ article }) => article.title === title)
  return hit
    ? { kind: 'answer', parts: [{ ...partOf(question, { ...findings, hits: [hit] }), confidence: 1 }], unknown: [] }
    : { kind: 'unknown', confidence: 0, unsure: true, hits: findings.hits }
}

function planPart(question: string, topic: Topic | undefined, search: Search, threshold: number): PartPlan {
  const whole = planClause(question, topic, search, threshold)
  const split = pointOf(question)
  if (!split) return whole
  const led = leansOnContext(split.point) ? { text: split.lead, cited: [], needed: true } : topic
  const point = planClause(split.point, led, search, threshold)
  return point.confidence > whole.confidence ? point : whole
}

function planClause(question: string, topic: Topic | undefined, search: Search, threshold: number): PartPlan {
  const alone = search(question)
  if (!topic) return partOf(question, alone)
  const subject = search(topic.text).question.subject.join(' ')
  const inTopic = partOf(question, inContext(alone, search(`${question} ${subject}`, inFull(question, topic)), topic))
  if (topic.needed) return inTopic
  const own = partOf(question, { ...alone, hits: preferCited(alone.hits, topic) })
  if (own.confidence >= threshold) return own
  // Understood alone it has no answer. It has one in the conversation if it is about what was cited there.
  const [first] = inTopic.hits
  const goesOn = first && isCited(first, topic) && own.hits.some(({ article }) => article.id === first.article.id)
  return goesOn && (own.belongs || own.unknownWords === 0) && inTopic.confidence > own.confidence ? inTopic : own
}

function isCited({ passages }: Hit, { cited }: Topic): boolean {
  return passages.some(({ passage }) => cited.includes(passage.id))
}

/** The hits, those first that the last answer cited and that fit nearly as well. */
function preferCited(hits: Hit[], topic: Topic): Hit[] {
  const rated = hits.map((hit) => (isCited(hit, topic) ? { ...hit, score: hit.score + CITED } : hit))
  return rated.sort((a, b) => b.score - a.score)
}

function partOf(question: string, findings: Findings): PartPlan {
  const [first] = findings.hits
  return {
    question,
    confidence: confidenceIn(findings),
    hits: findings.hits,
    words: findings.question.contentWords.length,
    unknownWords: findings.question.unknownWords.length,
    belongs: findings.belonging > 0,
    chosen: first ? compose(question, first.passages.slice(0, PASSAGES), (text) => findings.fit(text, first.article.title)) : [],
  }
}

/** The findings for a question that leans on what was said: its own words first, then the conversation's subject. */
function inContext(own: Findings, whole: Findings, topic: Topic): Findings {
  const context = own.question.contentWords.length <= FEW ? CONTEXT_OF_VAGUE : CONTEXT
  const hits = whole.hits.map((hit) => {
    const alone = own.hits.find(({ article }) => article.id === hit.article.id)
    const passages = hit.passages.map((rated) => {
      const ownScore = alone?.passages.find(({ passage }) => passage.id === rated.passage.id)?.score ?? 0
      return { passage: rated.passage, score: ownScore + CONTEXT * rated.score }
    })
    passages.sort((a, b) => b.score - a.score)
    return { ...hit, score: (alone?.score ?? 0) + context * hit.score + (isCited(hit, topic) ? CITED : 0), passages }
  })
  hits.sort((a, b) => b.score - a.score)
  return { ...whole, hits, fit: (text, title) => own.fit(text, title) + CONTEXT * whole.fit(text, title) }
}
