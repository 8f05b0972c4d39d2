import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#lib/config.ts'
import { createDesk, type Desk } from '#lib/desk.ts'

const question = 'How long does shipping take?'

describe('a session from code', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-in-process-'))
  let desk: Desk

  beforeAll(async () => {
    desk = await createDesk(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', OFFLINE_PACE_MS: '5', RATE_LIMIT_MESSAGES: '3' }))
  }, 30_000)
  afterAll(async () => {
    await desk.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('streams just what the answer says', async () => {
    const pieces: string[] = []
    const stream = desk.session().stream(question)
    let next = await stream.next()
    for (; !next.done; next = await stream.next()) pieces.push(next.value)
    expect(pieces.length).toBeGreaterThan(2)
    expect(pieces.join('')).toBe(next.value.content)
  })

  it('finishes an answer that nobody reads any more', async () => {
    const session = desk.session('left-early')
    for await (const piece of session.stream(question)) {
      expect(piece).toContain('3 to 5 business days')
      break
    }
    await expect.poll(async () => (await session.history()).at(-1)?.content).toMatch(/\[1\]$/)
  })

  it('ends the wait when it is told to, not the answer', async () => {
    const session = desk.session('impatient')
    await expect(session.ask(question, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'unavailable' })
    await expect.poll(async () => (await session.history()).at(-1)?.content).toMatch(/\[1\]$/)
  })

  it('stops an answer where it stands', async () => {
    const session = desk.session('stopped')
    const stream = session.stream(question)
    const first = await stream.next()
    await session.stop()
    let next = await stream.next()
    while (!next.done) next = await stream.next()
    expect(next.value).toMatchObject({ status: 'stopped' })
    expect(next.value.content.startsWith(String(first.value))).toBe(true)
  })

  it('answers commands, and names what it refuses', async () => {
    const session = desk.session('commanding')
    expect(await session.ask('/whoami')).toMatchObject({ type: 'command_response', result: { session_id: 'commanding' } })
    await expect(session.ask('/nonsense')).rejects.toMatchObject({ code: 'unknown_command' })
    await expect(session.ask('   ')).rejects.toMatchObject({ code: 'invalid' })
    await expect(session.stream('').next()).rejects.toMatchObject({ code: 'invalid' })
    await session.ask('Hello')
    await expect(session.ask('Hello')).rejects.toMatchObject({ code: 'rate_limited' })
    expect(() => desk.session('chat')).toThrow(/reserved word/)
  })

  it('begins anew after a deletion, and forgives what there is not', async () => {
    const session = desk.session('deleted')
    expect(await session.delete()).toBe(false)
    await session.reset()
    await session.ask('Hello')
    expect(await session.delete()).toBe(true)
    expect(await session.history()).toEqual([])
    await session.ask('Hello')
    expect(await session.history()).toHaveLength(2)
  })
})
