import type { LanguageModelV4 } from '@ai-sdk/provider'
import { streamText } from 'ai'
import { questionsOf } from '#lib/knowledge/article.ts'
import type { Knowledge } from '#lib/knowledge/knowledge.ts'
import type { Decision, StoredMessage } from '#lib/protocol/events.ts'
import type { Conclusion, Piece, TurnContext } from '#lib/session/ports.ts'
import { isInstruction } from './grounding/instructions.ts'
import { createGrounding, type Ground } from './grounding.ts'
import { createIntentReader } from './intent.ts'
import { OFFLINE, type OfflineOptions } from './offline/model.ts'
import { scriptOf } from './offline/script.ts'
import { type Phrases, phrasesIn } from './phrases.ts'
import { type PartPlan, type Plan, planAnswer, planChoice } from './plan.ts'
import { conversation, instructionsFor } from './prompt.ts'
import { createRelease } from './release.ts'
import { type Understanding, understand } from './understand.ts'

export interface ResponderDeps {
  knowledge: Knowledge
  model: LanguageModelV4
  deskName: string
  /** The confidence from which on an answer is given (0…1). */
  threshold: number
}

/**
 * Answers the visitor: understands what is asked, finds what the articles say, lets the model say it, and
 * releases what the model says sentence by sentence, each with the passage it rests on. A sentence that rests on
 * none is not released. Every model is led the same way, the offline one included.
 */
export function createResponder(deps: ResponderDeps) {
  const articles = deps.knowledge.articles()
  const readIntent = createIntentReader(articles.flatMap(questionsOf), [...new Set(articles.map(({ language }) => language))])
  return async function* respond(context: Asked, signal: AbortSignal): Answering {
    const { questions, history, degraded } = context
    const language = deps.knowledge.languageOf(questions.at(-1)?.content ?? '')
    const say = phrasesIn(language)
    const offer = offerOf(history, say)
    if (degraded) return yield* unknown(say.unsure, offer, 0, ['two attempts at an answer failed'])

    const meaning = understand(questions, history, readIntent)
    switch (meaning.intent) {
      case 'question':
      case 'chosen':
        return yield* fromArticles(deps, context, meaning, say, offer, signal)
      case 'person':
        return yield* handOver(say, 'asked for a person')
      case 'accepted':
        return yield* handOver(say, 'accepted the offer of a person')
      case 'declined':
        return yield* smalltalk(say.declined, 'declined the offer of a person')
      case 'noneOfThose':
        return yield* unknown(say.unsure, offer, 0, ['none of the topics offered'])
      case 'frustration':
        return yield* unknown(say.sorry, offer, undefined, ['the visitor is not content'])
      case 'greeting':
        return yield* smalltalk(say.greeting(deps.deskName), 'a greeting', deps.knowledge.suggestions(language).slice(0, 3))
      case 'bot':
        return yield* smalltalk(say.bot(deps.deskName), 'asked who answers')
      default:
        return yield* smalltalk(say[meaning.intent], `said ${meaning.intent}`)
    }
  }
}

/** What it needs to know of a turn. */
export type Asked = Pick<TurnContext, 'questions' | 'history' | 'degraded'>
type Answering = AsyncGenerator<Piece, Conclusion>

async function* fromArticles(
  deps: ResponderDeps,
  context: Asked,
  meaning: Understanding,
  say: Phrases,
  offer: Offer,
  signal: AbortSignal,
): Answering {
  const { knowledge, threshold } = deps
  const lastKind = context.history.findLast(({ role }) => role === 'assistant')?.decision?.kind
  const plan: Plan =
    meaning.choice === undefined
      ? planAnswer(meaning, knowledge, threshold, lastKind !== 'clarify')
      : planChoice(meaning.text, meaning.choice, knowledge)
  if (plan.kind === 'unknown') {
    return yield* unknown(plan.unsure ? say.unsure : say.unknown, offer, plan.confidence, ['no article supports an answer'])
  }
  if (plan.kind === 'clarify') {
    yield spoken(`${plan.options.length > 1 ? say.clarify : say.clarifyOne}\n${plan.options.map((option) => `- ${option}`).join('\n')}`)
    return { ...decided('clarify', ['several topics may be meant']), confidence: plan.confidence, options: plan.options }
  }

  const { released, notes } = yield* releaseModel(deps, context, plan.parts, signal)
  if (released === 0) return yield* unknown(say.unsure, offer, 0, ['no sentence was supported by an article', ...notes])
  const confidence = Math.min(...plan.parts.map((part) => part.confidence))
  for (const part of plan.unknown) yield spoken(`\n\n${say.unknownPart(part.question)}`)
  if (plan.unknown.length > 0) yield spoken(` ${offer.text}`)
  const reasons = [...plan.parts.map(({ hits }) => `answered from “${hits[0]?.article.title}”`), ...notes]
  if (plan.unknown.length === 0) return { ...decided('answer', reasons, deps.model), confidence }
  return {
    ...decided('offer_person', [...reasons, 'a part is not covered by any article'], deps.model),
    confidence,
    ...(offer.options.length > 0 ? { options: offer.options } : {}),
  }
}

/** What became of what the model said. */
interface Released {
  released: number
  notes: string[]
}

/** Lets the model speak and releases what is supported. */
async function* releaseModel(
  deps: ResponderDeps,
  { history }: Asked,
  parts: PartPlan[],
  signal: AbortSignal,
): AsyncGenerator<Piece, Released> {
  const grounds = groundsOf(parts)
  const question = parts.map((part) => part.question).join('\n')
  const grounding = createGrounding(grounds, grounds[0]?.article.language ?? 'en', deps.deskName)
  const offline: OfflineOptions = { sentences: scriptOf(parts.map(({ chosen }) => chosen)) }
  const result = streamText({
    model: deps.model,
    instructions: instructionsFor(deps.deskName, grounds),
    messages: conversation(history, question),
    providerOptions: { [OFFLINE]: offline },
    abortSignal: signal,
    maxRetries: 0,
    telemetry: { isEnabled: false },
    onError: () => undefined,
  })

  const release = createRelease(grounding)
  for await (const part of result.stream) {
    if (part.type === 'text-delta') yield* release.push(part.text)
    else if (part.type === 'error') throw part.error
  }
  yield* release.end()
  return {
    released: release.counts().released,
    notes: notesOf(release.counts().dropped, grounding.holdsInstruction, isInstruction(question)),
  }
}

/** What the operator is told about an answer beside its sources. */
function notesOf(dropped: number, inPassage: boolean, inQuestion: boolean): string[] {
  return [
    ...(dropped > 0 ? [dropped === 1 ? '1 sentence was not supported' : `${dropped} sentences were not supported`] : []),
    ...(inPassage ? ['a passage holds an instruction'] : []),
    ...(inQuestion ? ['the message holds an instruction'] : []),
  ]
}

function groundsOf(parts: PartPlan[]): Ground[] {
  const grounds = parts.flatMap(({ hits: [first], chosen }) => {
    const passages = [
      ...new Set([...chosen.map(({ passage }) => passage), ...(first?.passages.slice(0, 3).map(({ passage }) => passage) ?? [])]),
    ]
    return first ? passages.map((passage) => ({ article: first.article, passage })) : []
  })
  return [...new Map(grounds.map((ground) => [ground.passage.id, ground])).values()]
}

/** The offer of a person, and what can be replied to it. */
interface Offer {
  text: string
  options: string[]
}

/** Offers a person, or says that one was asked already: nobody is to be offered twice what they took. */
function offerOf(history: StoredMessage[], say: Phrases): Offer {
  const isAsked = history.some(({ decision }) => decision?.kind === 'hand_over')
  return isAsked ? { text: say.personAsked, options: [] } : { text: say.offer, options: [say.yesToPerson] }
}

async function* unknown(said: string, offer: Offer, confidence: number | undefined, reasons: string[]): Answering {
  yield spoken(`${said} ${offer.text}`)
  return {
    ...decided('offer_person', reasons),
    ...(confidence === undefined ? {} : { confidence }),
    ...(offer.options.length > 0 ? { options: offer.options } : {}),
  }
}

async function* handOver(say: Phrases, reason: string): Answering {
  yield spoken(say.person)
  return { ...decided('hand_over', [reason]), handoff: reason }
}

async function* smalltalk(text: string, reason: string, options: string[] = []): Answering {
  yield spoken(text)
  return { ...decided('smalltalk', [reason]), ...(options.length > 0 ? { options } : {}) }
}

function spoken(text: string): Piece {
  return { text, citations: [] }
}

function decided(kind: Decision['kind'], reasons: string[], model?: LanguageModelV4): { decision: Decision } {
  return { decision: { kind, reasons, ...(model ? { assistant: `${model.provider}/${model.modelId}` } : {}) } }
}
