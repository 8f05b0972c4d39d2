import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { alice, as, asksForTokens, speak } from '../support/sign-in.ts'
import { TestSocket } from '../support/socket.ts'

/**
 * Guessing PINs at a running desk. What was looked at is told by the answers: 401 to a PIN that was, 429 to one that was not.
 */

const site = 'desk.example.com'
/** A PIN that nobody has, to be looked for afterwards. */
const PLANTED = '8473'

/** Answers by status, in the order of the requests. */
const statuses = (answers: Array<{ status: number }>) => answers.map(({ status }) => status)
const countOf = (answers: Array<{ status: number }>, status: number) => statuses(answers).filter((one) => one === status).length

describe('strangers who guess', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({
      ...{ PUBLIC_URL: `https://${site}`, TRUST_PROXY: '1', RATE_LIMIT_MESSAGES_PER_ADDRESS: '100000' },
      MCP_API_KEY: 'a key for programs that is long enough, 1',
    })
  })
  afterAll(() => desk.dispose())

  const from = (address: string) => ({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https' })
  /** fetch() does not let a test choose the Host; node:http does. */
  async function login(email: unknown, pin: unknown, address: string): Promise<{ status: number; retryAfter: number; body: string }> {
    const { request } = await import('node:http')
    const { hostname, port } = new URL(desk.url)
    return new Promise((resolve, reject) => {
      const options = { hostname, port, path: '/api/auth/login', method: 'POST', headers: { host: site, ...from(address) } }
      const sent = request(options, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: Number(response.headers['retry-after'] ?? 0), body }),
        )
      })
      sent.on('error', reject)
      sent.end(JSON.stringify({ email, pin }))
    })
  }

  it('200 at once, from as many networks, are five that are looked at', { timeout: 60_000 }, async () => {
    const guesses = Array.from({ length: 200 }, (_, at) => login('ben@example.com', String(1000 + at), `10.${at}.1.1`))
    const answers = await Promise.all(guesses)
    expect([countOf(answers, 401), countOf(answers, 429)]).toEqual([5, 195])
    const locked = answers.filter(({ status }) => status === 429)
    expect(locked.every(({ retryAfter }) => retryAfter > 800 && retryAfter <= 900)).toBe(true)
    expect(new Set(locked.map(({ body }) => (JSON.parse(body) as { detail: string }).detail))).toEqual(
      new Set(['There were too many wrong PINs. Please try again later.']),
    )
  })

  it('a thousand from one address are five, and the account stays locked for everybody', { timeout: 60_000 }, async () => {
    const all: Array<{ status: number }> = []
    for (let round = 0; round < 20; round += 1) {
      all.push(
        ...(await Promise.all(
          Array.from({ length: 50 }, (_, at) => login('carla@example.com', String(2000 + round * 50 + at), '198.51.100.7')),
        )),
      )
    }
    expect(countOf(all, 401)).toBe(5)
    expect((await login('carla@example.com', '7391', '192.0.2.200')).status).toBe(429)
  })

  it('find one counter, whatever they call the account and whichever door they take', async () => {
    const names = ['ELENA@example.com', ' elena@example.com', 'elena+a@example.com', 'elena@example.com.', 'ｅlena@example.com']
    const seen: number[] = []
    for (const [at, name] of names.entries()) seen.push((await login(name, '0001', `10.77.${at}.1`)).status)
    expect(seen).toEqual([401, 401, 401, 401, 401])
    for (const name of ['elena@example.com', 'Elena@Example.com', 'elena\u0000@example.com']) {
      expect((await login(name, '9517', '10.78.1.1')).status).toBe(429)
    }
    for (const odd of [['elena@example.com'], { email: 'elena@example.com' }, null]) {
      expect((await login(odd, '0001', '10.79.1.1')).status).toBe(400)
    }
    const socket = new TestSocket(`${desk.url}/ws/chat`, { headers: { host: site, ...from('10.80.1.1') } })
    await socket.of('system')
    socket.send({ type: 'hello' })
    socket.send({ type: 'sign_in', email: 'elena@example.com', pin: '9517' })
    expect(await socket.of('ack')).toMatchObject({ identity: 'locked', retry_after: expect.any(Number) })
    socket.send({ type: 'message', content: 'My email is elena@example.com and PIN is 9517', client_msg_id: 'm-1' })
    expect(await socket.frame((frame) => frame.client_msg_id === 'm-1' && frame.type === 'ack')).toMatchObject({ identity: 'locked' })
    socket.close()
  })

  it('with one PIN at a thousand accounts get twenty looked at, and the log tells of it once', { timeout: 60_000 }, async () => {
    const all: Array<{ status: number }> = []
    for (let round = 0; round < 20; round += 1) {
      all.push(
        ...(await Promise.all(
          Array.from({ length: 50 }, (_, at) => login(`customer-${round}-${at}@example.com`, PLANTED, `203.0.113.${at}`)),
        )),
      )
    }
    expect(countOf(all, 401)).toBeLessThanOrEqual(20)
    const told = desk
      .output()
      .split('\n')
      .filter((line) => line.includes('sign-in: many accounts fail'))
    expect(told).toHaveLength(1)
    expect(desk.output()).not.toContain(PLANTED)
    expect(desk.output()).not.toMatch(/customer-\d/)
  })
})

describe('a desk that asks for tokens', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({ ...asksForTokens, SIGN_IN_FAILING_ACCOUNTS: '10000', LOG_LEVEL: 'trace', RATE_LIMIT: 'off' })
  })
  afterAll(() => desk.dispose())
  const login = (email: string, pin: string) => speak(desk.url, '/api/auth/login', { email, pin })

  it('leaves who is signed in alone when strangers lock the account, and lets the owner open it again', async () => {
    const { body } = await login(alice.email, alice.pin)
    for (let at = 0; at < 8; at += 1) await login(alice.email, '0001')
    expect((await login(alice.email, alice.pin)).status).toBe(429)
    const look = await speak(desk.url, `/api/session/${body.session_id}`, undefined, as(body.session_token))
    expect(look.body).toMatchObject({ is_authenticated: true })
    const { body: asked } = await speak(
      desk.url,
      '/api/chat',
      { message: 'Show me my orders', session_id: body.session_id },
      as(body.session_token),
    )
    expect(asked.response).not.toMatch(/sign in/i)
    const unlock = (headers: Record<string, string>) => speak(desk.url, '/api/auth/unlock', { email: alice.email }, headers)
    expect((await unlock({})).status).toBe(401)
    expect((await unlock({ 'x-api-key': desk.adminKey() })).status).toBe(200)
    expect((await login(alice.email, alice.pin)).status).toBe(200)
  })

  it('answers who is no customer in the same words as who is, and takes as long', { timeout: 90_000 }, async () => {
    const known = ['frank', 'grace', 'hassan', 'ivy', 'jorge', 'keiko', 'liam', 'minh', 'nora', 'omar', 'priya', 'quinn'].map(
      (name) => `${name}@example.com`,
    )
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    const answers = new Set<string>()
    const timed = async (kind: 'known' | 'unknown', email: string) => {
      const start = performance.now()
      const { status, body } = await login(email, PLANTED)
      times[kind].push(performance.now() - start)
      answers.add(JSON.stringify([status, body.error?.code, body.error?.message]))
    }
    for (let round = 0; round < 4; round += 1) {
      for (const [at, email] of known.entries()) {
        // In turns, so that what else the machine does falls on both.
        const pair: Array<['known' | 'unknown', string]> = [
          ['known', email],
          ['unknown', `nobody-${at}@example.com`],
        ]
        for (const [kind, name] of at % 2 === 0 ? pair : pair.toReversed()) await timed(kind, name)
      }
    }
    expect([...answers]).toEqual([JSON.stringify([401, 'invalid_credentials', 'This e-mail address and this PIN do not belong together.'])])
    const [a, b] = [summary(times.known), summary(times.unknown)]
    const effect = Math.abs(a.mean - b.mean) / Math.sqrt((a.variance + b.variance) / 2)
    console.log(
      `a wrong PIN: known ${a.median.toFixed(1)} ms, unknown ${b.median.toFixed(1)} ms (medians of ${times.known.length}), effect size ${effect.toFixed(2)}`,
    )
    // An unknown address that skips the hash answers in a tenth of the time; a busy machine shifts medians by far less than half.
    expect(b.median).toBeGreaterThan(a.median / 2)
    expect(a.median).toBeGreaterThan(b.median / 2)
  })

  it('keeps no PIN and no card number anywhere', async () => {
    const { body } = await speak(desk.url, '/api/session/new', {})
    const own = as(body.session_token)
    const say = (message: string) => speak(desk.url, '/api/chat', { message, session_id: body.session_id }, own)
    const act = (action: object) => speak(desk.url, `/api/session/${body.session_id}/actions`, action, own)
    await say(`My PIN is ${PLANTED}`)
    await say(`My email is nobody@example.com and PIN is ${[...PLANTED].join('-')}`)
    await say('my card is 4111 1111 1111 1111, charge it')
    await say(`/setcontext text="my pin is ${PLANTED}"`)
    await act({ type: 'handoff', reason: `my PIN ${PLANTED} does not work` })
    await act({ type: 'feedback', rating: 1, comment: `my PIN is ${PLANTED}` })
    await speak(desk.url, `/api/chat/stream?${new URLSearchParams({ message: `my PIN is ${PLANTED}` })}`)
    await login('nobody@example.com', PLANTED)
    const file = new DatabaseSync(join(desk.dataDir, 'frontdesk.db'), { readOnly: true })
    const tables = file
      .prepare("select name from sqlite_master where type = 'table'")
      .all()
      .map(({ name }) => String(name))
    const rows = tables.flatMap((table) =>
      file
        .prepare(`select * from "${table}"`)
        .all()
        .map((row) => JSON.stringify({ table, ...row })),
    )
    file.close()
    expect(rows.length).toBeGreaterThan(100)
    // As a word of its own: ids have digits too.
    const kept = rows.filter((row) => new RegExp(`(?<![\\w-])${PLANTED}(?![\\w-])|4111.?1111|8-4-7-3`).test(row))
    expect(kept).toEqual([])
    expect(desk.output()).not.toMatch(new RegExp(`${PLANTED}|4111`))
    expect(rows.some((row) => row.includes('[card number removed]'))).toBe(true)
  })
})

function summary(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, variance, median: sorted[Math.floor(sorted.length / 2)] ?? 0 }
}
