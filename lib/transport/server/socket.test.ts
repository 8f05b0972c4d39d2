import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Access } from '#lib/identity/access.ts'
import { createPlaces } from '#lib/identity/places.ts'
import type { Entry, StoredEvent } from '#lib/protocol/events.ts'
import { ref } from '#lib/session/fixtures.ts'
import { createMemoryStore } from '#lib/session/memory-store.ts'
import type { Bus, Responder, SessionStore } from '#lib/session/ports.ts'
import { write } from '#lib/session/record.ts'
import { admitted } from './credentials.ts'
import { alice, furnish } from './fixtures.ts'
import type { House } from './house.ts'
import { serveSocket } from './socket.ts'

/** The other end of a socket, as far as the server sees it. */
class Socket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  isPaused = false
  readonly frames: Array<Record<string, unknown>> = []
  /** Frames that were given to the network and not taken by it. */
  readonly stuck: Array<() => void> = []
  readonly pause = vi.fn(() => (this.isPaused = true))
  readonly resume = vi.fn(() => (this.isPaused = false))
  readonly close = vi.fn((_code: number, _reason: string) => {
    this.readyState = 2
    this.emit('close')
  })
  readonly terminate = vi.fn()

  send(frame: string, taken?: () => void): void {
    this.frames.push(JSON.parse(frame))
    if (taken) this.stuck.push(taken)
  }
  says(frame: object | string): void {
    this.emit('message', Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame)))
  }
  types(): unknown[] {
    return this.frames.map(({ type }) => type)
  }
}

const here = ref('here')
/** It never says a word, so that what a test sees is of its own making. */
const silence: Responder = async function* () {
  yield* []
  return new Promise(() => undefined)
}

let store: SessionStore
let bus: Bus
let house: House

beforeEach(() => {
  vi.useFakeTimers()
  store = createMemoryStore(Date.now)
  bus = createLocalBus()
  house = furnish({ store, bus, respond: silence }).house
  house.takePlace = createPlaces({ perSession: 2, perAddress: 9 })
})
afterEach(() => {
  vi.useRealTimers()
})

const origin = { local: true, ip: '10.0.0.1', origin: undefined, secure: false }
const note = (content: string): Entry => ({ type: 'system', content })
async function say(...entries: Entry[]): Promise<StoredEvent[]> {
  const events = await store.transact(here, { make: true }, (tx) => write(tx, ...entries))
  bus.publish(here.key, { type: 'grown', log: 'visitor', events })
  return events
}
/** Lets everything run that waits for nothing but its turn. */
const settled = () => vi.advanceTimersByTimeAsync(0)

/** As the door does it: the place is the line's, and is free when that ends. */
function serve(socket: Socket, access: Access | undefined): void {
  const place = house.takePlace(origin.ip)
  socket.on('close', place.leave)
  serveSocket(house, socket as unknown as WebSocket, {
    origin,
    name: here.name,
    admission: access && admitted(house, origin, access),
    place,
  })
}

async function connect(access: Access = { ref: here }): Promise<Socket> {
  const socket = new Socket()
  serve(socket, access)
  await settled()
  return socket
}
async function greeted(hello: object = { after: 0 }): Promise<Socket> {
  const socket = await connect()
  socket.says({ type: 'hello', ...hello })
  await settled()
  return socket
}

describe('a connection', () => {
  test('is told first where it is, and nothing more until it has spoken', async () => {
    await say(note('one'))
    const socket = await connect({ ref: here, token: 'a token' })
    await say(note('two'))
    await settled()
    const place = { session_id: 'here', session_token: 'a token', epoch: 'memory.0', last_seq: 1 }
    expect(socket.frames).toEqual([{ type: 'system', content: 'Connected', message: 'Connected', mode: 'ai', ...place }])
  })

  test('is greeted before anything else, however early it speaks', async () => {
    const found = Promise.withResolvers<void>()
    const { status } = house.sessions
    house.sessions.status = (to) => found.promise.then(() => status(to))
    const socket = await connect()
    for (const frame of ['ping', { type: 'hello', after: 0 }]) socket.says(frame)
    await settled()
    found.resolve()
    await settled()
    expect(socket.types()).toEqual(['system', 'pong', 'resumed'])
  })

  test('that says hello has where it stands, what it missed, and what comes', async () => {
    await say(note('one'), note('two'))
    const socket = await greeted({ after: 1 })
    await say(note('three'))
    await settled()
    expect(socket.frames.slice(1)).toMatchObject([
      { type: 'resumed', epoch: 'memory.0', last_seq: 2, recovered: true },
      { type: 'system', content: 'two', seq: 2 },
      { type: 'system', content: 'three', seq: 3 },
    ])
  })

  test('that says hello again begins again, in place of before', async () => {
    await say(note('one'))
    const socket = await greeted()
    socket.says({ type: 'hello', after: 0 })
    await settled()
    await say(note('two'))
    await settled()
    expect(socket.frames.slice(1).map(({ type, seq }) => seq ?? type)).toEqual(['resumed', 1, 'resumed', 1, 2])
  })

  test('is bare after 300 ms, and hears what was said meanwhile', async () => {
    const socket = await connect()
    await say(note('one'))
    await vi.advanceTimersByTimeAsync(299)
    expect(socket.types()).toEqual(['system'])
    await vi.advanceTimersByTimeAsync(1)
    expect(socket.frames[1]).toMatchObject({ content: 'one' })
  })

  test('is bare from its first frame of another kind, and may say hello later', async () => {
    const socket = await connect()
    socket.says('ping')
    await settled()
    await say(note('one'), { type: 'session_closed', reason: 'idle' })
    await settled()
    socket.says({ type: 'hello', after: 1 })
    await settled()
    await vi.advanceTimersByTimeAsync(1000)
    expect(socket.types()).toEqual(['system', 'pong', 'system', 'resumed', 'session_closed'])
  })

  test('is one of so many to its session, until one of them leaves', async () => {
    const first = await connect()
    await connect()
    expect((await connect()).close).toHaveBeenCalledExactlyOnceWith(4008, 'Too many connections to this session.')
    first.emit('close')
    expect((await connect()).close).not.toHaveBeenCalled()
    expect(house.presence.stats().total_connections).toBe(2)
  })

  test('ends when its session does', async () => {
    await say(note('one'))
    const socket = await greeted()
    await house.sessions.erase(here)
    await settled()
    expect(socket.close).toHaveBeenCalledExactlyOnceWith(4001, 'This session has ended.')
  })

  test('that is gone hears nothing and is counted no more', async () => {
    const socket = await greeted()
    const unheard = socket.frames.length
    socket.readyState = 3
    socket.emit('close')
    await say(note('one'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(socket.frames).toHaveLength(unheard)
    expect(house.presence.stats().total_connections).toBe(0)
  })
})

describe('a connection that has to show a token', () => {
  let token: string
  beforeEach(async () => {
    const made = await house.access.resolve({ name: here.name, open: false, make: true })
    token = made.token ?? ''
    await store.transact(made.ref, { make: true }, async () => undefined)
  })
  function locked(): Socket {
    const socket = new Socket()
    serve(socket, undefined)
    return socket
  }

  test('is told nothing until it does', async () => {
    const socket = locked()
    await vi.advanceTimersByTimeAsync(9000)
    expect(socket.frames).toEqual([])
    socket.says({ type: 'hello', token, after: 0 })
    await vi.advanceTimersByTimeAsync(2000)
    expect(socket.types()).toEqual(['system', 'resumed'])
    expect(socket.close).not.toHaveBeenCalled()
  })

  test('has ten seconds', async () => {
    const socket = locked()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(socket.close).toHaveBeenCalledExactlyOnceWith(4001, 'No token was shown.')
  })

  test.each<[string, object | string]>([
    ['a wrong token', { type: 'hello', token: 'wrong' }],
    ['no token', { type: 'hello' }],
    ['a message', 'Hello'],
    ['a ping', 'ping'],
  ])('ends with %s, and has done nothing', async (_, frame) => {
    const socket = locked()
    socket.says(frame)
    await settled()
    expect(socket.types()).toEqual(['error'])
    expect(socket.close).toHaveBeenCalledExactlyOnceWith(4001, expect.any(String))
    expect(await store.find(here.key)).toBeUndefined()
  })
})

describe('a receipt', () => {
  test('comes after the message that it is for', async () => {
    const socket = await greeted()
    socket.says({ message: 'One?', client_msg_id: 'c1' })
    await settled()
    expect(socket.frames.slice(2)).toMatchObject([
      { type: 'message', seq: 1, client_msg_id: 'c1' },
      { type: 'ack', seq: 1, client_msg_id: 'c1' },
    ])
  })

  test('waits while what stands before it has not been delivered', async () => {
    const socket = await greeted()
    socket.bufferedAmount = 100_000
    await say(note('large'))
    socket.says({ message: 'One?', client_msg_id: 'c1' })
    await settled()
    expect(socket.types().slice(2)).toEqual(['system'])
    while (socket.stuck.length > 0) {
      socket.stuck.shift()?.()
      await settled()
    }
    expect(socket.types().slice(2)).toEqual(['system', 'message', 'ack'])
  })

  test('of a message that came before waits until it has been replayed', async () => {
    ;(await greeted()).says({ message: 'One?', client_msg_id: 'c1' })
    const socket = await connect()
    socket.bufferedAmount = 100_000
    socket.says({ type: 'hello', after: 0 })
    socket.says({ message: 'One?', client_msg_id: 'c1' })
    await settled()
    expect(socket.types()).toEqual(['system', 'resumed', 'message'])
    for (const taken of socket.stuck) taken()
    await settled()
    expect(socket.types().at(-1)).toBe('ack')
  })

  test('of a message that came before is given again', async () => {
    const socket = await greeted()
    for (let sent = 0; sent < 2; sent += 1) socket.says({ message: 'One?', client_msg_id: 'c1' })
    await settled()
    const acks = socket.frames.filter(({ type }) => type === 'ack')
    expect(acks).toMatchObject([{ seq: 1 }, { seq: 1, duplicate: true }])
    expect(acks[0]).not.toHaveProperty('duplicate')
  })

  test('goes to a bare client only if it named its message', async () => {
    const socket = await connect()
    socket.says('One?')
    socket.says({ message: 'Two?', client_msg_id: 'c2' })
    await settled()
    expect(socket.frames.filter(({ type }) => type === 'ack')).toMatchObject([{ client_msg_id: 'c2', seq: 2 }])
  })
})

describe('a frame', () => {
  test('that is wrong is answered with an error that names its message, and the socket stays', async () => {
    const socket = await greeted()
    socket.says('{"message":')
    socket.says({ message: '/nonsense', client_msg_id: 'c1' })
    socket.says('ping')
    await settled()
    expect(socket.frames.slice(2)).toMatchObject([
      { type: 'error', code: 'bad_json', retryable: false },
      { type: 'error', code: 'unknown_command', client_msg_id: 'c1' },
      { type: 'pong', content: 'pong', message: 'pong' },
    ])
    expect(socket.close).not.toHaveBeenCalled()
  })

  test('is dealt with after the one before it', async () => {
    const socket = await greeted()
    const { act } = house.sessions
    const slow = Promise.withResolvers<void>()
    house.sessions.act = vi.fn(act).mockImplementationOnce(async (...asked) => {
      await slow.promise
      return act(...asked)
    })
    for (const text of ['One?', 'Two?']) socket.says(text)
    await settled()
    slow.resolve()
    await settled()
    const log = await store.read(here, 'visitor', 0, 9)
    expect(log.map((event) => event.type === 'message' && event.content)).toEqual(['One?', 'Two?'])
  })

  test('waits outside when too many wait inside', async () => {
    const socket = await greeted()
    const slow = Promise.withResolvers<object>()
    house.sessions.act = () => slow.promise
    for (let count = 0; count < 33; count += 1) socket.says({ type: 'stop' })
    expect(socket.isPaused).toBe(true)
    slow.resolve({})
    await settled()
    expect(socket.isPaused).toBe(false)
    expect(socket.resume).toHaveBeenCalledTimes(1)
  })

  test('too many ends the connection', async () => {
    const socket = await greeted()
    for (let count = 0; count < 200; count += 1) socket.says('ping')
    expect(socket.close).toHaveBeenCalledExactlyOnceWith(4008, 'Too many frames.')
  })
})

describe('signing in and out', () => {
  beforeEach(() => {
    house.takePlace = createPlaces({ perSession: 9, perAddress: 9 })
  })
  /** A connection that a token let in, at a desk where names open nothing. */
  async function admittedBy(token: string): Promise<Socket> {
    const socket = await connect(await house.access.resolve({ name: here.name, token, open: false }))
    socket.says({ type: 'hello', after: 0 })
    await settled()
    return socket
  }
  async function own(): Promise<string> {
    const { ref: made, token = '' } = await house.access.resolve({ name: here.name, open: false, make: true })
    await house.sessions.begin(made)
    return token
  }
  const signIn = { type: 'sign_in', email: alice.email, pin: alice.pin }

  test('gives its connection the new token, and ends the others that the old one let in', async () => {
    const token = await own()
    const [signing, other, late] = [await admittedBy(token), await admittedBy(token), await admittedBy(token)]
    late.says('ping')
    signing.says(signIn)
    await settled()
    const credential = signing.frames.find(({ type }) => type === 'credential')
    expect(credential).toEqual({ type: 'credential', session_token: expect.any(String) })
    expect(credential?.session_token).not.toBe(token)
    expect(signing.types()).toEqual(expect.arrayContaining(['identity', 'ack']))
    expect(signing.close).not.toHaveBeenCalled()
    for (const ended of [other, late]) {
      expect(ended.close).toHaveBeenCalledExactlyOnceWith(4001, 'This session has ended.')
      expect(JSON.stringify(ended.frames)).not.toMatch(/Alice|identity/)
    }
    signing.says({ type: 'typing', is_typing: true })
    signing.says('Hello')
    await settled()
    expect(signing.types()).toContain('message')
    expect((await admittedBy(String(credential?.session_token))).types()).toContain('resumed')
  })

  test('lets who came by the old token do nothing more, though it reads nothing', async () => {
    const token = await own()
    const [signing, stalled] = [await admittedBy(token), await admittedBy(token)]
    stalled.bufferedAmount = 64 * 1024
    stalled.says({ type: 'typing', is_typing: true })
    await settled()
    signing.says(signIn)
    await settled()
    stalled.says('What did I order?')
    await settled()
    expect(stalled.close).toHaveBeenCalledWith(4001, 'This session has ended.')
    const { ref: to } = await house.access.resolve({ name: here.name, token: await tokenNow(), open: false })
    expect((await house.sessions.info(to)).history.map(({ content }) => content)).not.toContain('What did I order?')
  })
  const tokenNow = async () => {
    const { sessions } = await house.sessions.list({ limit: 1 })
    return house.access.tokenOf({ key: sessions[0]?.key ?? '', name: here.name, incarnation: 0 })
  }

  test('leaves those that their name let in where they are', async () => {
    const [signing, other] = [await greeted(), await greeted()]
    signing.says(signIn)
    await settled()
    expect(other.types()).toContain('identity')
    expect([signing, other].map(({ close }) => close.mock.calls.length)).toEqual([0, 0])
  })

  test('says to a bare client who it is, and gives it the token', async () => {
    const socket = await connect()
    socket.says(`${alice.email} ${alice.pin}`)
    await settled()
    expect(socket.frames).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'system', content: 'Signed in as Alice.' }),
        expect.objectContaining({ type: 'credential' }),
      ]),
    )
    expect(socket.types()).not.toContain('identity')
  })

  test('that fails is told in the receipt alone', async () => {
    const socket = await greeted()
    socket.says({ ...signIn, pin: '0000' })
    await settled()
    expect(socket.frames.slice(2)).toEqual([{ type: 'ack', identity: 'wrong' }])
  })

  test('out gives its connection the new token, and ends every one', async () => {
    const token = await own()
    const signing = await admittedBy(token)
    signing.says(signIn)
    await settled()
    const renewed = String(signing.frames.find(({ type }) => type === 'credential')?.session_token)
    const other = await admittedBy(renewed)
    signing.says({ type: 'sign_out' })
    await settled()
    const given = signing.frames.findLast(({ type }) => type === 'credential')
    expect(given?.session_token).not.toBe(renewed)
    expect(signing.frames).toContainEqual({ type: 'ack', identity: 'out' })
    for (const ended of [signing, other]) expect(ended.close).toHaveBeenCalledWith(4001, 'This session has ended.')
    expect((await admittedBy(String(given?.session_token))).types()).toContain('resumed')
  })
})

describe('a reader that does not keep up', () => {
  test('is waited for', async () => {
    const socket = await greeted()
    socket.bufferedAmount = 64 * 1024
    await say(note('one'))
    await say(note('two'))
    await vi.advanceTimersByTimeAsync(4999)
    expect(socket.frames.slice(2)).toMatchObject([{ seq: 1 }])
    socket.bufferedAmount = 0
    socket.stuck.shift()?.()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(socket.frames.slice(2)).toMatchObject([{ seq: 1 }, { seq: 2 }])
    expect(socket.close).not.toHaveBeenCalled()
  })

  test('is ended after five seconds, and cut off if it does not even take that', async () => {
    const socket = await greeted()
    socket.bufferedAmount = 64 * 1024
    await say(note('one'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(socket.close).toHaveBeenCalledExactlyOnceWith(4029, 'The reader is too slow.')
    expect(socket.terminate).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(3000)
    expect(socket.terminate).toHaveBeenCalledTimes(1)
  })

  test('is ended at once when a megabyte waits', async () => {
    const socket = await greeted()
    socket.bufferedAmount = 1024 * 1024 + 1
    await say(note('one'))
    await settled()
    expect(socket.frames).toHaveLength(2)
    expect(socket.close).toHaveBeenCalledExactlyOnceWith(4029, 'The reader is too slow.')
  })
})
