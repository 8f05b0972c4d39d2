import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { TestSocket } from '../support/socket.ts'
import { smallKnowledge } from './small-knowledge.ts'

/** Whatever holds a line open takes a place, of its session and of its address: a stream, a poll that waits, a socket. */
const knowledge = smallKnowledge()
afterAll(knowledge.remove)

describe('open lines', { timeout: 30_000 }, () => {
  let desk: DeskProcess
  let leaving = new AbortController()
  beforeAll(async () => {
    const limits = { RATE_LIMIT_SOCKETS: '3', RATE_LIMIT_SOCKETS_PER_ADDRESS: '6' }
    desk = await startDesk({ KNOWLEDGE_DIR: knowledge.path, ...limits })
  })
  afterEach(() => leaveAll())
  afterAll(() => desk.dispose())

  function leaveAll(): void {
    leaving.abort()
    leaving = new AbortController()
  }

  /** Opens lines when all others were left. */
  function afresh<T>(open: () => T): T {
    leaveAll()
    return open()
  }

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${desk.url}${path}`, { headers, signal: leaving.signal })
    return response.status
  }
  const eventStream = { accept: 'text/event-stream' }
  /** Each opens a line and says how that went: a status, a close code, or that it is open. */
  const lines = {
    stream: (session: string) => get(`/api/session/${session}/events`, eventStream),
    poll: (session: string) => Promise.race([get(`/api/session/${session}/events?after=2&wait=20`), sleep(300, 'waits')]),
    chat: (session: string) => get(`/api/chat/stream?message=${'word+'.repeat(200)}&session_id=${session}`),
    async socket(session: string) {
      const { socket } = new TestSocket(`${desk.url}/ws/${session}`)
      leaving.signal.addEventListener('abort', () => socket.terminate())
      return new Promise<unknown>((resolve) => {
        socket.on('unexpected-response', (_, response) => resolve(response.statusCode)).on('close', resolve)
        socket.on('open', () => setTimeout(resolve, 300, 'open'))
      })
    },
  }
  /** A session with a question and its answer. */
  async function begin(session: string): Promise<string> {
    await fetch(`${desk.url}/api/chat`, { method: 'POST', body: JSON.stringify({ message: 'Hello', session_id: session }) })
    return session
  }
  const messages = async (session: string) => {
    return ((await (await fetch(`${desk.url}/api/session/${session}`)).json()) as { message_count: number }).message_count
  }

  it('are counted for their session, all kinds together, until they end', async () => {
    const crowded = await begin('crowded')
    const other = await begin('other')
    expect(await Promise.all([lines.stream(crowded), lines.poll(crowded), lines.socket(crowded)])).toEqual([200, 'waits', 'open'])
    expect(await lines.stream(crowded)).toBe(429)
    expect(await lines.poll(crowded)).toBe(429)
    expect(await lines.chat(crowded)).toBe(429)
    expect(await lines.socket(crowded)).toBe(4008)
    // What was refused a place did nothing, and what holds no line is not concerned.
    expect(await messages(crowded)).toBe(2)
    expect(await lines.stream(other)).toBe(200)

    leaveAll()
    const again = async () => [await lines.stream(crowded), await lines.stream(crowded), await lines.stream(crowded)]
    await expect.poll(() => afresh(again), { timeout: 10_000, interval: 300 }).toEqual([200, 200, 200])
  })

  it('are counted for their address, all kinds together', async () => {
    const sessions = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(begin))
    // The lines of the test before take a moment to end.
    await expect
      .poll(() => afresh(() => Promise.all(sessions.slice(0, 6).map(lines.stream))), { timeout: 10_000, interval: 300 })
      .toEqual(Array(6).fill(200))
    expect([await lines.stream('g'), await lines.poll('g'), await lines.socket('g'), await lines.chat('g')]).toEqual([429, 429, 429, 429])
    const refused = await fetch(`${desk.url}/api/session/g/events`, { headers: eventStream })
    expect(refused.headers.get('retry-after')).toBe('10')
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many_connections', retryable: true } })
    expect(await messages('g')).toBe(2)
  })
})
