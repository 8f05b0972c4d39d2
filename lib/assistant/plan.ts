import type { Findings, Knowledge } from '#lib/knowledge/knowledge.ts'
import type { Hit } from '#lib/knowledge/search-index.ts'
import { confidenceIn } from './confidence.ts'
import { type Chosen, compose } from './offline/compose.ts'
import { isQuestion, type Topic, type Understanding } from './understand.ts'

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
  | { kind: 'clarify'; options: string[]; confidence: number }
  | { kind: 'unknown'; confidence: number }

/** Passages that an answer to one question may rest on. */
const PASSAGES = 3
/** Two articles tie when the second comes this near to the first. */
const TIE = 0.85
/** A question of so few words with content is vague. */
const FEW = 2
/** What the subject of the conversation weighs beside a question that leans on it, and beside one that hardly says anything. */
const CONTEXT = 0.5
const CONTEXT_OF_VAGUE = 1.2
/** What an article gains that the last answer cited. */
const CITED = 0.3

/**
 * Decides from the articles what to answer, or whether to ask back, or that nothing is known.
 * `threshold` is the confidence from which on an answer is given.
 */
export function planAnswer({ text, parts, topic }: Understanding, knowledge: Knowledge, threshold: number, mayClarify: boolean): Plan {
  const whole = planPart(text, topic, knowledge, threshold)
  if (parts.length > 1) {
    const each = parts.map((part) => planPart(part, topic, knowledge, threshold))
    const known = each.filter(({ confidence }) => confidence >= threshold)
    const topics = new Set(known.map(({ hits }) => hits[0]?.article.id))
    // What is told beside a question ("I got a parcel yesterday.") is not asked, so it is not called unknown.
    const unknown = each.filter(({ confidence, question }) => confidence < threshold / 2 && isQuestion(question))
    if (topics.size > 1 || (topics.size === 1 && unknown.length > 0 && whole.confidence < threshold)) {
      return { kind: 'answer', parts: known, unknown }
    }
  }
  if (mayClarify && isVague(whole) && (tied(whole.hits) || (whole.confidence < threshold && whole.belongs))) {
    const near = whole.hits.filter(({ score }) => score >= TIE * TIE * (whole.hits[0]?.score ?? 0)).slice(0, 3)
    if (near.length > 1) return { kind: 'clarify', options: near.map(({ article }) => article.title), confidence: whole.confidence }
  }
  if (whole.confidence >= threshold && whole.chosen.length > 0) return { kind: 'answer', parts: [whole], unknown: [] }
  return { kind: 'unknown', confidence: whole.confidence }
}

function isVague({ words, unknownWords }: PartPlan): boolean {
  return words <= FEW && unknownWords === 0
}

function tied([first, second]: Hit[]): boolean {
  return first !== undefined && second !== undefined && second.score >= TIE * first.score
}

/** The plan for the article that the visitor chose among several. */
export function planChoice(question: string, title: string, knowledge: Knowledge): Plan {
  const findings = knowledge.search(`${title}\n${question}`)
  const hit = findings.hits.find(({ article }) => article.title === title)
  return hit
    ? { kind: 'answer', parts: [{ ...partOf(question, { ...findings, hits: [hit] }), confidence: 1 }], unknown: [] }
    : { kind: 'unknown', confidence: 0 }
}

function planPart(question: string, topic: Topic | undefined, knowledge: Knowledge, threshold: number): PartPlan {
  const alone = knowledge.search(question)
  const own = partOf(question, alone)
  if (!topic || (!topic.needed && own.confidence >= threshold)) return own
  const inTopic = partOf(question, inContext(alone, knowledge.search(`${topic.text}\n${question}`), topic))
  if (topic.needed) return inTopic
  // Understood alone it has no answer. It has one in the conversation if it is about what was cited there.
  const [first] = inTopic.hits
  const goesOn =
    first?.passages.some(({ passage }) => topic.cited.includes(passage.id)) &&
    own.hits.some(({ article }) => article.id === first.article.id)
  return goesOn && own.belongs && inTopic.confidence > own.confidence ? inTopic : own
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
    chosen: first ? compose(question, first.passages.slice(0, PASSAGES), findings.fit) : [],
  }
}

/** The findings for a question that leans on what was said: its own words first, then the conversation's subject. */
function inContext(own: Findings, whole: Findings, { cited }: Topic): Findings {
  const context = own.question.contentWords.length <= FEW ? CONTEXT_OF_VAGUE : CONTEXT
  const hits = whole.hits.map((hit) => {
    const alone = own.hits.find(({ article }) => article.id === hit.article.id)
    const wasCited = hit.passages.some(({ passage }) => cited.includes(passage.id))
    const passages = hit.passages.map((rated) => {
      const ownScore = alone?.passages.find(({ passage }) => passage.id === rated.passage.id)?.score ?? 0
      return { passage: rated.passage, score: ownScore + CONTEXT * rated.score }
    })
    passages.sort((a, b) => b.score - a.score)
    return { ...hit, score: (alone?.score ?? 0) + context * hit.score + (wasCited ? CITED : 0), passages }
  })
  hits.sort((a, b) => b.score - a.score)
  return { ...whole, hits, fit: (text) => own.fit(text) + CONTEXT * whole.fit(text) }
}
