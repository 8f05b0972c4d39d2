import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Receipt } from '#lib/protocol/actions.ts'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { createHall, ref, slowBus, slowStore } from './fixtures.ts'
import { createMemoryStore, emptyData } from './memory-store.ts'
import type { Responder } from './ports.ts'

/**
 * Random lives of a session: a visitor sends, changes, stops, commands and clears while answers are written, and now and then the
 * process dies between any two steps. Whatever the order, the promises of the log must hold.
 */

type Step = 'send' | 'send again' | 'edit' | 'regenerate' | 'stop' | 'command' | 'reset' | 'sweep' | 'crash' | 'wait'

const here = ref('here')
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>('send') },
  { weight: 20, arbitrary: fc.constant<Step>('wait') },
  { weight: 4, arbitrary: fc.constantFrom<Step>('send again', 'edit', 'regenerate', 'stop', 'command', 'sweep', 'crash', 'reset') },
)

class Life {
  readonly data = emptyData()
  /** Receipts by client_msg_id; undefined while there is none. */
  readonly receipts = new Map<string, Receipt | undefined>()
  /** What anybody may have seen of each answer. */
  readonly shown = new Map<string, string>()
  readonly faults: unknown[] = []
  #born = 0
  #named = 0
  #hall: ReturnType<Life['begin']>
  readonly #scheduler: fc.Scheduler
  readonly #dice: (below: number) => number

  constructor(scheduler: fc.Scheduler, dice: (below: number) => number) {
    this.#scheduler = scheduler
    this.#dice = dice
    this.#hall = this.begin()
  }

  /** A process begins; whatever the one before was about to do never happens. */
  private begin() {
    const born = ++this.#born
    const pause = async () => {
      await this.#scheduler.schedule(Promise.resolve(), `process ${born}`)
      if (born !== this.#born) await new Promise(() => undefined)
    }
    const store = createMemoryStore(() => 0, this.data)
    const bus = createLocalBus()
    bus.subscribe(here.key, (signal) => {
      if (signal.type !== 'live' || signal.event.type !== 'delta') return
      const { message_id, offset, text } = signal.event
      expect(this.shown.get(message_id)?.length ?? 0).toBe(offset)
      this.shown.set(message_id, (this.shown.get(message_id) ?? '') + text)
    })
    const runCommand = async () => {
      await pause()
      return { command: 'test', result: { status: 'success' as const, message: 'done' } }
    }
    const hall = createHall(slowStore(store, pause), slowBus(bus, pause), this.#responder(pause), { runCommand })
    // The doors open when what was left behind has been taken up.
    return { ...hall, bus, open: hall.turns.recover() }
  }

  #responder(pause: () => Promise<void>): Responder {
    const dice = (below: number) => this.#dice(below)
    // It does not heed its signal: the worst that a responder may do.
    return async function* ({ degraded, questions }) {
      for (let pieces = dice(6); pieces > 0; pieces -= 1) {
        await pause()
        if (!degraded && dice(6) === 0) throw new Error('the model died')
        yield { text: `piece ${pieces} for ${questions.length}, `, citations: [] }
      }
      await pause()
      return { confidence: 1 }
    }
  }

  async #send(id: string, text: string): Promise<void> {
    this.receipts.set(id, this.receipts.get(id))
    await this.#hall.open
    this.receipts.set(id, await this.#hall.service.act({ role: 'visitor' }, here, { type: 'message', text, client_msg_id: id }))
  }

  /** The last message in other words. Where it is not the last any more, nothing was sent. */
  async #edit(id: string): Promise<void> {
    await this.#hall.open
    const last = this.log().findLast((event) => event.type === 'message' && event.role === 'visitor')
    if (last?.type !== 'message') return
    const { service } = this.#hall
    this.receipts.set(id, undefined)
    try {
      const action = { type: 'edit', message_id: last.message_id, text: textOf(id), client_msg_id: id } as const
      this.receipts.set(id, await service.act({ role: 'visitor' }, here, action))
    } catch (error) {
      expect((error as { code: string }).code).toBe('conflict')
      if (this.receipts.get(id) === undefined) this.receipts.delete(id)
    }
  }

  /** A client sends what was not acknowledged again, under the same id. */
  async sendOpen(): Promise<void> {
    const open = [...this.receipts].filter(([, receipt]) => receipt === undefined)
    await Promise.all(open.map(([id]) => this.#send(id, textOf(id))))
  }

  async take(step: Step): Promise<unknown> {
    const { service, turns, open } = this.#hall
    const id = `${step === 'command' ? '/test' : 'q'}-${++this.#named}`
    switch (step) {
      case 'send':
      case 'command':
        return this.#send(id, textOf(id))
      case 'send again':
        return this.sendOpen()
      case 'edit':
        return this.#edit(id)
      case 'regenerate':
        await open
        return service.act({ role: 'visitor' }, here, { type: 'regenerate' }).catch(notYet)
      case 'stop':
        await open
        return service.act({ role: 'visitor' }, here, { type: 'stop' }).catch(notYet)
      case 'reset':
        await open
        return service.reset(here).catch(notYet)
      case 'sweep':
        await open
        return turns.sweep()
      case 'crash':
        this.#hall = this.begin()
        return this.#hall.open
      case 'wait':
        return undefined
    }
  }

  /** The steps as they come, beside everything that is under way; then time enough for all to end. */
  async live(steps: Step[]): Promise<void> {
    await this.#scheduler.waitFor(
      (async () => {
        for (const step of steps) {
          await this.#scheduler.schedule(Promise.resolve(), step)
          this.take(step).catch((error) => this.faults.push(error))
        }
      })(),
    )
    await this.#scheduler.waitIdle()
    await this.#scheduler.waitFor(this.sendOpen())
    await this.#scheduler.waitIdle()
    const running = await this.#hall.bus.running(here.key)
    expect(running, 'running answers').toEqual([])
    expect(this.#hall.turns.working(), 'workers').toBe(0)
    expect(this.faults).toEqual([])
  }

  log = () => this.data.sessions.get(here.key)?.logs.visitor ?? []
  openTurns = () => this.data.sessions.get(here.key)?.record.turns ?? []
}

const textOf = (id: string) => (id.startsWith('/') ? '/test' : `${id}?`)
const notYet = (error: { code: string }) => expect(['not_found', 'conflict']).toContain(error.code)

/** Holds the log against the promises. */
function check({ receipts, shown, log, openTurns }: Life): void {
  const events = log()
  const cleared = events.findLast(({ type }) => type === 'session_reset')?.seq ?? 0
  const messages = events.filter((event) => event.type === 'message')
  const questions = messages.filter(({ role }) => role === 'visitor')
  const replaced = new Set(events.flatMap((event) => (event.type === 'replaced' ? [event.message_id] : [])))

  expect(questions.map(({ client_msg_id }) => client_msg_id).sort(), 'each message once').toEqual([...receipts.keys()].sort())
  for (const { client_msg_id = '', seq, message_id } of questions) {
    expect(receipts.get(client_msg_id), 'its receipt').toMatchObject({ seq, message_id })
    const answers = events.filter(
      (event) => isAnswerTo(event, message_id) && !('message_id' in event && replaced.has(event.message_id ?? '')),
    )
    if (replaced.has(message_id)) expect(answers.length, 'answers to a replaced question').toBeLessThanOrEqual(1)
    else if (seq > cleared) expect(answers, 'answers to each question').toHaveLength(1)
    else expect(answers.length, 'answers to a cleared question').toBeLessThanOrEqual(1)
  }
  expect(new Set(messages.map(({ message_id }) => message_id)).size, 'message ids').toBe(messages.length)
  for (const [messageId, text] of shown) {
    const message = messages.find(({ message_id }) => message_id === messageId)
    if (!message) expect(cleared, 'what was shown is kept, unless it was cleared').toBeGreaterThan(0)
    else expect(message.content.startsWith(text), 'what was shown is kept').toBe(true)
  }
  expect(openTurns(), 'open turns').toEqual([])
}

function isAnswerTo(event: StoredEvent, messageId: string): boolean {
  if (event.type === 'command_response') return event.in_reply_to?.includes(messageId) ?? false
  if (event.type !== 'message' || event.role !== 'assistant') return false
  return (event.status === 'complete' || event.status === 'stopped') && (event.in_reply_to?.includes(messageId) ?? false)
}

test('in every life of a session each question is answered once, and nothing shown is unsaid', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }),
      fc.infiniteStream(fc.nat(1000)),
      async (scheduler, steps, numbers) => {
        const life = new Life(scheduler, (below) => numbers.next().value % below)
        await life.live(steps)
        check(life)
      },
    ),
    { numRuns: 200 },
  )
})
