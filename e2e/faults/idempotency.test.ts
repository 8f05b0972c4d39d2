import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { type Frame, TestSocket } from '../support/socket.ts'
import { wholeLog } from './logs.ts'
import { smallKnowledge } from './small-knowledge.ts'

/** G2 to G4 of docs/guarantees.md: one name is one message, numbers have no gaps, a resume is whole or none. */
const PARALLEL = 64
const knowledge = smallKnowledge()
afterAll(knowledge.remove)

describe('the log', { timeout: 60_000 }, () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({ RATE_LIMIT: 'off', RATE_LIMIT_FRAMES: '1000000', KNOWLEDGE_DIR: knowledge.path })
  }, 120_000)
  afterAll(() => desk.dispose())

  const post = async (path: string, body: object) => {
    const response = await fetch(`${desk.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const greeted = async (path: string) => {
    const socket = new TestSocket(`${desk.url}${path}`)
    await socket.open()
    socket.send({ type: 'hello', after: 0 })
    await socket.of('resumed')
    return socket
  }

  it(`takes ${PARALLEL} parallel sends of one message, by both doors, for one`, async () => {
    const session = 'parallel-same'
    const message = { message: 'How long does shipping take?', client_msg_id: 'the-one' }
    const sockets = await Promise.all(Array.from({ length: 4 }, () => greeted(`/ws/${session}`)))
    for (const socket of sockets) for (let count = 0; count < PARALLEL / 8; count += 1) socket.send(message)
    const posts = Array.from({ length: PARALLEL / 2 }, () => post(`/api/session/${session}/actions`, message))
    const byPost = (await Promise.all(posts)).map(({ body }) => body)
    const bySocket = await Promise.all(sockets.map((socket) => socket.until(() => some(socket, 'ack', PARALLEL / 8), 'all acks')))
    const acks = [...byPost, ...bySocket.flat()]
    expect(acks).toHaveLength(PARALLEL)
    expect(new Set(acks.map(({ seq, message_id }) => `${seq} ${message_id}`)).size).toBe(1)
    expect(acks.filter(({ duplicate }) => duplicate !== true)).toHaveLength(1)
    const log = await wholeLog(desk.url, session)
    expect(log.filter((event) => event.type === 'message' && event.role === 'visitor')).toHaveLength(1)
    for (const socket of sockets) socket.close()
  })

  it('refuses another text under a known name, by both doors', async () => {
    await post('/api/session/renamed/actions', { message: 'one', client_msg_id: 'x' })
    expect(await post('/api/session/renamed/actions', { message: 'two', client_msg_id: 'x' })).toMatchObject({ status: 422 })
    expect(await post('/api/chat', { session_id: 'renamed', message: 'two', client_msg_id: 'x' })).toMatchObject({
      status: 422,
      body: { error: { code: 'mismatch', retryable: false } },
    })
    const socket = await greeted('/ws/renamed')
    socket.send({ message: 'two', client_msg_id: 'x' })
    expect(await socket.of('error')).toMatchObject({ code: 'mismatch', client_msg_id: 'x' })
    socket.close()
  })

  it('lets a doubled POST /api/chat wait for the answer of the first, and gives it the same body', async () => {
    const message = { session_id: 'doubled', message: 'How long does shipping take?', client_msg_id: 'x' }
    const together = await Promise.all([post('/api/chat', message), post('/api/chat', message), post('/api/chat', message)])
    const later = await post('/api/chat', message)
    const bodies = [...together, later].map(({ status, body }) => ({ status, ...body, session_token: undefined }))
    expect(bodies[0]).toMatchObject({ status: 200, response: expect.stringContaining('3 to 5 business days') })
    for (const body of bodies) expect(body).toEqual(bodies[0])
    expect(await wholeLog(desk.url, 'doubled')).toHaveLength(2)
  })

  it(`numbers what ${PARALLEL} writers write at once without a gap`, async () => {
    const session = 'parallel-different'
    const follower = await greeted(`/ws/${session}`)
    const acks = await Promise.all(
      Array.from({ length: PARALLEL }, (_, index) =>
        post(`/api/session/${session}/actions`, { message: `/whoami ${index}`, client_msg_id: `m-${index}` }),
      ),
    )
    const seqs = acks.map(({ body }) => Number(body.seq))
    expect(new Set(seqs).size).toBe(PARALLEL)
    await follower.until(() => some(follower, 'command_response', PARALLEL), 'all responses')
    const log = await wholeLog(desk.url, session)
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: PARALLEL * 2 }, (_, index) => index + 1))
    expect(follower.frames.flatMap(({ seq, type }) => (type === 'ack' || seq === undefined ? [] : [seq]))).toEqual(
      log.map(({ seq }) => seq),
    )
    follower.close()
  })

  it('tells a cursor that is not of this log everything, from 1, by every door', async () => {
    await post('/api/chat', { session_id: 'resumed', message: 'How long does shipping take?' })
    const page = async (query: string) =>
      (await fetch(`${desk.url}/api/session/resumed/events?${query}`)).json() as Promise<Record<string, unknown>>
    const { epoch } = (await page('after=0')) as { epoch: string }
    const foreign = { epoch: 'another.0', after: 1 }
    const future = { epoch, after: 99 }
    for (const cursor of [foreign, future]) {
      expect(await page(new URLSearchParams(cursor as never).toString())).toMatchObject({
        recovered: false,
        last_seq: 2,
        events: [{ seq: 1 }, { seq: 2 }],
      })
      const socket = new TestSocket(`${desk.url}/ws/resumed`)
      await socket.open()
      socket.send({ type: 'hello', ...cursor })
      expect(await socket.of('resumed')).toMatchObject({ recovered: false, last_seq: 2 })
      const messages = await socket.until(() => some(socket, 'message', 2), 'the log')
      expect(messages.map(({ seq }) => seq)).toEqual([1, 2])
      socket.close()
    }
    expect(await page(`epoch=${epoch}&after=1`)).toMatchObject({ recovered: true, events: [{ seq: 2 }] })
  })
})

/** The frames of a type, once there are as many. */
function some(socket: TestSocket, type: string, count: number): Frame[] | undefined {
  const found = socket.frames.filter((frame) => frame.type === type)
  return found.length >= count ? found : undefined
}
