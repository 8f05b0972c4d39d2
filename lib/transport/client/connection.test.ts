import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BESIDE_MS, type ConnectionState, connect, FALLBACK_PAUSE_MS, PROBE_MS, pauseBefore } from './connection.ts'
import { type FakeTransport, fakeTransport } from './fixtures.ts'
import type { Verdict } from './transport.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Longer than any pause between two tries to reconnect. */
const LONGEST_PAUSE = 4000
const stands = { epoch: 'e1', recovered: true, last_seq: 0 }

function begin({ socket = fakeTransport('websocket'), others = [fakeTransport('sse'), fakeTransport('polling')] } = {}) {
  const states: ConnectionState[] = []
  const refused: Verdict[] = []
  const connection = connect({
    address: { base: '', sessionId: 's', token: undefined },
    primary: socket,
    fallbacks: others,
    reconnectAttempts: 3,
    position: () => ({ epoch: undefined, after: 0 }),
    onStart: () => undefined,
    onEvent: () => undefined,
    onState: (state) => states.push(state),
    onRefused: (verdict) => refused.push(verdict),
  })
  const [first, second] = others
  return { connection, states, refused, socket, first: first as FakeTransport, second: second as FakeTransport }
}

/** Lets the socket fail as often as it is tried in vain before polling mode. */
function giveUp(socket: FakeTransport): void {
  for (let tries = 1; tries <= 4; tries += 1) {
    expect(socket.opened).toBe(tries)
    socket.latest.closed('retry')
    if (tries < 4) vi.advanceTimersByTime(LONGEST_PAUSE)
  }
}

test('is live over the socket, and opens nothing else', () => {
  const { states, socket, first } = begin()
  socket.latest.opened(stands)
  vi.advanceTimersByTime(10 * PROBE_MS)
  expect(states).toEqual(['connecting', 'live'])
  expect([socket.opened, first.opened]).toEqual([1, 0])
})

test('polls beside a socket that is slow to stand, and no longer once it stands', () => {
  const { states, socket, first } = begin()
  vi.advanceTimersByTime(BESIDE_MS - 1)
  expect(first.opened).toBe(0)
  vi.advanceTimersByTime(1)
  expect(first.opened).toBe(1)
  first.latest.opened(stands)
  socket.latest.opened(stands)
  expect(states).toEqual(['connecting', 'polling', 'live'])
  expect(first.ended).toBe(1)
})

test('tries three times more, then polls, and tries the socket every 30 s', () => {
  const { states, socket, first } = begin()
  giveUp(socket)
  first.latest.opened(stands)
  expect(states.at(-1)).toBe('polling')
  vi.advanceTimersByTime(PROBE_MS - 1)
  expect(socket.opened).toBe(4)
  vi.advanceTimersByTime(1)
  expect(socket.opened).toBe(5)
  socket.latest.closed('retry')
  vi.advanceTimersByTime(PROBE_MS)
  socket.latest.opened(stands)
  expect(states.at(-1)).toBe('live')
  expect(first.ended).toBe(1)
})

test('has three tries again after it was live', () => {
  const { states, socket } = begin()
  giveUp(socket)
  vi.advanceTimersByTime(PROBE_MS)
  socket.latest.opened(stands)
  socket.latest.closed('retry')
  expect(states.at(-1)).toBe('error')
  vi.advanceTimersByTime(LONGEST_PAUSE)
  expect(socket.opened).toBe(6)
})

test('takes the next fallback where one does not work, and comes round again', () => {
  const { states, first, second } = begin()
  vi.advanceTimersByTime(BESIDE_MS)
  first.latest.closed('retry')
  expect(states).toEqual(['connecting', 'error'])
  vi.advanceTimersByTime(FALLBACK_PAUSE_MS)
  expect(second.opened).toBe(1)
  second.latest.opened(stands)
  expect(states.at(-1)).toBe('polling')
  second.latest.closed('retry')
  vi.advanceTimersByTime(FALLBACK_PAUSE_MS)
  expect(first.opened).toBe(2)
})

test('tries the socket at once when the fallback works again: the desk was away', () => {
  const { socket, first, second } = begin()
  giveUp(socket)
  first.latest.closed('retry')
  vi.advanceTimersByTime(FALLBACK_PAUSE_MS)
  second.latest.opened(stands)
  expect(socket.opened).toBe(5)
  socket.latest.closed('retry')
  second.latest.opened(stands)
  expect(socket.opened).toBe(5)
  vi.advanceTimersByTime(PROBE_MS)
  expect(socket.opened).toBe(6)
})

test('never reads over more than one fallback', () => {
  const { socket, first, second } = begin()
  giveUp(socket)
  vi.advanceTimersByTime(20 * PROBE_MS)
  expect([first.opened, second.opened]).toEqual([1, 0])
})

test.each<Verdict>(['refused', 'forbidden'])('tries nothing again when the socket is %s', (verdict) => {
  const { connection, states, refused, socket, first } = begin()
  socket.latest.closed(verdict)
  vi.advanceTimersByTime(10 * PROBE_MS)
  expect(refused).toEqual([verdict])
  expect(states.at(-1)).toBe('error')
  expect([socket.opened, first.opened]).toEqual([1, 0])
  return expect(connection.send({ type: 'stop' })).rejects.toMatchObject({ code: 'offline', retryable: true })
})

test('tries nothing again when the fallback is refused', () => {
  const { refused, socket, first } = begin()
  vi.advanceTimersByTime(BESIDE_MS)
  first.latest.closed('refused')
  vi.advanceTimersByTime(10 * PROBE_MS)
  expect(refused).toEqual(['refused'])
  expect([socket.opened, socket.ended, first.opened]).toEqual([1, 1, 1])
})

test('sends over the socket, else over the fallback, else not at all', async () => {
  const { connection, socket, first } = begin()
  await expect(connection.send({ type: 'stop' })).rejects.toMatchObject({ code: 'offline' })
  vi.advanceTimersByTime(BESIDE_MS)
  first.latest.opened(stands)
  await connection.send({ type: 'stop' })
  socket.latest.opened(stands)
  await connection.send({ type: 'close' })
  expect([first.sent, socket.sent]).toEqual([[{ type: 'stop' }], [{ type: 'close' }]])
})

test('comes back at once with the network or the page', () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  const { connection, socket } = begin()
  giveUp(socket)
  page.dispatchEvent(new Event('online'))
  expect(socket.opened).toBe(5)
  socket.latest.opened(stands)
  page.dispatchEvent(new Event('online'))
  expect([socket.opened, socket.checked]).toEqual([5, 1])
  connection.close()
  page.dispatchEvent(new Event('online'))
  expect([socket.opened, socket.checked]).toEqual([5, 1])
  vi.unstubAllGlobals()
})

test('is silent once it is closed', () => {
  const { connection, states, socket, first } = begin()
  vi.advanceTimersByTime(BESIDE_MS)
  connection.close()
  expect([socket.ended, first.ended]).toEqual([1, 1])
  vi.advanceTimersByTime(10 * PROBE_MS)
  expect([socket.opened, first.opened, states.length]).toEqual([1, 1, 1])
  expect(vi.getTimerCount()).toBe(0)
})

test('pauses longer with each try, never all clients at the same time', () => {
  for (const [attempt, longest] of [500, 1000, 2000, 4000, 4000].entries()) {
    const pauses = Array.from({ length: 200 }, () => pauseBefore(attempt + 1))
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(longest / 2)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(longest)
    expect(new Set(pauses).size).toBeGreaterThan(100)
  }
})
