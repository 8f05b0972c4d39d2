import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { emptyState, reduce } from '#lib/protocol/state.ts'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { TestSocket } from '../support/socket.ts'
import { randomFrom } from './random.ts'
import { transportNamed } from './visitor.ts'

/** What happens to an answer while it is being told: the desk dies, or the visitor changes the way. */

const question = 'How long does shipping take?'
const isFinal = (event: { type: string; role?: unknown; status?: unknown }) =>
  event.type === 'message' && event.role === 'assistant' && event.status === 'complete'

describe('an answer whose desk is killed', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({ RATE_LIMIT: 'off', OFFLINE_PACE_MS: '10', LOG_LEVEL: 'fatal' })
  })
  afterAll(() => desk.dispose())

  // Before the first piece, after the first, somewhere, and after the last.
  it.each([0, 1, 2, 3, 4, 0, 1, 2, 3, 4])(
    'after %i pieces is told once, within 10 s of the restart',
    { timeout: 40_000 },
    async (pieces) => {
      const session = `mid-answer-${crypto.randomUUID()}`
      const socket = new TestSocket(`${desk.url}/ws/${session}`)
      await socket.open()
      socket.send({ type: 'hello', after: 0 })
      socket.send({ message: question, client_msg_id: 'one' })
      await socket.of('ack')
      await socket.until(() => socket.frames.filter((frame) => frame.type === 'delta').length >= pieces || undefined, `${pieces} pieces`)
      const shown = socket.frames.flatMap((frame) => (frame.type === 'delta' ? [frame.text] : [])).join('')
      await desk.kill()
      await desk.restart()
      const ready = performance.now()
      const events = await answered(desk.url, session)
      expect(performance.now() - ready).toBeLessThan(10_000)

      const assistant = events.filter((event) => event.type === 'message' && event.role === 'assistant') as Array<
        StoredEvent & { status: string; content: string }
      >
      expect(assistant.filter(isFinal)).toHaveLength(1)
      const interrupted = assistant.filter((event) => event.status === 'interrupted')
      if (shown === '' || assistant.length === 1) return
      // What was shown stays, at least its beginning, and is marked; the whole answer follows it.
      expect(interrupted).toHaveLength(1)
      expect(shown.startsWith(interrupted[0]?.content ?? '?') || interrupted[0]?.content.startsWith(shown)).toBe(true)
      expect(interrupted[0]?.content).not.toBe('')
    },
  )
})

async function answered(url: string, session: string): Promise<StoredEvent[]> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const page = (await (await fetch(`${url}/api/session/${session}/events?after=0&wait=1`)).json()) as { events: StoredEvent[] }
    if (page.events.some(isFinal)) return page.events
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the question was not answered')
}

describe('an answer whose reader changes the transport', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({ RATE_LIMIT: 'off', OFFLINE_PACE_MS: '15', LOG_LEVEL: 'fatal' })
  })
  afterAll(() => desk.dispose())

  it('arrives exactly once over 100 changes from socket to stream to poll to socket', { timeout: 180_000 }, async () => {
    const random = randomFrom(100)
    let changes = 0
    for (let round = 0; changes < 100; round += 1) changes += await readWhileChanging(desk.url, random, round)
    expect(changes).toBeGreaterThanOrEqual(100)
  })
})

const circle = ['websocket', 'sse', 'polling'] as const

/** Reads one answer, changing the transport every few moments. Returns how often it was changed in mid-answer. */
async function readWhileChanging(url: string, random: () => number, round: number): Promise<number> {
  const { session_id: sessionId } = (await (await fetch(`${url}/api/session/new`, { method: 'POST' })).json()) as { session_id: string }
  const address = { base: url, sessionId, token: undefined }
  await fetch(`${url}/api/session/${sessionId}/actions`, { method: 'POST', body: JSON.stringify({ type: 'message', text: question }) })
  let state = emptyState
  let shown = ''
  let changes = 0
  for (let turn = round; ; turn += 1) {
    const listener = {
      opened: ({ epoch }: { epoch: string }) => {
        state = { ...state, epoch }
      },
      event: (event: LiveEvent) => {
        state = reduce(state, event)
      },
      closed: () => undefined,
    }
    const way = transportNamed(circle[turn % circle.length] ?? 'websocket')
    const line = way.open(address, () => ({ epoch: state.epoch, after: state.seq }), listener)
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 100))
    line.close()
    const answer = state.items.find((item) => item.type === 'message' && item.role === 'assistant')
    const now = answer?.type === 'message' ? answer.content : (state.running?.text ?? shown)
    // What is shown only ever grows, and nothing of it is missed.
    expect(now.startsWith(shown)).toBe(true)
    expect(state.gap).toBe(false)
    if (answer) {
      expect(state.items.map((item) => item.seq)).toEqual([1, 2])
      return changes
    }
    if (now !== '') changes += 1
    shown = now
  }
}
