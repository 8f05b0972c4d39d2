import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { TestSocket } from '../support/socket.ts'
import { smallKnowledge } from './small-knowledge.ts'

/** How much one session, one connection and one address may ask for, with the limits as they are shipped. */
const knowledge = smallKnowledge()
afterAll(knowledge.remove)

describe('the limits', { timeout: 60_000 }, () => {
  let desk: DeskProcess
  const open: TestSocket[] = []
  beforeAll(async () => {
    desk = await startDesk({ KNOWLEDGE_DIR: knowledge.path, RATE_LIMIT_SOCKETS_PER_ADDRESS: '60' })
  }, 120_000)
  afterAll(async () => {
    for (const socket of open) socket.close()
    await desk.dispose()
  })
  const connect = async (path: string) => {
    const socket = new TestSocket(`${desk.url}${path}`)
    open.push(socket)
    await socket.of('system')
    return socket
  }
  const refusal = (path: string) =>
    new Promise<number | undefined>((resolve) => {
      const { socket } = new TestSocket(`${desk.url}${path}`)
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode))
      socket.on('close', (code) => resolve(code))
    })
  const post = (path: string, body: object) => fetch(`${desk.url}${path}`, { method: 'POST', body: JSON.stringify(body) })

  it('let 60 messages a minute through in one session, and say when to come back', async () => {
    const answers = await Promise.all(Array.from({ length: 121 }, () => post('/api/session/talkative/actions', { message: 'Hello' })))
    const refused = answers.filter(({ status }) => status === 429)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60)
    expect(refused).toHaveLength(61)
    for (const answer of refused.slice(0, 3)) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await answer.json()).toMatchObject({ error: { code: 'rate_limited', retryable: true } })
    }
    // The same session, by another door.
    const socket = await connect('/ws/talkative')
    socket.send({ message: 'Hello', client_msg_id: 'one-more' })
    expect(await socket.of('error')).toMatchObject({ code: 'rate_limited', retryable: true, client_msg_id: 'one-more' })
    const { last_seq } = (await (await fetch(`${desk.url}/api/session/talkative/status`)).json()) as { last_seq: number }
    expect(last_seq).toBeLessThanOrEqual(120)
    // Another session is not concerned.
    expect((await post('/api/session/quiet/actions', { message: 'Hello' })).status).toBe(200)
  })

  it('end a flooder after the first 200 frames, and have answered what was allowed', async () => {
    const socket = await connect('/ws/flooder')
    const began = performance.now()
    for (let count = 0; count < 10_000; count += 1) socket.send(`{"message":"Hello ${count}"}`)
    expect((await socket.end()).code).toBe(4008)
    console.log(
      `limits: 10,000 messages at once: ended after ${Math.round(performance.now() - began)} ms, ${socket.frames.length} frames came back`,
    )
    // A flooder costs no more answers than frames that were taken from it.
    expect(socket.frames.length).toBeLessThan(300)
    const { history } = (await (await fetch(`${desk.url}/api/session/flooder`)).json()) as { history: Array<{ role: string }> }
    expect(history.filter(({ role }) => role === 'user').length).toBeLessThanOrEqual(60)
  })

  it('let a session have 50 sockets, and an address as many as are set', async () => {
    await Promise.all(Array.from({ length: 50 }, () => connect('/ws/crowded')))
    expect(await refusal('/ws/crowded')).toBe(4008)
    await Promise.all(Array.from({ length: 60 - (await connections(desk.url)) }, () => connect('/ws/chat')))
    expect(await refusal('/ws/chat')).toBe(429)
  })
})

async function connections(url: string): Promise<number> {
  return ((await (await fetch(`${url}/api/stats`)).json()) as { total_connections: number }).total_connections
}
