import type { Knowledge } from '#lib/knowledge/knowledge.ts'
import type { AnswerUsage, StoredMessage } from '#lib/protocol/events.ts'
import type { Conclusion, Piece } from '#lib/session/ports.ts'
import { type Agent, agentFor } from './agents.ts'
import { type Answering, type Asked, decided, handOver, type Offer, spoken, unknown } from './conclusions.ts'
import { hasFailedEnough } from './escalation.ts'
import type { FileRead, FileReader } from './files/file-reader.ts'
import { type FilePlan, inViewOf, planFiles, scriptWith } from './files/plan-files.ts'
import { received } from './files/received.ts'
import { isHandingOver } from './files/wording.ts'
import { isInstruction } from './grounding/instructions.ts'
import { createGroundingWithFiles } from './grounding/with-files.ts'
import type { Ground, Grounding } from './grounding.ts'
import type { ModelChain, Spoken } from './models/chain.ts'
import { sumOf } from './models/ledger.ts'
import { standInNotice } from './models/stand-in.ts'
import { scriptOf } from './offline/script.ts'
import type { Phrases } from './phrases.ts'
import { type PartPlan, type Plan, planAnswer, planChoice, searchedIn } from './plan.ts'
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
  /** Reads what visitors send; without it nothing is read. */
  files?: FileReader
}

/** Tries something else; undefined when that comes to nothing. */
export type Otherwise = () => AsyncGenerator<Piece, Conclusion | undefined>

/** How an answer is worded, and what is tried before it is said that nothing is known. */
export interface Manner {
  say: Phrases
  offer: Offer
  otherwise?: Otherwise | undefined
}

/**
 * Answers from the articles and from what the visitor sent, or asks back, or says that nothing is known; asks a person when that was
 * too often. `otherwise` is tried before it says so.
 */
export async function* fromArticles(
  deps: ArticleDeps,
  context: Asked,
  meaning: Understanding,
  manner: Manner,
  signal: AbortSignal,
): Answering {
  const read = (await deps.files?.readFor(context, signal)) ?? []
  const isSentNow = context.questions.some(({ attachments }) => attachments?.length)
  const isAtHand = isSentNow || isFileAlone(context.history.findLast(({ role }) => role === 'visitor'))
  if (isSentNow && isHandingOver(meaning.text)) return yield* received(read, deps.deskName, manner)
  const lastKind = context.history.findLast(({ role }) => role === 'assistant')?.decision?.kind
  const seen = inViewOf(read, meaning)
  const plan: Plan =
    meaning.choice === undefined
      ? planAnswer(seen, await deps.knowledge.searchFor(searchedIn(seen), signal), deps.threshold, lastKind !== 'clarify')
      : planChoice(meaning.text, meaning.choice, deps.knowledge.search)
  const files = { read, plan: planFiles({ text: meaning.text, files: read, isAtHand, desk: deps.deskName }) }
  const { record, ...conclusion } = yield* carryOut(plan, files, deps, context, manner, signal)
  const usage = sumOf([...read.map((file) => file.usage), record?.usage])
  return { ...conclusion, record: { ...(usage ? { usage } : {}), retrieval: retrievalOf(plan) } }
}

function isFileAlone(message: StoredMessage | undefined): boolean {
  return message?.attachments !== undefined && (message.content.trim() === '' || isHandingOver(message.content))
}

/** What the visitor sent, and what it has for the question. */
interface Files {
  read: FileRead[]
  plan: FilePlan | undefined
}

/** Does what was planned. */
async function* carryOut(plan: Plan, files: Files, deps: ArticleDeps, context: Asked, manner: Manner, signal: AbortSignal): Answering {
  const { say, offer } = manner
  const { history } = context
  const isInFile = files.plan && (files.plan.isAbout || files.plan.chosen.length > 0)
  if (plan.kind !== 'answer' && !isInFile) return yield* withoutAnswer(plan, files, history, manner)

  const { parts, unknownParts } = partsBeside(files.plan, plan, deps.threshold)
  const cited = parts.flatMap(({ hits: [first] }) => first?.article ?? [])
  const agent = agentFor(deps.agents, cited, history.findLast(({ decision }) => decision?.agent)?.decision?.agent)
  const { released, by, notes, usage } = yield* release(deps, context, { parts, files: files.plan, say }, agent, signal)
  const record = usage ? { usage } : {}
  if (released === 0) {
    // Nothing in the file after all: what is said then is what would have been said without it.
    if (plan.kind !== 'answer' && !files.plan?.isAlone) return { ...(yield* withoutAnswer(plan, files, history, manner)), record }
    const why = [
      `no sentence was supported by ${isInFile ? 'an article or a file' : 'an article'}`,
      ...by.reasons,
      ...notes,
      ...faultsOf(files),
    ]
    return { ...(yield* unknown(say.unsure, offer, 0, why)), record }
  }
  if (!by.isComplete) yield spoken(`\n\n${say.cutOff}`)
  for (const part of unknownParts) yield spoken(`\n\n${say.unknownPart(part.question)}`)
  if (unknownParts.length > 0) yield spoken(` ${offer.text}`)
  yield* aboutFiles(files, context, say)
  yield* standInNotice(by, history, say)

  const reasons = [...cited.map(({ title }) => `answered from “${title}”`), ...by.reasons, ...notes, ...faultsOf(files)]
  const who = { assistant: by.assistant, ...(agent ? { agent: agent.name } : {}) }
  // A confidence is one in articles: what a file says is there or not.
  const confidence = parts.length > 0 ? { confidence: Math.min(...parts.map((part) => part.confidence)) } : {}
  if (unknownParts.length === 0) return { ...decided('answer', reasons, who), ...confidence, record }
  return {
    ...decided('offer_person', [...reasons, 'a part is not covered by any article'], who),
    ...confidence,
    record,
    ...(offer.options.length > 0 ? { options: offer.options } : {}),
  }
}

/** What the articles add to what the files say: nothing where all of a file is asked for, or where a question about one only leads to them by its context. */
function partsBeside(files: FilePlan | undefined, plan: Plan, threshold: number): { parts: PartPlan[]; unknownParts: PartPlan[] } {
  if (plan.kind !== 'answer') return { parts: [], unknownParts: [] }
  const isSure = plan.parts.some(({ confidence }) => confidence >= threshold)
  return files?.isWhole || (files?.isAlone && !isSure) ? { parts: [], unknownParts: [] } : { parts: plan.parts, unknownParts: plan.unknown }
}

/** Says that nothing is known, or asks back; asks a person when that was too often. */
async function* withoutAnswer(
  plan: Exclude<Plan, { kind: 'answer' }>,
  files: Files,
  history: Asked['history'],
  { say, offer, otherwise }: Manner,
): Answering {
  const told = plan.kind === 'unknown' && otherwise ? yield* otherwise() : undefined
  if (told) return told
  if (!offer.isAsked && hasFailedEnough(history)) return yield* handOver(say, offer, 'found no answer three times in a row', say.unsure)
  if (plan.kind === 'unknown') {
    const why = ['no article supports an answer', ...faultsOf(files)]
    return yield* unknown(plan.unsure ? say.unsure : say.unknown, offer, plan.confidence, why)
  }
  yield spoken(`${plan.options.length > 1 ? say.clarify : say.clarifyOne}\n${plan.options.map((option) => `- ${option}`).join('\n')}`)
  return { ...decided('clarify', ['several topics may be meant']), confidence: plan.confidence, options: plan.options }
}

/** What an answer that goes with files says of them: that one could not be read, or not to its end. */
function* aboutFiles({ read, plan }: Files, { questions }: Asked, say: Phrases): Generator<Piece> {
  const sent = questions.flatMap(({ attachments }) => attachments ?? [])
  const known = new Set(read.filter(({ text }) => text).map(({ attachment }) => attachment.file_id))
  if (sent.some(({ file_id }) => !known.has(file_id))) yield spoken(`\n\n${say.fileUnread}`)
  if (plan?.isAbout && read.some(({ text }) => text?.isCut)) yield spoken(`\n\n${say.fileCut}`)
}

function faultsOf({ read }: Files): string[] {
  return read.flatMap(({ fault }) => (fault ? [`a file was not read: ${fault}`] : []))
}

/** What became of what a model said. */
interface Released {
  /** Sentences that were said. */
  released: number
  by: Spoken
  notes: string[]
  usage?: AnswerUsage | undefined
}

/** What an answer is made of. */
interface Material {
  parts: PartPlan[]
  files: FilePlan | undefined
  say: Phrases
}

/** Lets a model speak and releases what is supported. */
async function* release(
  { deskName, models }: ArticleDeps,
  { questions, history, session }: Asked,
  { parts, files, say }: Material,
  agent: Agent | undefined,
  signal: AbortSignal,
): AsyncGenerator<Piece, Released> {
  const grounds = { articles: groundsOf(parts), files: files?.grounds ?? [], transcripts: files?.transcripts ?? new Set<string>() }
  const question = parts.length > 0 ? parts.map((part) => part.question).join('\n') : questions.map(({ content }) => content).join('\n')
  const grounding = createGroundingWithFiles(grounds, { language: 'en', desk: deskName, question })
  let said = createRelease(grounding, say.voices)
  const request = {
    instructions: instructionsFor(deskName, grounds.articles, agent?.instructions, grounds.files.length > 0),
    messages: conversation(history, question, session?.context, grounds.files),
    offline: { sentences: scriptWith(files, scriptOf(parts.map(({ chosen }) => chosen))) },
    isReleased: () => said.counts().released > 0,
    answerTo: questions.at(-1)?.message_id,
  }
  for await (const part of models.speak(request, signal)) {
    if (part.type === 'text') yield* said.push(part.text)
    else if (part.type === 'restart') said = createRelease(grounding, say.voices)
    else if (part.type === 'end') {
      yield* said.end(part.isComplete)
      const { released, dropped } = said.counts()
      return { released, by: part, notes: notesOf(dropped, grounding, isInstruction(question)), usage: part.usage }
    }
  }
  throw new Error('the models ended without an end')
}

/** What the operator is told about an answer beside its sources. */
function notesOf(dropped: number, { holdsInstruction, fileHoldsInstruction }: Grounding, inQuestion: boolean): string[] {
  return [
    ...(dropped > 0 ? [dropped === 1 ? '1 sentence was not supported' : `${dropped} sentences were not supported`] : []),
    ...(holdsInstruction ? ['a passage holds an instruction'] : []),
    ...(fileHoldsInstruction ? ['a file holds an instruction'] : []),
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
