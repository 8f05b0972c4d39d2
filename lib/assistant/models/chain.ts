import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4Prompt } from '@ai-sdk/provider'
import type { AnswerUsage } from '#lib/protocol/events.ts'
import type { Log } from '#lib/session/ports.ts'
import { OFFLINE, type OfflineOptions } from '../offline/model.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import type { Budget } from './budget.ts'
import { type Clock, pause } from './clock.ts'
import { failureOf, type ModelFailure } from './failure.ts'
import { type Account, createLedger } from './ledger.ts'
import { type Deadlines, type Heard, listen } from './listen.ts'
import type { MadeModel } from './providers.ts'
import type { FilePart } from './reads.ts'
import { createSteps, type Steps, type Toolbox } from './tool-steps.ts'

export interface ModelChainDeps {
  /** The models that are asked, in this order, and their names: provider and model. */
  models: Array<{ name: string; canRead: (file: FilePart) => boolean } & MadeModel>
  /** Answers when none of them does. */
  offline: LanguageModelV4
  temperature: number
  maxTokens: number
  budget: Budget
  clock: Clock
  log: Log
  deadlines?: Deadlines
}

export interface SpeakMessage {
  role: 'user' | 'assistant'
  content: string
  /** Only models that read all of them are asked. */
  files?: FilePart[]
}

/** What is to be said. */
export interface SpeakRequest {
  instructions: string
  messages: SpeakMessage[]
  /** What the offline assistant says when it is its turn; no sentences when it has nothing to say. */
  offline: OfflineOptions
  /** Whether a visitor has read something of it. From then on no model may begin it anew. */
  isReleased: () => boolean
  /** The visitor's message that it answers, by its id. */
  answerTo?: string | undefined
  /** Tools that it may have called before it answers. The offline assistant calls none. */
  tools?: Toolbox | undefined
}

/** How an answer ended. */
export interface Spoken {
  /** Provider and model that spoke. */
  assistant: string
  /** False when it ended in the middle. */
  isComplete: boolean
  /** The offline assistant spoke in the place of models. */
  isStandIn: boolean
  /** What went otherwise than planned, for "Why this answer". */
  reasons: string[]
}

export type Speech =
  | { type: 'text'; text: string }
  /** What came so far is void: another model begins. */
  | { type: 'restart' }
  /** The tools that it asked for were called; what comes now is said with their results. */
  | { type: 'results' }
  /** Always the last. */
  | ({ type: 'end'; usage?: AnswerUsage } & Spoken)

export type ModelChain = ReturnType<typeof createModelChain>

/** Never the library's own ten minutes. */
const DEADLINES: Deadlines = { firstToken: 15_000, idle: 20_000, total: 120_000 }
/** Requests to one provider for one answer. */
const ATTEMPTS = 3
/** The longest wait that a provider may ask for, in milliseconds; above it the next one is asked. */
const PATIENCE_MS = 10_000
const OFFLINE_NAME = 'frontdesk/offline'

/**
 * Lets one of several models speak. Only a 429 that asks for a short wait is tried again; after any other failure the
 * next model is asked, and in the end the offline assistant. A failure after something was released ends the answer.
 * It speaks to the models themselves: the AI SDK's `streamText` on top of them costs more than all that is done here.
 */
export function createModelChain(deps: ModelChainDeps) {
  const { budget, clock, log, deadlines = DEADLINES } = deps
  const seats = deps.models.map((seat) => ({ ...seat, breaker: createBreaker(clock.now) }))
  const names = seats.map(({ name }) => name)
  const ledger = createLedger(names, budget, log)

  async function* speak(request: SpeakRequest, signal: AbortSignal): AsyncGenerator<Speech> {
    const until = clock.now() + deadlines.total
    const answer: Answer = {
      request,
      call: callOf(request, deps),
      until,
      account: ledger.open(clock.now),
      reasons: [],
      steps: createSteps(request.tools),
    }
    let spoken: Spoken | undefined
    try {
      const isSpent = names.length > 0 && budget.isSpent()
      if (isSpent) answer.reasons.push('the budget of tokens for today is spent')
      const files = request.messages.flatMap((message) => message.files ?? [])
      const able = isSpent ? [] : seats.filter(({ canRead }) => files.every(canRead))
      for (const seat of able) spoken ??= yield* ask(seat, answer, signal)
      spoken ??= yield* standIn(answer, signal)
      const usage = answer.account.usage(spoken)
      yield { type: 'end', ...spoken, ...(usage ? { usage } : {}) }
    } finally {
      if (names.length > 0) answer.account.close(request.answerTo, spoken)
    }
  }

  /** Lets one model speak, and call tools before. Returns how the answer ended, undefined when another one is to begin it. */
  async function* ask(seat: Seat, answer: Answer, signal: AbortSignal): AsyncGenerator<Speech, Spoken | undefined> {
    const { steps, reasons } = answer
    for (;;) {
      const turn = yield* request(seat, answer, signal)
      if (turn === undefined || 'assistant' in turn) return turn
      const { text, heard } = turn
      const ends = heard.calls === undefined || (await steps.run(seat.name, text, heard, signal))
      if (ends) return { assistant: seat.name, isComplete: true, isStandIn: false, reasons }
      yield { type: 'results' }
      if (budget.isSpent()) {
        reasons.push('the budget of tokens for today is spent')
        return undefined
      }
    }
  }

  /** Asks one model once, again where that is worth it. */
  async function* request(
    { name, model, options, breaker }: Seat,
    answer: Answer,
    signal: AbortSignal,
  ): AsyncGenerator<Speech, Spoken | { text: string; heard: Heard } | undefined> {
    const { request, until, account, reasons, steps } = answer
    const call = steps.into({ ...answer.call, ...(options ? { providerOptions: options } : {}) }, name)
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (clock.now() >= until) {
        reasons.push(`there was no time left for ${name}`)
        return undefined
      }
      const permit = breaker.enter()
      if (!permit) {
        reasons.push(`${name} is left alone for a while`)
        return undefined
      }
      const heard: Heard = { characters: 0 }
      let said = ''
      let failure: ModelFailure | undefined
      try {
        for await (const text of listen({ model, call, clock, deadlines, until }, heard, signal)) {
          said += text
          yield { type: 'text', text }
        }
        permit.succeeded()
        return { text: said, heard }
      } catch (error) {
        if (signal.aborted) throw error
        failure = failureOf(error, clock.now())
        permit.failed()
      } finally {
        permit.leave()
        account.request(name, heard, lengthOf(request) + steps.length(), failure)
      }

      log.warn({ model: name, attempt, answer_to: request.answerTo }, `a model failed: it ${failure.message}`)
      if (request.isReleased()) {
        reasons.push(`${name} stopped in the middle of the answer`)
        return { assistant: name, isComplete: false, isStandIn: false, reasons }
      }
      if (said !== '') yield { type: 'restart' }
      const wait = failure.retryAfterMs ?? Number.POSITIVE_INFINITY
      if (wait > PATIENCE_MS || attempt === ATTEMPTS) break
      await pause(clock, wait, signal)
    }
    reasons.push(`${name} did not answer`)
    return undefined
  }

  async function* standIn({ request, call, reasons }: Answer, signal: AbortSignal): AsyncGenerator<Speech, Spoken> {
    const offline = { ...call, providerOptions: { [OFFLINE]: request.offline } }
    const listening = { model: deps.offline, call: offline, clock, deadlines, until: clock.now() + deadlines.total }
    if (request.offline.sentences.length > 0) {
      for await (const text of listen(listening, { characters: 0 }, signal)) yield { type: 'text', text }
    }
    return { assistant: OFFLINE_NAME, isComplete: true, isStandIn: names.length > 0, reasons }
  }

  return {
    speak,
    /** Who is asked, in this order. */
    names: [...names, OFFLINE_NAME],
    /** The models that are left alone now since they failed. */
    resting: () => seats.filter(({ breaker }) => breaker.isOpen()).map(({ name }) => name),
    totals: () => ({ tokens_today: budget.today(), models: ledger.totals() }),
  }
}

interface Seat extends MadeModel {
  name: string
  canRead: (file: FilePart) => boolean
  breaker: Breaker
}

/** An answer that is being given. */
interface Answer {
  request: SpeakRequest
  call: LanguageModelV4CallOptions
  /** When its models must be done, epoch milliseconds. */
  until: number
  account: Account
  reasons: string[]
  steps: Steps
}

/** What every model is given. Temperature and length are the desk's: nothing that a visitor sends reaches them. */
function callOf(request: SpeakRequest, { temperature, maxTokens }: ModelChainDeps): LanguageModelV4CallOptions {
  const said = request.messages.map(({ role, content, files = [] }) => ({
    role,
    content: [...files.map(partOf), { type: 'text' as const, text: content }],
  }))
  const prompt: LanguageModelV4Prompt = [{ role: 'system', content: request.instructions }, ...said]
  return { prompt, temperature, maxOutputTokens: maxTokens }
}

function partOf({ mediaType, bytes }: FilePart) {
  const filename = mediaType === 'application/pdf' ? { filename: 'file.pdf' } : {}
  return { type: 'file' as const, mediaType, data: { type: 'data' as const, data: bytes }, ...filename }
}

/** Characters that a file counts as where a provider does not say what it took: about a thousand tokens. */
const FILE_LENGTH = 4000

function lengthOf({ instructions, messages }: SpeakRequest): number {
  return messages.reduce((sum, { content, files = [] }) => sum + content.length + files.length * FILE_LENGTH, instructions.length)
}
