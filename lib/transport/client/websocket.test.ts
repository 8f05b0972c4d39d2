import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Action } from '#lib/protocol/actions.ts'
import { type FakeDesk, transportContract } from './transport.contract.ts'
import type { Listener, Verdict } from './transport.ts'
import { PONG_MS, webSocketTransport } from './websocket.ts'

/** A browser's socket whose other end is the test. */
class FakeSocket {
  static readonly OPEN = 1
  static latest: FakeSocket
  readyState = 0
  readonly frames: Array<Record<string, unknown>> = []
  answer: ((frame: Record<string, unknown>) => object) | undefined
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly url: string
  readonly protocols: string[]

  constructor(url: string, protocols: string[] = []) {
    this.url = url
    this.protocols = protocols
    FakeSocket.latest = this
  }
  send(text: string): void {
    const frame = JSON.parse(text)
    this.frames.push(frame)
    const answer = this.answer?.(frame)
    if (answer) this.tell(answer)
  }
  open(): void {
    this.readyState = FakeSocket.OPEN
    this.onopen?.()
  }
  tell(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  close(code = 1000): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settings = { connectTimeoutMs: 5000, pingIntervalMs: 30_000 }

function desk(): FakeDesk {
  const actions: Action[] = []
  const socket = () => FakeSocket.latest
  return {
    transport: webSocketTransport(settings),
    actions,
    async asked() {
      expect(socket()).toMatchObject({ url: 'ws://desk.test/ws/a%20b', protocols: ['bearer', 'secret'] })
      socket().open()
      socket().tell({ type: 'system', content: 'Connected', epoch: 'e1', last_seq: 7 })
      const { type, deltas, epoch, after } = socket().frames[0] as { type: string; deltas: boolean; epoch?: string; after: number }
      expect({ type, deltas }).toEqual({ type: 'hello', deltas: true })
      return { epoch, after }
    },
    start: (start) => socket().tell({ type: 'resumed', ...start }),
    tell: (event) => socket().tell(event),
    writing: (message_id, text) => socket().tell({ type: 'delta', message_id, offset: 0, text }),
    end: async (how) => socket().close({ unknown: 4001, 'not allowed': 4003, lost: 1006 }[how]),
    receipt(answer) {
      socket().answer = (frame) => {
        actions.push(frame as Action)
        if (!('refused' in answer)) return { type: 'ack', ...answer }
        return { type: 'error', code: 'why', content: answer.refused, message: answer.refused, retryable: answer.retryable }
      }
    },
  }
}

describe('a socket, as every transport', () => transportContract(desk))

describe('a socket', () => {
  function begin() {
    const ends: Verdict[] = []
    const listener: Listener = { opened: () => undefined, event: () => undefined, closed: (verdict) => ends.push(verdict) }
    const address = { base: 'https://desk.test', sessionId: 's', token: undefined }
    const line = webSocketTransport(settings).open(address, () => ({ epoch: undefined, after: 0 }), listener)
    return { line, ends, socket: FakeSocket.latest }
  }
  const start = { type: 'resumed', epoch: 'e1', recovered: true, last_seq: 0 }

  test('is given up when the desk has not answered hello in 5 s', () => {
    const { ends, socket } = begin()
    socket.open()
    vi.advanceTimersByTime(4999)
    expect(ends).toEqual([])
    vi.advanceTimersByTime(1)
    expect(ends).toEqual(['retry'])
  })

  test('hands on the token that the session was given', () => {
    const tokens: string[] = []
    const listener: Listener = {
      opened: () => undefined,
      event: () => undefined,
      closed: () => undefined,
      credential: (token) => tokens.push(token),
    }
    const address = { base: 'https://desk.test', sessionId: 's', token: 'old' }
    webSocketTransport(settings).open(address, () => ({ epoch: undefined, after: 0 }), listener)
    FakeSocket.latest.open()
    FakeSocket.latest.tell({ type: 'credential', session_token: 'new' })
    expect(tokens).toEqual(['new'])
  })

  test('is tried every 30 s, and lost when no answer comes in 10 s', () => {
    const { ends, socket } = begin()
    socket.open()
    socket.tell(start)
    vi.advanceTimersByTime(30_000)
    expect(socket.frames.at(-1)).toEqual({ type: 'ping' })
    socket.tell({ type: 'pong' })
    vi.advanceTimersByTime(30_000 + PONG_MS - 1)
    expect(ends).toEqual([])
    vi.advanceTimersByTime(1)
    expect(ends).toEqual(['retry'])
  })

  test('is tried at once when it may be dead', () => {
    const { line, ends, socket } = begin()
    line.check?.()
    socket.open()
    socket.tell(start)
    line.check?.()
    line.check?.()
    expect(socket.frames.filter(({ type }) => type === 'ping')).toHaveLength(1)
    vi.advanceTimersByTime(PONG_MS)
    expect(ends).toEqual(['retry'])
  })

  test.each([1000, 1001, 1006, 1009, 4008, 4029])('may be tried again after close code %i', (code) => {
    const { ends, socket } = begin()
    socket.close(code)
    expect(ends).toEqual(['retry'])
  })

  test('is lost where the browser will not make one', () => {
    vi.stubGlobal('WebSocket', function refuse() {
      throw new Error('refused by policy')
    })
    const { ends } = begin()
    expect(ends).toEqual([])
    vi.advanceTimersByTime(0)
    expect(ends).toEqual(['retry'])
  })

  test('rejects what had no receipt when it was lost', async () => {
    const { line, socket } = begin()
    socket.open()
    socket.tell(start)
    const sent = [line.send({ type: 'message', text: 'a', client_msg_id: 'a' }), line.send({ type: 'stop' })]
    socket.close(1006)
    for (const one of sent) await expect(one).rejects.toMatchObject({ code: 'offline', retryable: true })
  })

  test('gives each receipt to its own action', async () => {
    const { line, socket } = begin()
    socket.open()
    socket.tell(start)
    const [a, stop, b] = [
      line.send({ type: 'message', text: 'a', client_msg_id: 'a' }),
      line.send({ type: 'stop' }),
      line.send({ type: 'message', text: 'b', client_msg_id: 'b' }),
    ]
    socket.tell({ type: 'ack', client_msg_id: 'b', seq: 2 })
    socket.tell({ type: 'ack' })
    socket.tell({ type: 'ack', client_msg_id: 'a', seq: 1 })
    expect(await Promise.all([a, stop, b])).toMatchObject([{ seq: 1 }, { type: 'ack' }, { seq: 2 }])
  })
})
