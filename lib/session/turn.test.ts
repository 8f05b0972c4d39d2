import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Action } from '#lib/protocol/actions.ts'
import type { LiveEvent, StoredMessage } from '#lib/protocol/events.ts'
import { createHall, type HallOptions, puppet, ref } from './fixtures.ts'
import { createMemoryStore, emptyData } from './memory-store.ts'
import type { Bus, OpenTurn, Piece, Responder, SessionStore, Signal, TurnContext } from './ports.ts'

const here = ref('here')
/** How a state is waited for that comes of itself; the limit is for machines that have much else to do. */
const soon = { interval: 1, timeout: 4000 }
let data: ReturnType<typeof emptyData>
let faults: string[]
let store: SessionStore
let bus: Bus
let assistant: ReturnType<typeof puppet>
let hall: ReturnType<typeof createHall>

beforeEach(() => {
  data = emptyData()
  faults = []
  begin()
})

/** A process begins: on the same data, with a bus and an assistant of its own. */
function begin(respond?: Responder, options: HallOptions = {}): void {
  store = createMemoryStore(() => 0, data)
  bus = createLocalBus()
  assistant = puppet()
  hall = createHall(store, bus, respond ?? assistant.respond, { complain: (fault) => faults.push(fault), ...options })
}

const act = (action: Action) => hall.service.act({ role: 'visitor' }, here, action)
const send = (text: string) => act({ type: 'message', text })
const turns = async () => (await store.find(here.key))?.turns ?? []
const onlyTurn = async () => (await turns())[0] as OpenTurn
const brief = (event: LiveEvent) => {
  if (event.type === 'delta') return `+${event.text}`
  return event.type === 'message' ? `${event.role} ${event.status}: ${event.content}` : event.type
}
const log = async () => (await store.read(here, 'visitor', 0, 1000)).map(brief)
/** The log once it has grown to a length. */
const logOf = async (length: number) => {
  await vi.waitFor(async () => expect(await log()).toHaveLength(length), soon)
  return log()
}
/** Resolves with the next pieces that are shown. */
const shown = (count = 1) =>
  new Promise<string[]>((resolve) => {
    const texts: string[] = []
    const undo = bus.subscribe(here.key, (signal: Signal) => {
      if (signal.type !== 'live' || signal.event.type !== 'delta') return
      texts.push(signal.event.text)
      if (texts.length < count) return
      undo()
      resolve(texts)
    })
  })
/** Another worker takes the turn, as after a lease that ran out. */
const overtake = () =>
  store.transact(here, {}, async ({ session }) => {
    for (const turn of session.turns) turn.attempt += 1
  })
/** Lets everything run that waits for nothing but its turn. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('a turn', () => {
  test('gives the responder the questions, and what was said before them', async () => {
    await send('Do you ship?')
    ;(await assistant.answer()).finish()
    await logOf(2)
    await send('And how long does it take?')
    const { questions, history } = await assistant.answer()
    expect(questions).toEqual(['And how long does it take?'])
    expect(history).toEqual(['Do you ship?', ''])
  })

  test('gives the responder the files of its session, and of no other', async () => {
    const asked = Promise.withResolvers<TurnContext>()
    begin(async function* (context) {
      asked.resolve(context)
      yield { text: 'Seen.', citations: [] }
      return {}
    })
    const bytes = new Uint8Array(Buffer.from('%PDF-1.7 mine'))
    const visitor = { role: 'visitor' } as const
    const mine = await hall.files.addFile(visitor, here, { name: 'mine.pdf', bytes })
    const other = await hall.files.addFile(visitor, ref('there'), { name: 'other.pdf', bytes })
    await act({ type: 'message', text: '', attachments: [mine.file_id] })
    const { questions, readFile } = await asked.promise
    expect(questions[0]?.attachments).toEqual([mine])
    expect(await readFile(mine)).toEqual(bytes)
    expect(await readFile(other)).toBeUndefined()
  })

  test('is not given what was cleared', async () => {
    await send('Secret?')
    ;(await assistant.answer()).finish()
    await logOf(2)
    await hall.service.reset(here)
    await send('Hello?')
    expect((await assistant.answer()).history).toEqual([])
  })

  test('is given a bounded past', async () => {
    await send('/test')
    await logOf(2)
    for (let index = 0; index < 40; index += 1) await send('/test')
    await send('Hello?')
    expect((await assistant.answer()).history).toHaveLength(30)
  })

  test('has every piece on the disk before anybody sees it', async () => {
    await send('One?')
    const answer = await assistant.answer()
    const saved: Array<string | undefined> = []
    bus.subscribe(here.key, (signal) => {
      if (signal.type === 'live') saved.push(data.sessions.get(here.key)?.record.turns[0]?.shown?.text)
    })
    for (const text of ['a', 'b', 'c']) {
      const next = shown()
      answer.say(text)
      await next
    }
    expect(saved).toEqual(['a', 'ab', 'abc'])
  })

  test('carries the wish for a person, after the answer', async () => {
    await send('A person, please')
    ;(await assistant.answer()).finish({ confidence: 0.2, handoff: 'asked for it', options: ['Yes'] })
    expect(await logOf(3)).toEqual(['visitor complete: A person, please', 'assistant complete: ', 'handoff'])
    expect(await store.find(here.key)).toMatchObject({ status: 'waiting', turns: [] })
  })

  test('notes in the desk log what its answer took, in the commit that ends it', async () => {
    const usage = { model: 'a/b', requests: 1, input_tokens: 9, output_tokens: 3, ms: 5 }
    const heard: Signal[] = []
    await send('How long?')
    const answer = await assistant.answer()
    bus.subscribe(here.key, (signal) => void (signal.type === 'grown' && heard.push(signal)))
    const transact = vi.spyOn(store, 'transact')
    answer.finish({ confidence: 1, record: { usage, retrieval: [{ source: 'shipping', score: 2 }] } })
    await logOf(2)
    expect(transact).toHaveBeenCalledOnce()
    const [message] = (await store.read(here, 'visitor', 1, 9)) as StoredMessage[]
    const noted = { type: 'answer_record', message_id: message?.message_id, usage, retrieval: [{ source: 'shipping', score: 2 }], seq: 1 }
    expect(await store.read(here, 'desk', 0, 9)).toMatchObject([noted])
    expect(message).not.toHaveProperty('record')
    expect(heard).toMatchObject([{ log: 'visitor' }, { log: 'desk', events: [noted] }])
  })

  test('notes nothing of an answer that took nothing', async () => {
    await send('Hello')
    ;(await assistant.answer()).finish()
    await logOf(2)
    expect(await store.read(here, 'desk', 0, 9)).toEqual([])
  })

  test('tells its responder when nobody listens any more', async () => {
    const gone = Promise.withResolvers<string>()
    const returned = vi.fn()
    begin(async function* (_context, signal) {
      signal.addEventListener('abort', () => gone.resolve('aborted'))
      try {
        yield piece('Half')
        await gone.promise
        yield piece('never seen')
        return {}
      } finally {
        returned()
      }
    })
    const half = shown()
    await send('One?')
    await half
    await act({ type: 'stop' })
    expect(await gone.promise).toBe('aborted')
    await vi.waitFor(() => expect(returned).toHaveBeenCalled(), soon)
    expect(await log()).toEqual(['visitor complete: One?', 'assistant stopped: Half'])
    expect(faults).toEqual([])
  })
})

describe('a turn that was stopped', () => {
  test('has not failed, even if its responder throws', async () => {
    begin(async function* (_context, signal) {
      yield piece('Half')
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      return {}
    })
    const half = shown()
    await send('One?')
    await half
    await act({ type: 'stop' })
    await settled()
    expect(await log()).toEqual(['visitor complete: One?', 'assistant stopped: Half'])
    expect(faults).toEqual([])
  })

  test('by a command that clears the session is over with it', async () => {
    const result = { status: 'success', message: 'Cleared' } as const
    begin(undefined, { runCommand: async () => ({ command: 'test', result, effect: 'reset' }) })
    const half = shown()
    await send('One?')
    ;(await assistant.answer()).say('Half')
    await half
    await send('/test')
    expect((await logOf(4)).slice(2)).toEqual(['session_reset', 'command_response'])
    await settled()
    expect(hall.turns.working()).toBe(0)
    expect(await turns()).toEqual([])
  })
})

describe('a command', () => {
  test('changes the context together with its response, and a new beginning keeps it', async () => {
    const effects = [{ context: 'I run a school.' }, 'reset', { context: undefined }] as const
    let at = 0
    begin(undefined, {
      runCommand: async () => ({ command: 'test', result: { status: 'success', message: 'Done' }, effect: effects[at++] }),
    })
    const context = async () => (await store.find(here.key))?.context
    for (const [events, kept] of [
      [2, 'I run a school.'],
      [5, 'I run a school.'],
      [7, undefined],
    ] as const) {
      await send('/test')
      await logOf(events)
      expect(await context()).toBe(kept)
    }
  })
})

describe('a worker that was overtaken', () => {
  test.each<[string, Array<string | 'finish' | 'fail'>]>([
    ['shows nothing', ['Too late']],
    ['finishes nothing', ['finish']],
    ['retries nothing', ['fail']],
  ])('%s', async (_, steps) => {
    await send('One?')
    const answer = await assistant.answer()
    await overtake()
    const heard = vi.fn()
    bus.subscribe(here.key, heard)
    for (const step of steps) step === 'finish' ? answer.finish() : step === 'fail' ? answer.fail() : answer.say(step)
    await settled()
    expect(heard).not.toHaveBeenCalled()
    expect(await log()).toEqual(['visitor complete: One?'])
    expect(await onlyTurn()).toMatchObject({ attempt: 2, crashes: 0 })
    expect(hall.turns.working()).toBe(0)
  })

  test('by an operator writes nothing either', async () => {
    await send('One?')
    const answer = await assistant.answer()
    await store.transact(here, {}, async ({ session }) => {
      session.holderVersion += 1
    })
    answer.say('Too late')
    answer.finish()
    await settled()
    expect(await log()).toEqual(['visitor complete: One?'])
  })

  test('leaves no text behind for who comes later', async () => {
    const heedless = Promise.withResolvers<void>()
    begin(async function* () {
      yield piece('Half')
      await heedless.promise
      return {}
    })
    const half = shown()
    await send('One?')
    await half
    await hall.service.reset(here)
    expect(await bus.running(here.key)).toEqual([])
    heedless.resolve()
    await settled()
    expect(await log()).toEqual(['visitor complete: One?', 'session_reset'])
  })
})

describe('after a crash', () => {
  /** What was said, as the process died: nothing of it moves any more. */
  async function crashAfter(...pieces: string[]): Promise<void> {
    await send('One?')
    const answer = await assistant.answer()
    for (const text of pieces) {
      const next = shown()
      answer.say(text)
      await next
    }
    begin()
    expect(await hall.turns.recover()).toBe(1)
  }

  test('before anything was shown, the question is answered as if nothing had been', async () => {
    await crashAfter()
    const answer = await assistant.answer()
    answer.say('Whole.')
    answer.finish()
    expect(await logOf(2)).toEqual(['visitor complete: One?', 'assistant complete: Whole.'])
  })

  test('what was on the disk stays, marked, and the question is answered anew', async () => {
    await crashAfter('Half', ' and more')
    const answer = await assistant.answer()
    expect(answer.history).toEqual([])
    answer.say('Whole.')
    answer.finish()
    expect(await logOf(3)).toEqual(['visitor complete: One?', 'assistant interrupted: Half and more', 'assistant complete: Whole.'])
    expect(await hall.turns.recover()).toBe(0)
  })

  test('of every kind the third attempt does without what may have killed it, and the fourth needs nothing', async () => {
    await crashAfter()
    for (const degraded of [false, true]) {
      expect((await assistant.answer()).degraded).toBe(degraded)
      begin()
      await hall.turns.recover()
    }
    expect(await logOf(2)).toContainEqual(expect.stringMatching(/^assistant complete: I am sorry/))
    expect(await turns()).toEqual([])
  })

  test('a command is run again', async () => {
    begin(undefined, { runCommand: () => new Promise(() => undefined) })
    await send('/test')
    begin()
    await hall.turns.recover()
    expect(await logOf(2)).toEqual(['visitor complete: /test', 'command_response'])
  })

  test('a question far back in the log is answered all the same', async () => {
    await send('One?')
    for (let index = 0; index < 40; index += 1) await send('/test')
    await logOf(81)
    begin()
    expect(await hall.turns.recover()).toBe(1)
    const answer = await assistant.answer()
    expect(answer.questions).toEqual(['One?'])
    answer.finish()
    expect((await logOf(82)).at(-1)).toBe('assistant complete: ')
  })
})

describe('an answer whose end cannot be written', () => {
  const storeFails = (times: number) => {
    const failing = vi.spyOn(store, 'transact')
    for (let index = 0; index < times; index += 1) failing.mockRejectedValueOnce(new Error('the disk is full'))
  }

  test('is tried again', async () => {
    await send('One?')
    const first = await assistant.answer()
    storeFails(1)
    first.finish()
    const second = await assistant.answer()
    second.say('Whole.')
    second.finish()
    expect(await logOf(2)).toContain('assistant complete: Whole.')
    expect(faults).toEqual(['a turn failed'])
  })

  test('is left to the sweep, which waits until it has seen it twice', async () => {
    await send('One?')
    const first = await assistant.answer()
    storeFails(2)
    first.finish()
    await vi.waitFor(() => expect(hall.turns.working()).toBe(0), soon)
    expect(faults).toEqual(['a turn failed', 'a turn is left to the sweep'])
    await hall.turns.sweep()
    expect(hall.turns.working()).toBe(0)
    await hall.turns.sweep()
    ;(await assistant.answer()).finish()
    expect(await logOf(2)).toContain('assistant complete: ')
  })

  test('is not taken from whoever works on it', async () => {
    await send('One?')
    const answer = await assistant.answer()
    for (let index = 0; index < 3; index += 1) await hall.turns.sweep()
    expect(await hall.turns.recover()).toBe(0)
    expect((await onlyTurn()).attempt).toBe(1)
    answer.finish()
    await logOf(2)
  })

  test('is suspect only as long as it is the same attempt', async () => {
    await send('One?')
    const first = await assistant.answer()
    storeFails(2)
    first.finish()
    await vi.waitFor(() => expect(hall.turns.working()).toBe(0), soon)
    await hall.turns.sweep()
    await overtake()
    await hall.turns.sweep()
    expect(hall.turns.working()).toBe(0)
  })
})

describe('draining', () => {
  test('waits for the answers that run and begins no other', async () => {
    await send('One?')
    const answer = await assistant.answer()
    let drained = false
    const draining = hall.turns.drain(60_000).then(() => (drained = true))
    await act({ type: 'message', text: '/test' })
    await settled()
    expect(drained).toBe(false)
    answer.say('Whole.')
    answer.finish()
    await draining
    expect(await log()).toEqual(['visitor complete: One?', 'visitor complete: /test', 'assistant complete: Whole.'])
    expect((await turns()).map(({ lane }) => lane)).toEqual(['command'])
  })

  test('leaves to the next start what takes too long', async () => {
    const half = shown()
    await send('One?')
    ;(await assistant.answer()).say('Half')
    await half
    await hall.turns.drain(0)
    await settled()
    expect(hall.turns.working()).toBe(0)
    expect(await log()).toEqual(['visitor complete: One?'])
    begin()
    await hall.turns.recover()
    ;(await assistant.answer()).finish()
    expect(await logOf(3)).toContain('assistant interrupted: Half')
  })
})

function piece(text: string): Piece {
  return { text, citations: [] }
}
