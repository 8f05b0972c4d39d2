import type { StoredMessage } from '#lib/protocol/events.ts'
import { type Intent, type IntentReader, isBareReply, readReply } from './intent.ts'
import { readable } from './readable.ts'

/** What the visitor wants now, in the light of what was said before. */
export interface Understanding {
  intent: Intent | 'yes' | 'no' | 'accepted' | 'declined' | 'chosen' | 'noneOfThose'
  /** The message without greetings, whole; several messages are joined. */
  text: string
  /** The questions in it, one or more. */
  parts: string[]
  /** What the conversation is about, for a question that leans on it. */
  topic?: Topic
  /** The reply that was chosen among those offered. */
  choice?: string
}

export interface Topic {
  /** The questions that led here. */
  text: string
  /** The passages that were cited last. */
  cited: string[]
  /** The question cannot be understood without it. */
  needed: boolean
}

/** Open questions that one answer goes into; who writes more at once is past the earlier ones. */
const MOST = 4
/** Different questions in one message that are answered, at most. */
const PARTS = 4
/** Questions of the past that a question may lean on. */
const REACH = 3

/** Understands the open questions after what was said. Messages are oldest first. */
export function understand(questions: StoredMessage[], history: StoredMessage[], readIntent: IntentReader): Understanding {
  const readings = questions.slice(-MOST).map(({ content }) => readIntent(readable(content)))
  const asked = readings.filter(({ intent }) => intent === 'question')
  const lastAnswer = history.findLast(({ role, status }) => role === 'assistant' && status === 'complete')
  const text = asked.map(({ rest }) => rest).join('\n')

  const reply = questions.length === 1 ? reactionTo(lastAnswer, readable(questions[0]?.content ?? '')) : undefined
  if (reply?.intent === 'chosen' || reply?.intent === 'noneOfThose')
    return { ...reply, text: lastQuestions(history, 1, readIntent).join('\n'), parts: [] }
  if (reply) return { ...reply, text, parts: [] }
  if (readings.some(({ intent }) => intent === 'person')) return { intent: 'person', text, parts: [] }
  if (asked.length === 0) return { intent: readings.at(-1)?.intent ?? 'greeting', text, parts: [] }
  return {
    intent: 'question',
    text,
    parts: different(asked.flatMap(({ rest }) => splitQuestion(rest))).slice(0, PARTS),
    ...topicOf(text, history, lastAnswer, readIntent),
  }
}

/** What a message means as a reply to an offer or to a choice; a bare yes or no means something anywhere. */
function reactionTo(answer: StoredMessage | undefined, said: string) {
  const options = answer?.decision?.kind === 'clarify' ? (answer.options ?? []) : []
  const choice = options.length === 1 && readReply(said) === 'yes' ? options[0] : chosen(said, options)
  if (choice !== undefined) return { intent: 'chosen' as const, choice }
  const reply = readReply(said)
  if (answer?.decision?.kind === 'clarify' && (reply === 'no' || noneOfThose.test(said))) return { intent: 'noneOfThose' as const }
  if (answer?.decision?.kind === 'offer_person' && reply) return { intent: reply === 'yes' ? ('accepted' as const) : ('declined' as const) }
  return reply && (/^\W*\p{L}+\W*$/u.test(said) || isBareReply(said)) ? { intent: reply } : undefined
}

const noneOfThose = /^(?:none|neither|nothing|something else|keine?r?s?|weder|aucune?|ninguna?o?)\b/i
const ordinals: Record<string, number> = { first: 0, second: 1, third: 2, fourth: 3, last: -1, former: 0, latter: -1 }

/** The option that a reply means: its words, its number, or its place. */
function chosen(said: string, options: string[]): string | undefined {
  const plain = said
    .toLowerCase()
    .trim()
    .replace(/[.!?]+$/, '')
  const named = options.find((option) => option.toLowerCase() === plain)
  if (named) return named
  const [, number] = /^(?:number |no\.? |#)?(\d)\b/.exec(plain) ?? []
  if (number !== undefined) return options[Number(number) - 1]
  const [, place] = /^(?:the )?(first|second|third|fourth|last|former|latter)(?: one)?$/.exec(plain) ?? []
  if (place !== undefined) return options.at(ordinals[place] ?? 0)
  const words = plain.split(/\s+/).filter((word) => word.length > 2)
  const containing = options.filter((option) => words.length > 0 && words.every((word) => option.toLowerCase().includes(word)))
  return containing.length === 1 ? containing[0] : undefined
}

function topicOf(
  text: string,
  history: StoredMessage[],
  lastAnswer: StoredMessage | undefined,
  readIntent: IntentReader,
): { topic?: Topic } {
  const before = lastQuestions(history, REACH, readIntent)
  if (before.length === 0) return {}
  // What a question that leans on another one leans on: back to the one that stands for itself.
  const chain: string[] = []
  for (const question of before.reverse()) {
    chain.unshift(question)
    if (!leansOnContext(question)) break
  }
  const cited = lastAnswer?.citations?.map(({ source }) => source) ?? []
  return { topic: { text: chain.join('\n'), cited, needed: leansOnContext(text) } }
}

/** The latest questions of the past, oldest first. Read from the newest back, so that a long past costs nothing. */
function lastQuestions(history: StoredMessage[], count: number, readIntent: IntentReader): string[] {
  const found: string[] = []
  for (const { role, content } of history.toReversed()) {
    if (found.length === count) break
    const reading = role === 'visitor' ? readIntent(readable(content)) : undefined
    if (reading?.intent === 'question') found.unshift(reading.rest)
  }
  return found
}

/** The same question, asked again in the same message, is one. */
function different(parts: string[]): string[] {
  return [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()]
}

const opening =
  /^(?:and|also|or|but|so|then|ok(?:ay)?|what about|how about|what if|same|even|for|on|to|in|with|not|why|really|only|vậy|còn|thế|và)\b/i
const pronoun = /\b(?:it|its|that|this|they|them|their|those|these|one|ones|then|such|nó|đó|này|vậy)\b/i

/** What is called “the” something was spoken of before. */
const definite = /^the \p{L}+ (?:is|was|does|did|do|has|have|can|will|would|keeps|says|still|isn|doesn|didn|hasn|won)\b/iu

/** Whether a question cannot be understood alone: it begins as a continuation, points back, or hardly says anything. */
export function leansOnContext(text: string): boolean {
  const plain = text.trim()
  const words = plain.split(/\s+/).length
  return (opening.test(plain) && words <= 12) || (definite.test(plain) && words <= 8) || (pronoun.test(plain) && words <= 9) || words <= 3
}

const question =
  /\b(?:how|what|whats|when|where|who|which|why|can|could|do|does|did|is|are|am|will|would|may|should|have|has|if|whether|tell|need|want|bao|mấy|có|làm sao)\b/i

/** Whether a sentence asks something. */
function isQuestion(text: string): boolean {
  return text.includes('?') || question.test(text)
}

const asksFirst =
  /^\W*(?:(?:and|also|so|but|or|then|oh|ok|okay|btw|please|pls)\W+)*(?:how|what|whats|when|where|who|which|why|can|could|do|does|did|is|are|am|will|would|may|should|tell)\b/i

/**
 * Whether a part of a message is what the visitor asks: where another part has a question mark, one that has none and does not
 * begin as a question only tells a story. Where nothing asks, everything does.
 */
export function asksAmong(parts: readonly string[], part: string): boolean {
  if (parts.some((one) => one.includes('?'))) return part.includes('?') || asksFirst.test(part)
  return isQuestion(part) || !parts.some(isQuestion)
}

const joint = /(?:,\s*|\s+)(?:and also|and btw|and|also|plus|as well as|btw|by the way|và)\s+/i
/** A part has at least so many words. */
const SHORTEST = 3
const isLong = (part: string) => part.split(/\s+/).length >= SHORTEST

/** The questions in one message: its sentences, and the halves of "…, and …" where each half asks. */
export function splitQuestion(text: string): string[] {
  const sentences = text
    .split(/(?<=[?!.;])\s+|\n+/)
    .map((part) => part.trim())
    .filter(Boolean)
  const parts = sentences.flatMap((sentence) => {
    const halves = sentence.split(joint)
    return halves.length > 1 && halves.some((half) => question.test(half)) && halves.every(isLong) ? halves : [sentence]
  })
  return parts.length > 1 ? parts : [text.trim()]
}

const splice = /,\s*(?=(?:how|what|when|where|who|which|why|can|could|do|does|is|are|will|would|may|should)\b)/i

/** The question that a sentence comes to after a comma ("I opened it, how do I send it back"), and what leads up to it. */
export function pointOf(text: string): { lead: string; point: string } | undefined {
  const at = text.search(splice)
  const [lead, point] = [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  return at > 0 && isLong(lead) && isLong(point) ? { lead, point } : undefined
}
