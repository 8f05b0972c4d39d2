import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { createFiles } from './files.ts'
import { createLog } from './log.ts'
import type {
  Allow,
  ApprovalProofs,
  Blobs,
  Bus,
  CommandRunner,
  Conclusion,
  ExecuteEffect,
  Identify,
  LogName,
  Piece,
  Responder,
  SessionRef,
  SessionStore,
  TurnContext,
} from './ports.ts'
import { createService } from './service.ts'
import { createTurns } from './turn.ts'
import { createViews } from './views.ts'

/** The hall with everything around it under a test's control. */

export const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** A directory that is gone when the test is over. */
export function tempDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'frontdesk-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export function ref(name: string, incarnation = 0): SessionRef {
  return { key: name, name, incarnation }
}

/** A responder that a test leads by the hand: each answer waits for what the test lets it say. */
export function puppet() {
  const answers: PuppetAnswer[] = []
  const waiting: Array<(answer: PuppetAnswer) => void> = []
  const respond: Responder = async function* (context, signal) {
    const answer = new PuppetAnswer(context)
    const listener = waiting.shift()
    if (listener) listener(answer)
    else answers.push(answer)
    signal.addEventListener('abort', () => answer.say(null))
    for (;;) {
      const next = await answer.next()
      if (next === null) return {}
      if (next instanceof Error) throw next
      if ('conclusion' in next) return next.conclusion
      yield next
    }
  }
  return {
    respond,
    /** The next answer that is begun. */
    answer: () =>
      new Promise<PuppetAnswer>((resolve) => {
        const ready = answers.shift()
        if (ready) resolve(ready)
        else waiting.push(resolve)
      }),
  }
}

type Step = Piece | { conclusion: Conclusion } | Error | null

class PuppetAnswer {
  readonly questions: string[]
  readonly degraded: boolean
  readonly history: string[]
  #steps: Step[] = []
  #wake: (() => void) | undefined

  constructor({ questions, history, degraded }: TurnContext) {
    this.questions = questions.map(({ content }) => content)
    this.history = history.map(({ content }) => content)
    this.degraded = degraded
  }

  say(step: string | Step): void {
    this.#steps.push(typeof step === 'string' ? { text: step, citations: [] } : step)
    this.#wake?.()
  }

  finish(conclusion: Conclusion = { confidence: 1 }): void {
    this.say({ conclusion })
  }

  fail(): void {
    this.say(new Error('the model died'))
  }

  async next(): Promise<Step> {
    while (this.#steps.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
    return this.#steps.shift() as Step
  }
}

const noCommands: CommandRunner = async () => ({ command: 'test', result: { status: 'success', message: 'done' } })

/** Ids count on through a test file, so that a hall after a restart makes no id of the one before. */
let made = 0

export interface HallOptions {
  /** Carries out `/test`, the one command there is. */
  runCommand?: CommandRunner
  allow?: Allow
  /** Hears what goes wrong. */
  complain?: (message: string) => void
  identify?: Identify
  executeEffect?: ExecuteEffect
  now?: () => number
}

const nobody: Identify = async () => ({ outcome: 'wrong' })
const nothingToDo: ExecuteEffect = async () => Promise.reject(new Error('nothing can be carried out'))
/** Proofs that a test can know. */
export const proofs: ApprovalProofs = (_, { id }) => ({
  token: `token of ${id}`,
  code: `${id.toUpperCase().replaceAll(/[^A-Z2-9]/g, '')}222222`.slice(0, 6),
})

/** A hall over a given store and bus. */
export function createHall(store: SessionStore, bus: Bus, respond: Responder, options: HallOptions = {}) {
  const { runCommand = noCommands, allow = async () => undefined, complain = () => undefined, now = Date.now } = options
  const { identify = nobody, executeEffect = nothingToDo } = options
  const publish = (to: SessionRef, events: StoredEvent[], written: LogName = 'visitor') => {
    if (events.length > 0) bus.publish(to.key, { type: 'grown', log: written, events })
  }
  const ids = { message: () => `m-${++made}`, turn: () => `t-${++made}`, file: () => `f-${++made}`, approval: () => `a-${++made}` }
  const log = { ...silent, error: (_: object, message: string) => complain(message) }
  const blobs = memoryBlobs()
  const turns = createTurns({ store, bus, blobs, respond, runCommand, executeEffect, publish, ids, now, log })
  const service = createService({
    store,
    bus,
    turns,
    allow,
    isCommand: (name) => name === 'test',
    publish,
    ids,
    blobs,
    identify,
    proofs,
    now,
  })
  const files = createFiles({ store, blobs, allow, ids, limit: 100 * 1024 * 1024 })
  return { turns, service, files, blobs, log: createLog(store, bus), views: createViews(store, now) }
}

function memoryBlobs(): Blobs & { kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>()
  const name = (key: string, id = '') => `${key}/${id}`
  return {
    kept,
    write: async (key, id, bytes) => void kept.set(name(key, id), bytes),
    read: async (key, id) => kept.get(name(key, id)),
    async remove(key, id) {
      for (const known of kept.keys()) if (known.startsWith(name(key, id))) kept.delete(known)
    },
  }
}

/** Collects events until `enough` says so. */
export async function collect<T>(events: AsyncIterable<T>, enough: (all: T[]) => boolean): Promise<T[]> {
  const all: T[] = []
  for await (const event of events) {
    all.push(event)
    if (enough(all)) return all
  }
  return all
}

/** A store that waits before and after everything a writer does with it. */
export function slowStore(store: SessionStore, pause: () => Promise<void>): SessionStore {
  const paused = async <T>(work: () => Promise<T>): Promise<T> => {
    await pause()
    const value = await work()
    await pause()
    return value
  }
  return {
    ...store,
    transact: (to, options, work) => paused(() => store.transact(to, options, work)),
    find: (key) => paused(() => store.find(key)),
    messages: (to, range) => paused(() => store.messages(to, range)),
    withOpenTurns: (limit) => paused(() => store.withOpenTurns(limit)),
    erase: (key) => paused(() => store.erase(key)),
  }
}

/** A bus that is far away: what it is asked for takes time. */
export function slowBus(bus: Bus, pause: () => Promise<void>): Bus {
  return {
    ...bus,
    append: (...told) => pause().then(() => bus.append(...told)),
    seal: (...told) => pause().then(() => bus.seal(...told)),
  }
}
