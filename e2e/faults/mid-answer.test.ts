import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { TestSocket } from '../support/socket.ts'
import { isFinal } from './checker.ts'
import { wholeLog } from './logs.ts'
import { randomFrom } from './random.ts'
import { smallKnowledge } from './small-knowledge.ts'

/**
 * R-03 of docs/guarantees.md: the desk is killed while it answers. The question is answered once, soon after the
 * desk is ready again, and a text that was shown is in the log: as the answer, or as what was interrupted.
 */
const SEED = Number(process.env.FAULT_SEED ?? 3)
const ROUNDS = Number(process.env.MID_ANSWER_ROUNDS ?? 3)
const SESSIONS = 6
const question = 'How long does shipping take?'
const knowledge = smallKnowledge()
afterAll(knowledge.remove)

interface Moment {
  name: string
  settings?: Record<string, string>
  /** Resolves when the desk has to die. */
  reached: (asked: Asked) => Promise<unknown>
}

const moments: Moment[] = [
  { name: 'before its first piece', reached: ({ sockets }) => Promise.all(sockets.map((socket) => socket.of('ack'))) },
  { name: 'after its first piece', reached: ({ sockets }) => Promise.race(sockets.map((socket) => socket.of('delta'))) },
  {
    name: 'somewhere',
    reached: async ({ sockets, random }) => {
      await Promise.race(sockets.map((socket) => socket.of('delta')))
      await new Promise((resolve) => setTimeout(resolve, random() * 600))
    },
  },
  {
    name: 'between its last piece and its message',
    settings: { NODE_OPTIONS: '--import ./e2e/faults/plant.mjs', FRONTDESK_PLANT: 'slow-end' },
    reached: ({ desk }) => expect.poll(() => desk.output(), { interval: 10, timeout: 20_000 }).toMatch(/^ending /m),
  },
]

interface Asked {
  desk: DeskProcess
  sockets: TestSocket[]
  random: () => number
}

describe.each(moments)('an answer whose desk is killed $name', { timeout: ROUNDS * 60_000 }, ({ name, settings, reached }) => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({ RATE_LIMIT: 'off', OFFLINE_PACE_MS: '15', LOG_LEVEL: 'fatal', KNOWLEDGE_DIR: knowledge.path, ...settings })
  }, 120_000)
  afterAll(() => desk.dispose())

  it('is told once, and nothing that was shown of it is gone', async () => {
    const random = randomFrom(SEED)
    let cut = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const sessions = Array.from({ length: SESSIONS }, () => `mid-answer-${crypto.randomUUID()}`)
      const sockets = await Promise.all(sessions.map((session) => ask(desk.url, session)))
      await reached({ desk, sockets, random })
      await desk.kill()
      const shown = sockets.map(shownOn)
      await desk.restart()
      const ready = performance.now()
      await Promise.all(sessions.map((session) => answered(desk.url, session)))
      expect(performance.now() - ready).toBeLessThan(10_000)
      for (const [index, session] of sessions.entries()) cut += judge(await wholeLog(desk.url, session), shown[index])
    }
    console.log(`R-03: killed ${name}: seed ${SEED}, ${ROUNDS * SESSIONS} answers, ${cut} interrupted`)
    if (name !== 'before its first piece') expect(cut).toBeGreaterThan(0)
  })
})

async function ask(url: string, session: string): Promise<TestSocket> {
  const socket = new TestSocket(`${url}/ws/${session}`)
  await socket.open()
  socket.send({ type: 'hello', after: 0 })
  socket.send({ message: question, client_msg_id: 'one' })
  await socket.of('ack')
  return socket
}

function shownOn({ frames }: TestSocket): { id: string; text: string } | undefined {
  const pieces = frames.filter(({ type }) => type === 'delta')
  return pieces[0] && { id: String(pieces[0].message_id), text: pieces.map(({ text }) => text).join('') }
}

/** Resolves when the log has an answer: told by a stream of the log. */
async function answered(url: string, session: string): Promise<void> {
  const socket = new TestSocket(`${url}/ws/${session}`)
  await socket.open()
  socket.send({ type: 'hello', after: 0 })
  await socket.frame((frame) => isFinal(frame as never))
  socket.close()
}

/** Looks whether the log is as it must be; returns how many answers of it were interrupted. */
function judge(log: StoredEvent[], shown: { id: string; text: string } | undefined): number {
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
  const answers = log.filter((event): event is StoredMessage => event.type === 'message' && event.role === 'assistant')
  expect(answers.filter(isFinal)).toHaveLength(1)
  expect(answers.at(-1)?.status).toBe('complete')
  if (shown) {
    const message = answers.find(({ message_id }) => message_id === shown.id)
    expect(message?.content.startsWith(shown.text), `"${shown.text}" was shown, "${message?.content}" is stored`).toBe(true)
  }
  const interrupted = answers.filter(({ status }) => status === 'interrupted')
  for (const { content } of interrupted) expect(content).not.toBe('')
  return interrupted.length
}
