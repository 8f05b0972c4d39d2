import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { TestSocket } from '../support/socket.ts'
import { isFinal } from './checker.ts'
import { wholeLog } from './logs.ts'
import { smallKnowledge } from './small-knowledge.ts'

/**
 * R-29 of docs/guarantees.md. The disk is full for this one process: the system refuses to let its files grow
 * (RLIMIT_FSIZE, set from outside), as it would refuse on a full disk, and needs no privilege and no disk for it.
 */
const knowledge = smallKnowledge()
afterAll(knowledge.remove)
const session = 'on-a-full-disk'
const TEXT = 'x'.repeat(8000)

describe('a desk whose disk is full', { timeout: 120_000 }, () => {
  let desk: DeskProcess
  const stored: string[] = []
  const refused: string[] = []
  beforeAll(async () => {
    desk = await startDesk({ RATE_LIMIT: 'off', LOG_LEVEL: 'fatal', KNOWLEDGE_DIR: knowledge.path })
  }, 120_000)
  afterAll(() => desk.dispose())

  const send = (id: string) =>
    fetch(`${desk.url}/api/session/${session}/actions`, {
      method: 'POST',
      body: JSON.stringify({ message: `/whoami ${id} ${TEXT}`, client_msg_id: id }),
    })
  const letFilesGrowTo = (bytes: number | 'unlimited') => execFileSync('prlimit', ['--pid', String(desk.pid), `--fsize=${bytes}:unlimited`])
  const contents = async () =>
    (await wholeLog(desk.url, session)).flatMap((event) => (event.type === 'message' && event.client_msg_id ? [event.client_msg_id] : []))

  it('says so, and acknowledges nothing that is not stored', async () => {
    await send('first')
    stored.push('first')
    letFilesGrowTo(statSync(join(desk.dataDir, 'frontdesk.db-wal')).size + 100_000)
    for (let count = 0; refused.length < 5 && count < 100; count += 1) {
      const answer = await send(`message-${count}`)
      if (answer.status === 200) stored.push(`message-${count}`)
      else {
        refused.push(`message-${count}`)
        expect(answer.status).toBe(503)
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
        expect(await answer.json()).toMatchObject({ error: { code: 'unavailable', retryable: true } })
      }
    }
    expect(stored.length, 'messages stored before it was full').toBeGreaterThan(1)
    expect(refused).toHaveLength(5)
    expect(await contents()).toEqual(stored)
  })

  it('lets people read, and stays', async () => {
    expect((await fetch(`${desk.url}/health`)).status).toBe(200)
    expect((await fetch(`${desk.url}/api/session/${session}`)).status).toBe(200)
    const socket = new TestSocket(`${desk.url}/ws/${session}`)
    await socket.open()
    socket.send({ type: 'hello', after: 0 })
    await socket.frame(({ client_msg_id }) => client_msg_id === stored.at(-1))
    socket.send({ message: `/whoami ${TEXT}`, client_msg_id: 'by-socket' })
    expect(await socket.of('error')).toMatchObject({ code: 'unavailable', retryable: true, client_msg_id: 'by-socket' })
    socket.close()
  })

  it('writes again as soon as there is room, and answers what it had accepted', async () => {
    letFilesGrowTo('unlimited')
    const freed = performance.now()
    for (const id of refused) expect((await send(id)).status).toBe(200)
    console.log(
      `R-29: ${stored.length} stored, ${refused.length} refused; written again ${Math.round(performance.now() - freed)} ms after there was room`,
    )
    expect(await contents()).toEqual([...stored, ...refused])
    const follower = new TestSocket(`${desk.url}/ws/${session}`)
    await follower.open()
    follower.send({ type: 'hello', after: 0 })
    const answers = stored.length + refused.length
    await follower.until(
      () => (follower.frames.filter(({ type }) => type === 'command_response').length >= answers ? true : undefined),
      'all answers',
    )
    follower.close()
    const log = await wholeLog(desk.url, session)
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    expect(new Set(log.filter(isFinal).flatMap(({ in_reply_to = [] }) => in_reply_to)).size).toBe(answers)
  })

  it('has a sound file', async () => {
    await desk.terminate()
    const database = new DatabaseSync(join(desk.dataDir, 'frontdesk.db'), { readOnly: true })
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    database.close()
  })
})
