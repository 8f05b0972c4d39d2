import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { createHeartbeat } from './heartbeat.ts'

const SECOND = 1000
const INTERVAL = 30 * SECOND
let heartbeat: ReturnType<typeof createHeartbeat>

beforeEach(() => {
  vi.useFakeTimers()
  heartbeat = createHeartbeat(INTERVAL)
})
afterEach(() => {
  heartbeat.stop()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

class Socket extends EventEmitter {
  readonly ping = vi.fn(() => this.answers && this.emit('pong'))
  readonly terminate = vi.fn(() => this.emit('close'))
  answers: boolean
  constructor(answers: boolean) {
    super()
    this.answers = answers
  }
}
/** Lets the time pass until a socket is pinged. */
function untilPinged(socket: Socket): void {
  while (socket.ping.mock.calls.length === 0) vi.advanceTimersByTime(SECOND)
}
function watched(answers = true): Socket {
  const socket = new Socket(answers)
  heartbeat.watch(socket as unknown as WebSocket)
  return socket
}

test('a socket that answers is pinged once in each interval and lives on', () => {
  const socket = watched()
  vi.advanceTimersByTime(10 * INTERVAL)
  expect(socket.ping).toHaveBeenCalledTimes(10)
  expect(socket.terminate).not.toHaveBeenCalled()
})

test.each([0, 0.5, 0.99])('a socket that falls silent is ended ten seconds after its ping, wherever its turn is (%s)', (turn) => {
  vi.spyOn(Math, 'random').mockReturnValue(turn)
  const socket = watched(false)
  untilPinged(socket)
  vi.advanceTimersByTime(9 * SECOND)
  expect(socket.terminate).not.toHaveBeenCalled()
  vi.advanceTimersByTime(SECOND)
  expect(socket.terminate).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(INTERVAL)
  expect(socket.ping).toHaveBeenCalledTimes(1)
})

test('a socket that answers late, but in time, lives on', () => {
  const socket = watched(false)
  untilPinged(socket)
  vi.advanceTimersByTime(5 * SECOND)
  socket.emit('pong')
  vi.advanceTimersByTime(5 * SECOND)
  expect(socket.terminate).not.toHaveBeenCalled()
})

test('a socket that closed is left alone', () => {
  const socket = watched(false)
  socket.emit('close')
  vi.advanceTimersByTime(2 * INTERVAL)
  expect(socket.ping).not.toHaveBeenCalled()
})

test('the pings of many sockets are spread over the interval, on one timer', () => {
  let turn = 0
  vi.spyOn(Math, 'random').mockImplementation(() => (turn++ % 30) / 30)
  const sockets = Array.from({ length: 90 }, () => watched())
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(SECOND)
  expect(sockets.filter(({ ping }) => ping.mock.calls.length > 0)).toHaveLength(3)
})

test('a heart that stopped beats no more', () => {
  const socket = watched()
  heartbeat.stop()
  vi.advanceTimersByTime(2 * INTERVAL)
  expect(socket.ping).not.toHaveBeenCalled()
})
