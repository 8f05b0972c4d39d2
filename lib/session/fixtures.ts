import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { createLog } from './log.ts'
import type { Bus, CommandRunner, Conclusion, Piece, Responder, SessionRef, SessionStore } from './ports.ts'
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
    const answer = new PuppetAnswer(
      context.questions.map((question) => question.content),
      context.degraded,
    )
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
  #steps: Step[] = []
  #wake: (() => void) | undefined

  constructor(questions: string[], degraded: boolean) {
    this.questions = questions
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

/** A hall over a given store and bus. */
export function createHall(store: SessionStore, bus: Bus, respond: Responder, runCommand: CommandRunner = noCommands) {
  let count = 0
  const next = (kind: string) => `${kind}-${++count}-${Math.random().toString(36).slice(2, 8)}`
  const publish = (to: SessionRef, events: StoredEvent[]) => {
    if (events.length > 0) bus.publish(to.key, { type: 'grown', log: 'visitor', events })
  }
  const turns = createTurns({ store, bus, respond, runCommand, publish, messageId: () => next('m'), now: Date.now, log: silent })
  const ids = { message: () => next('m'), turn: () => next('t') }
  const service = createService({ store, bus, turns, allow: async () => undefined, isCommand: (name) => name === 'test', publish, ids })
  return { turns, service, log: createLog(store, bus), views: createViews(store) }
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
