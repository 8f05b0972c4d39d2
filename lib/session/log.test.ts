import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Entry, LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { ref } from './fixtures.ts'
import { createLog, type FollowOptions } from './log.ts'
import { createMemoryStore } from './memory-store.ts'
import type { Bus, LogName, SessionStore } from './ports.ts'
import { write } from './record.ts'

const here = ref('here')
let store: SessionStore
let bus: Bus
let log: ReturnType<typeof createLog>

beforeEach(() => {
  store = createMemoryStore(() => 0)
  bus = createLocalBus()
  log = createLog(store, bus)
})

const note = (content: string): Entry => ({ type: 'system', content })
const answer = (message_id: string, content: string): Entry => {
  return { type: 'message', role: 'assistant', status: 'complete', message_id, content, in_reply_to: [] }
}
/** Writes to the log without telling anybody. */
const append = (...entries: Entry[]) => store.transact(here, { make: true }, (tx) => write(tx, ...entries))
const tell = (events: StoredEvent[], name: LogName = 'visitor') => bus.publish(here.key, { type: 'grown', log: name, events })
const say = async (...entries: Entry[]) => tell(await append(...entries))
const delta = (messageId: string, offset: number, text: string) => bus.append(here.key, messageId, offset, { text, citations: [] })
const brief = (event: LiveEvent) => {
  if (event.type === 'delta') return `${event.message_id}@${event.offset}: ${event.text}`
  return 'seq' in event ? event.seq : event.type
}

async function follow(options: Partial<FollowOptions> = {}) {
  const abort = new AbortController()
  const following = await log.follow(here, { cursor: { after: 0 }, signal: abort.signal, ...options })
  const events = following[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await events.next()
    return done ? 'end' : brief(value)
  }
  const take = async (count: number) => {
    const taken: unknown[] = []
    while (taken.length < count) taken.push(await next())
    return taken
  }
  return { start: following.start, next, take, abort }
}

/** Holds back a method of a port until the test lets it go. */
function hold<K extends 'find' | 'read'>(method: K) {
  const gate = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const original = store[method] as (...args: never[]) => Promise<never>
  vi.spyOn(store, method).mockImplementationOnce((async (...args: never[]) => {
    const value = await original(...args)
    asked.resolve()
    await gate.promise
    return value
  }) as never)
  return { asked: asked.promise, release: gate.resolve }
}

describe('where a reader begins', () => {
  beforeEach(() => append(note('one'), note('two'), note('three')))

  test.each<[string, FollowOptions['cursor'], boolean, number]>([
    ['at its cursor', { after: 1 }, true, 2],
    ['at its cursor of this epoch', { after: 2, epoch: 'memory.0' }, true, 3],
    ['at the beginning, from another epoch', { after: 2, epoch: 'memory.1' }, false, 1],
    ['at the beginning, from the future', { after: 4 }, false, 1],
  ])('%s', async (_, cursor, recovered, first) => {
    const { start, next } = await follow({ ...(cursor && { cursor }) })
    expect(start).toEqual({ epoch: 'memory.0', last_seq: 3, recovered })
    expect(await next()).toBe(first)
    expect(await log.page(here, cursor ?? { after: 0 }, 9)).toMatchObject({ recovered, last_seq: 3, events: { 0: { seq: first } } })
  })

  test('with what comes next, without a cursor', async () => {
    const abort = new AbortController()
    const following = await log.follow(here, { signal: abort.signal })
    expect(following.start).toEqual({ epoch: 'memory.0', last_seq: 3, recovered: true })
    await say(note('four'))
    for await (const event of following) {
      expect(brief(event)).toBe(4)
      break
    }
  })

  test('not before the latest reset, whatever its cursor', async () => {
    await append({ type: 'session_reset', content: '' }, note('five'))
    for (const cursor of [{ after: 0 }, { after: 2 }, { after: 3, epoch: 'other' }]) {
      expect(await (await follow({ cursor })).take(2)).toEqual([4, 5])
      expect((await log.page(here, cursor, 9)).events.map(brief)).toEqual([4, 5])
    }
    expect(await (await follow({ cursor: { after: 4 } })).next()).toBe(5)
  })

  test('at nothing, in a session that nobody wrote to', async () => {
    expect(await log.page(ref('nowhere'), { after: 0 }, 9)).toEqual({ epoch: 'memory.0', last_seq: 0, recovered: true, events: [] })
  })

  test('in an epoch of its own, once the session lives again', async () => {
    await store.erase(here.key)
    expect(log.epochOf({ ...here, incarnation: 1 })).toBe('memory.1')
  })

  test('with a page that is no longer than it may be', async () => {
    const page = await log.page(here, { after: 0 }, 2)
    expect(page.events.map(brief)).toEqual([1, 2])
    expect(page.last_seq).toBe(3)
  })
})

describe('a follower', () => {
  test('has what it missed, then what comes, in order and once', async () => {
    await append(note('one'), note('two'))
    const follower = await follow()
    await say(note('three'))
    expect(await follower.take(3)).toEqual([1, 2, 3])
    await say(note('four'), note('five'))
    expect(await follower.take(2)).toEqual([4, 5])
  })

  test('misses nothing that is written while it looks where it stands', async () => {
    await append(note('one'))
    const looking = hold('find')
    const following = follow()
    await looking.asked
    await say(note('two'))
    looking.release()
    const follower = await following
    expect(follower.start.last_seq).toBe(1)
    expect(await follower.take(2)).toEqual([1, 2])
  })

  test('has once what is written while it reads', async () => {
    await append(note('one'))
    const follower = await follow()
    const reading = hold('read')
    const first = follower.take(3)
    await reading.asked
    await say(note('two'))
    await say(note('three'))
    reading.release()
    expect(await first).toEqual([1, 2, 3])
  })

  test('reads a long log in pages, and all of it', async () => {
    await append(...Array.from({ length: 1001 }, (_, index) => note(`${index}`)))
    const all = await (await follow()).take(1001)
    expect(all).toEqual(Array.from({ length: 1001 }, (_, index) => index + 1))
  })

  test('reads again what a lost signal did not tell it', async () => {
    const follower = await follow()
    await append(note('one'), note('two'))
    await say(note('three'))
    expect(await follower.take(3)).toEqual([1, 2, 3])
  })

  test('does not mind a signal that comes twice, late or out of order', async () => {
    const follower = await follow()
    const [one, two, three] = [await append(note('one')), await append(note('two')), await append(note('three'))]
    const read = vi.spyOn(store, 'read')
    for (const events of [two, one, one, three, two]) tell(events)
    await say(note('four'))
    expect(await follower.take(4)).toEqual([1, 2, 3, 4])
    await say(note('five'))
    expect(await follower.next()).toBe(5)
    expect(read, 'one gap, one look').toHaveBeenCalledTimes(1)
  })

  test('that lags keeps a bounded number of signals and still misses nothing', async () => {
    const follower = await follow()
    const read = vi.spyOn(store, 'read')
    for (let index = 0; index < 300; index += 1) await say(note(`${index}`))
    expect(await follower.take(300)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1))
    // One read a page, not one a signal.
    expect(read).toHaveBeenCalledTimes(5)
    await say(note('and on'))
    expect(await follower.next()).toBe(301)
  })

  test('hears its own log alone', async () => {
    const [visitor, desk] = [await follow(), await follow({ log: 'desk' })]
    const aside = await store.transact(here, { make: true }, (tx) => tx.append('desk', note('between us'), note('still')))
    tell(aside, 'desk')
    await say(note('to all'))
    expect(await desk.take(2)).toEqual([1, 2])
    expect(await visitor.next()).toBe(1)
  })

  test('hears what only passes by', async () => {
    const follower = await follow()
    const next = follower.next()
    bus.publish(here.key, { type: 'live', event: { type: 'typing', role: 'visitor', is_typing: true } })
    expect(await next).toBe('typing')
  })

  test('ends when it is told to, before its first event or while it waits', async () => {
    const early = await follow()
    early.abort.abort()
    expect(await early.next()).toBe('end')
    const waiting = await follow()
    const next = waiting.next()
    await Promise.resolve()
    waiting.abort.abort()
    expect(await next).toBe('end')
    const late = await follow({ signal: AbortSignal.abort() })
    expect(await late.next()).toBe('end')
  })

  test('fails when the session ends, even behind all the signals that it keeps', async () => {
    const follower = await follow({ cursor: { after: 0 } })
    for (let index = 0; index < 256; index += 1) bus.publish(here.key, { type: 'grown', log: 'visitor', events: [] })
    bus.publish(here.key, { type: 'ended' })
    await expect(follower.next()).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('leaves nobody listening, however it ends', async () => {
    const undone = vi.fn()
    vi.spyOn(bus, 'subscribe').mockReturnValue(undone)
    const { abort } = await follow()
    abort.abort()
    expect(undone).toHaveBeenCalledTimes(1)
    await append(note('one'))
    const left = await log.follow(here, { cursor: { after: 0 }, signal: new AbortController().signal })
    for await (const _ of left) break
    expect(undone).toHaveBeenCalledTimes(2)
    vi.spyOn(store, 'find').mockRejectedValueOnce(new Error('the disk is gone'))
    await expect(follow()).rejects.toThrow('the disk is gone')
    expect(undone).toHaveBeenCalledTimes(3)
  })
})

describe('a running answer', () => {
  test('is joined from its first character, once', async () => {
    await delta('m', 0, 'Three ')
    const follower = await follow({ deltas: true })
    await delta('m', 6, 'days')
    expect(await follower.take(1)).toEqual(['m@0: Three days'])
    await delta('m', 10, ' [1]')
    expect(await follower.next()).toBe('m@10:  [1]')
  })

  test('is joined after what was missed of the log', async () => {
    await append(note('one'))
    await delta('m', 0, 'Half')
    const follower = await follow({ deltas: true })
    expect(await follower.take(2)).toEqual([1, 'm@0: Half'])
    await delta('m', 4, ' more')
    expect(await follower.next()).toBe('m@4:  more')
  })

  test('is asked for again after a gap', async () => {
    const follower = await follow({ deltas: true })
    await delta('m', 0, 'Three ')
    expect(await follower.next()).toBe('m@0: Three ')
    const lost = vi.spyOn(bus, 'running').mockResolvedValue([{ messageId: 'm', text: 'Three working days', citations: [] }])
    bus.publish(here.key, { type: 'live', event: { type: 'delta', message_id: 'm', offset: 14, text: 'days' } })
    expect(await follower.next()).toBe('m@6: working days')
    expect(lost).toHaveBeenCalled()
  })

  test('keeps its citations when its beginning was had', async () => {
    const citation = { n: 1, source: 's', title: 't', excerpt: 'e' }
    await delta('m', 0, 'Three ')
    const abort = new AbortController()
    const events = (await log.follow(here, { cursor: { after: 0 }, deltas: true, signal: abort.signal }))[Symbol.asyncIterator]()
    expect((await events.next()).value).toMatchObject({ offset: 0, text: 'Three ' })
    bus.publish(here.key, { type: 'live', event: { type: 'delta', message_id: 'm', offset: 3, text: 'ee days', citations: [citation] } })
    expect((await events.next()).value).toEqual({ type: 'delta', message_id: 'm', offset: 6, text: 'days', citations: [citation] })
  })

  test('ends with its message; a late piece of it is dropped', async () => {
    const follower = await follow({ deltas: true })
    await delta('m', 0, 'Three')
    expect(await follower.next()).toBe('m@0: Three')
    await say(answer('m', 'Three days'))
    await delta('m', 5, ' days')
    await say(note('after'))
    expect(await follower.take(2)).toEqual([1, 2])
  })

  test('is whole for a follower that lagged behind it', async () => {
    const follower = await follow({ deltas: true })
    let text = ''
    for (let index = 0; index < 300; index += 1) {
      await delta('m', text.length, `${index} `)
      text += `${index} `
    }
    expect(await follower.next()).toBe(`m@0: ${text}`)
  })

  test('is not told to who does not want it', async () => {
    await delta('m', 0, 'Half')
    const follower = await follow()
    await delta('m', 4, ' more')
    await say(answer('m', 'Half more'))
    expect(await follower.next()).toBe(1)
  })
})
