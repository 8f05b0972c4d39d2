import type { Alignment } from '#lib/knowledge/alignment.ts'
import type { Findings, Knowledge } from '#lib/knowledge/knowledge.ts'
import { confidenceIn } from './confidence.ts'
import { type Chosen, compose } from './offline/compose.ts'
import type { Topic, Understanding } from './understand.ts'

/** What can be said about one question of the visitor. */
export interface PartPlan {
  question: string
  confidence: number
  /** The article it will be answered from, with what else was near. */
  articles: Alignment[]
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
const TIE = 0.9
/** What the subject of the conversation weighs beside the question that leans on it, and what it cited. */
const CONTEXT = 0.5
const CITED = 0.3

/**
 * Decides from the articles what to answer, or whether to ask back, or that nothing is known.
 * `threshold` is the confidence from which on an answer is given.
 */
export function planAnswer({ text, parts, topic }: Understanding, knowledge: Knowledge, threshold: number, mayClarify: boolean): Plan {
  const whole = planPart(text, topic, knowledge)
  if (parts.length > 1) {
    const each = parts.map((part) => planPart(part, topic, knowledge))
    const known = each.filter(({ confidence }) => confidence >= threshold)
    const topics = new Set(known.map(({ articles }) => articles[0]?.article.id))
    if (topics.size > 1) return { kind: 'answer', parts: known, unknown: each.filter(({ confidence }) => confidence < threshold) }
  }
  const [first, second] = whole.articles
  const vague = text.trim().split(/\s+/).length <= 3
  const tied = first && second && second.score >= TIE * first.score && first.article.id !== second.article.id
  if (mayClarify && vague && tied) {
    const near = whole.articles.filter(({ score }) => score >= TIE * TIE * (first?.score ?? 0)).slice(0, 3)
    return { kind: 'clarify', options: near.map(({ article }) => article.title), confidence: whole.confidence }
  }
  if (whole.confidence >= threshold && whole.chosen.length > 0) return { kind: 'answer', parts: [whole], unknown: [] }
  return { kind: 'unknown', confidence: whole.confidence }
}

/** The plan for the article that the visitor chose among several. */
export function planChoice(question: string, title: string, knowledge: Knowledge): Plan {
  const findings = knowledge.search(`${title}\n${question}`)
  const chosen = findings.articles.find(({ article }) => article.title === title)
  if (!chosen) return { kind: 'unknown', confidence: 0 }
  const sentences = compose(question, chosen.passages.slice(0, PASSAGES), findings.fit)
  return { kind: 'answer', parts: [{ question, confidence: 1, articles: [chosen], chosen: sentences }], unknown: [] }
}

function planPart(question: string, topic: Topic | undefined, knowledge: Knowledge): PartPlan {
  const own = knowledge.search(question)
  const findings = topic?.needed ? inContext(own, knowledge.search(`${topic.text}\n${question}`), topic) : own
  const [first] = findings.articles
  const chosen = first ? compose(question, first.passages.slice(0, PASSAGES), findings.fit) : []
  return { question, confidence: confidenceIn(findings), articles: findings.articles, chosen }
}

/** The findings for a question that leans on what was said: its own words first, then the conversation's subject. */
function inContext(own: Findings, whole: Findings, { cited }: Topic): Findings {
  const articles = whole.articles.map((alignment) => {
    const alone = own.articles.find(({ article }) => article.id === alignment.article.id)
    const wasCited = alignment.passages.some(({ passage }) => cited.includes(passage.id))
    const passages = alignment.passages.map((rated) => {
      const ownScore = alone?.passages.find(({ passage }) => passage.id === rated.passage.id)?.score ?? 0
      return { passage: rated.passage, score: ownScore + CONTEXT * rated.score }
    })
    passages.sort((a, b) => b.score - a.score)
    const score = (alone?.score ?? 0) + CONTEXT * alignment.score + (wasCited ? CITED : 0)
    return { ...alignment, score, passages }
  })
  articles.sort((a, b) => b.score - a.score)
  return { ...whole, articles, fit: (text) => own.fit(text) + CONTEXT * whole.fit(text) }
}
