import type { Knowledge } from '#lib/knowledge/knowledge.ts'
import type { AnswerUsage } from '#lib/protocol/events.ts'
import type { Piece } from '#lib/session/ports.ts'
import { type Agent, agentFor } from './agents.ts'
import { type Answering, type Asked, decided, handOver, type Offer, spoken, unknown } from './conclusions.ts'
import { hasFailedEnough } from './escalation.ts'
import { isInstruction } from './grounding/instructions.ts'
import { createGrounding, type Ground } from './grounding.ts'
import type { ModelChain, Spoken } from './models/chain.ts'
import { standInNotice } from './models/stand-in.ts'
import { scriptOf } from './offline/script.ts'
import type { Phrases } from './phrases.ts'
import { type PartPlan, type Plan, planAnswer, planChoice } from './plan.ts'
import { conversation, instructionsFor } from './prompt.ts'
import { createRelease } from './release.ts'
import { retrievalOf } from './retrieval.ts'
import type { Understanding } from './understand.ts'

export interface ArticleDeps {
  knowledge: Knowledge
  models: Pick<ModelChain, 'speak'>
  agents: readonly Agent[]
  deskName: string
  /** The confidence from which on an answer is given (0…1). */
  threshold: number
}

/** Answers from the articles, or asks back, or says that nothing is known; asks a person when that was too often. */
export async function* fromArticles(
  deps: ArticleDeps,
  context: Asked,
  meaning: Understanding,
  manner: { say: Phrases; offer: Offer },
  signal: AbortSignal,
): Answering {
  const lastKind = context.history.findLast(({ role }) => role === 'assistant')?.decision?.kind
  const plan: Plan =
    meaning.choice === undefined
      ? planAnswer(meaning, deps.knowledge, deps.threshold, lastKind !== 'clarify')
      : planChoice(meaning.text, meaning.choice, deps.knowledge)
  const { record, ...conclusion } = yield* carryOut(plan, deps, context, manner, signal)
  return { ...conclusion, record: { ...record, retrieval: retrievalOf(plan) } }
}

/** Does what was planned. */
async function* carryOut(
  plan: Plan,
  deps: ArticleDeps,
  context: Asked,
  { say, offer }: { say: Phrases; offer: Offer },
  signal: AbortSignal,
): Answering {
  const { history, questions } = context
  const gaveUp = plan.kind !== 'answer' && !offer.isAsked && hasFailedEnough(history)
  if (gaveUp) return yield* handOver(say, offer, 'found no answer three times in a row', say.unsure)
  if (plan.kind === 'unknown') {
    return yield* unknown(plan.unsure ? say.unsure : say.unknown, offer, plan.confidence, ['no article supports an answer'])
  }
  if (plan.kind === 'clarify') {
    yield spoken(`${plan.options.length > 1 ? say.clarify : say.clarifyOne}\n${plan.options.map((option) => `- ${option}`).join('\n')}`)
    return { ...decided('clarify', ['several topics may be meant']), confidence: plan.confidence, options: plan.options }
  }

  const cited = plan.parts.flatMap(({ hits: [first] }) => first?.article ?? [])
  const agent = agentFor(deps.agents, cited, history.findLast(({ decision }) => decision?.agent)?.decision?.agent)
  const { released, by, notes, usage } = yield* release(deps, context, plan.parts, agent, signal)
  const record = usage ? { usage } : {}
  if (released === 0) {
    const why = ['no sentence was supported by an article', ...by.reasons, ...notes]
    return { ...(yield* unknown(say.unsure, offer, 0, why)), record }
  }
  if (!by.isComplete) yield spoken(`\n\n${say.cutOff}`)
  for (const part of plan.unknown) yield spoken(`\n\n${say.unknownPart(part.question)}`)
  if (plan.unknown.length > 0) yield spoken(` ${offer.text}`)
  if (questions.some(({ attachments }) => attachments?.length)) yield spoken(`\n\n${say.fileUnread}`)
  yield* standInNotice(by, history, say)

  const reasons = [...cited.map(({ title }) => `answered from “${title}”`), ...by.reasons, ...notes]
  const who = { assistant: by.assistant, ...(agent ? { agent: agent.name } : {}) }
  const confidence = Math.min(...plan.parts.map((part) => part.confidence))
  if (plan.unknown.length === 0) return { ...decided('answer', reasons, who), confidence, record }
  return {
    ...decided('offer_person', [...reasons, 'a part is not covered by any article'], who),
    confidence,
    record,
    ...(offer.options.length > 0 ? { options: offer.options } : {}),
  }
}

/** What became of what a model said. */
interface Released {
  /** Sentences that were said. */
  released: number
  by: Spoken
  notes: string[]
  usage?: AnswerUsage | undefined
}

/** Lets a model speak and releases what is supported. */
async function* release(
  { deskName, models }: ArticleDeps,
  { questions, history, session }: Asked,
  parts: PartPlan[],
  agent: Agent | undefined,
  signal: AbortSignal,
): AsyncGenerator<Piece, Released> {
  const grounds = groundsOf(parts)
  const question = parts.map((part) => part.question).join('\n')
  const grounding = createGrounding(grounds, grounds[0]?.article.language ?? 'en', deskName)
  let said = createRelease(grounding)
  const request = {
    instructions: instructionsFor(deskName, grounds, agent?.instructions),
    messages: conversation(history, question, session?.context),
    offline: { sentences: scriptOf(parts.map(({ chosen }) => chosen)) },
    isReleased: () => said.counts().released > 0,
    answerTo: questions.at(-1)?.message_id,
  }
  for await (const part of models.speak(request, signal)) {
    if (part.type === 'text') yield* said.push(part.text)
    else if (part.type === 'restart') said = createRelease(grounding)
    else {
      yield* said.end(part.isComplete)
      const { released, dropped } = said.counts()
      return { released, by: part, notes: notesOf(dropped, grounding.holdsInstruction, isInstruction(question)), usage: part.usage }
    }
  }
  throw new Error('the models ended without an end')
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
