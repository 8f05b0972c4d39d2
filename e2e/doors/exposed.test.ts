import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { type Sent, request as send } from '../support/request.ts'
import { TestSocket } from '../support/socket.ts'

/** The desk as strangers meet it: behind a public address, through a proxy that it was told to believe. */
const publicHeaders = { host: 'desk.example.com', 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' }

describe('an exposed desk', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({ PUBLIC_URL: 'https://desk.example.com', TRUST_PROXY: '1', CORS_ORIGINS: 'https://shop.example.com' })
  })
  afterAll(() => desk.dispose())

  const call = (
    path: string,
    { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: object } = {},
  ) => request(desk.url, path, { method, headers: { ...publicHeaders, ...headers }, body: body && JSON.stringify(body) })
  const connect = (path: string, options: { headers?: Record<string, string>; protocols?: string[] } = {}) =>
    new TestSocket(`${desk.url}${path}`, { ...options, headers: { ...publicHeaders, ...options.headers } })

  it('gives each owner a session of their own, whatever name they choose', async () => {
    const mine = await call('/api/chat', { method: 'POST', body: { message: 'How long does shipping take?', session_id: 'user-123' } })
    const theirs = await call('/api/chat', { method: 'POST', body: { message: 'Hello', session_id: 'user-123' } })
    expect(mine.body.session_id).toBe('user-123')
    expect(theirs.body.session_token).not.toBe(mine.body.session_token)
    const read = (token: string) => call('/api/session/user-123', { headers: { authorization: `Bearer ${token}` } })
    expect((await read(mine.body.session_token)).body.history[0]?.content).toBe('How long does shipping take?')
    expect((await read(theirs.body.session_token)).body.history[0]?.content).toBe('Hello')
    expect((await call('/api/session/user-123', { headers: { 'x-session-token': mine.body.session_token } })).body.message_count).toBe(2)
  })

  it('shows no session without its token, and does not tell whether there is one', async () => {
    const { body } = await call('/api/session/new', { method: 'POST' })
    const other = await call('/api/session/new', { method: 'POST' })
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: `Bearer ${other.body.session_token}` }] as Array<
      Record<string, string>
    >) {
      for (const id of [body.session_id, 'not-there']) {
        const answer = await call(`/api/session/${id}`, { headers })
        expect(answer).toMatchObject({ status: 404, body: { error: { code: 'not_found', message: 'There is no such session.' } } })
      }
    }
    const foreign = await call('/api/chat', {
      method: 'POST',
      body: { message: 'hi', session_id: body.session_id, session_token: other.body.session_token },
    })
    expect(foreign.status).toBe(404)
    expect((await call(`/api/session/${body.session_id}`, { headers: { authorization: `Bearer ${body.session_token}` } })).status).toBe(200)
  })

  it('ends a token with the session that it opened', async () => {
    const { body } = await call('/api/chat', { method: 'POST', body: { message: 'Hello' } })
    const headers = { authorization: `Bearer ${body.session_token}` }
    expect((await call(`/api/reset/${body.session_id}`, { method: 'DELETE', headers })).status).toBe(200)
    expect((await call(`/api/session/${body.session_id}`, { headers })).status).toBe(404)
  })

  it('keeps the token in a cookie that only our own pages can use', async () => {
    const { body, cookie } = await call('/api/session/new', { method: 'POST', headers: { origin: 'https://desk.example.com' } })
    expect(cookie).toMatch(/^frontdesk_session=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/)
    const [pair = ''] = cookie?.split(';') ?? []
    const path = `/api/session/${body.session_id}`
    expect((await call(path, { headers: { cookie: pair, 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
    expect((await call(path, { headers: { cookie: pair, origin: 'https://desk.example.com' } })).status).toBe(200)
    expect((await call(path, { headers: { cookie: pair } })).status).toBe(404)
    expect((await call(path, { headers: { cookie: pair, 'sec-fetch-site': 'cross-site' } })).status).toBe(404)
  })

  it.each(['/api/sessions', '/stats', '/connections'])('shows %s to the owner alone', async (path) => {
    expect((await call(path)).status).toBe(401)
    expect((await call(path, { headers: { 'x-api-key': desk.adminKey() } })).status).toBe(200)
  })

  it('lets the owner see a session by its key', async () => {
    await call('/api/chat', { method: 'POST', body: { message: 'Hello', session_id: 'seen' } })
    const { body } = await call('/api/sessions', { headers: { 'x-api-key': desk.adminKey() } })
    const key = body.sessions.find(({ session_id }: { session_id: string }) => session_id === 'seen')?.key
    expect(key).toMatch(/^seen~/)
    expect((await call(`/api/session/${key}`, { headers: { authorization: `Bearer ${desk.adminKey()}` } })).body.message_count).toBe(2)
  })

  it('shows the desk log to the owner alone', async () => {
    const asked = await call('/api/chat', { method: 'POST', body: { message: 'How long does shipping take?', session_id: 'noted' } })
    const { body } = await call('/api/sessions', { headers: { 'x-api-key': desk.adminKey() } })
    const key = body.sessions.find(({ session_id }: { session_id: string }) => session_id === 'noted')?.key
    const own = { authorization: `Bearer ${asked.body.session_token}` }
    expect((await call(`/api/session/noted/events`, { headers: own })).body.events).toHaveLength(2)
    const refused = await call('/api/session/noted/events?log=desk', { headers: own })
    expect(refused).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } })
    const shown = await call(`/api/session/${key}/events?log=desk`, { headers: { 'x-api-key': desk.adminKey() } })
    expect(shown.body).toMatchObject({
      events: [
        { type: 'answer_record', message_id: asked.body.message_id, seq: 1, retrieval: [{ source: 'shipping-times' }, {}, {}, {}, {}] },
      ],
      last_seq: 1,
    })
    expect(shown.body.events[0]).not.toHaveProperty('usage')
  })

  it.each([
    'https://evil.example',
    'http://shop.example.com',
    'https://shop.example.com.evil.example',
    'https://shop.example.com:444',
    'null',
  ])('refuses the origin %s everywhere', async (origin) => {
    const answer = await call('/api/chat', { method: 'POST', headers: { origin }, body: { message: 'Hello' } })
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    const socket = connect('/ws/chat', { headers: { origin } })
    expect(await new Promise((resolve) => socket.socket.on('unexpected-response', (_, response) => resolve(response.statusCode)))).toBe(403)
  })

  it.each(['https://shop.example.com', 'https://desk.example.com'])('lets the origin %s in, and names it', async (origin) => {
    const answer = await call('/api/chat', { method: 'POST', headers: { origin }, body: { message: 'Hello' } })
    expect(answer.status).toBe(200)
    expect(answer.headers['access-control-allow-origin']).toBe(origin)
    const preflight = await call('/api/chat', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    expect(preflight.status).toBe(204)
    expect(preflight.headers['access-control-allow-methods']).toContain('POST')
  })

  it.each(['evil.example', 'localhost:8000', '127.0.0.1', 'desk.example.com.evil.example', 'desk.example.com:81'])(
    'does not serve the host %s',
    async (host) => {
      expect((await call('/api/health', { headers: { host } })).status).toBe(421)
    },
  )

  it('does not let another page ask by an address alone', async () => {
    const path = '/api/chat/stream?message=Hello'
    expect((await call(path)).status).toBe(401)
    expect((await call(path, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect((await call(path, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
  })

  it('tells a socket nothing before it has shown the token of the session', async () => {
    const { body } = await call('/api/chat', { method: 'POST', body: { message: 'Hello' } })
    const silent = connect(`/ws/${body.session_id}`)
    await silent.open()
    silent.send('ping')
    expect(await silent.of('error')).toMatchObject({ code: 'unauthorized' })
    expect((await silent.end()).code).toBe(4001)

    const wrong = connect(`/ws/${body.session_id}`)
    await wrong.open()
    wrong.send({ type: 'hello', token: 'nonsense' })
    expect((await wrong.end()).code).toBe(4001)

    const right = connect(`/ws/${body.session_id}`)
    await right.open()
    right.send({ type: 'hello', token: body.session_token, after: 0 })
    expect(await right.of('system')).toMatchObject({ session_id: body.session_id })
    expect(await right.of('resumed')).toMatchObject({ last_seq: 2, recovered: true })
    right.close()

    const protocol = connect(`/ws/${body.session_id}`, { protocols: ['bearer', body.session_token] })
    expect(await protocol.of('system')).toMatchObject({ session_id: body.session_id })
    expect(protocol.socket.protocol).toBe('bearer')
    protocol.close()
  })

  it('gives a new socket a session with its token', async () => {
    const socket = connect('/ws/chat')
    const { session_id, session_token } = await socket.of('system')
    socket.send('Hello')
    await socket.frame((frame) => frame.type === 'message')
    const read = await call(`/api/session/${session_id}`, { headers: { authorization: `Bearer ${session_token}` } })
    expect(read.body.message_count).toBe(2)
    socket.close()
  })

  it('limits messages, and says for how long; and sockets, also those that owe a token', async () => {
    const limits = { RATE_LIMIT_MESSAGES: '3', RATE_LIMIT_SOCKETS_PER_ADDRESS: '2' }
    const limited = await startDesk({ PUBLIC_URL: 'https://desk.example.com', TRUST_PROXY: '1', ...limits })
    try {
      const send = (token?: string) =>
        request(limited.url, '/api/chat', {
          method: 'POST',
          headers: publicHeaders,
          body: JSON.stringify({ message: 'Hello', session_id: 'x', ...(token && { session_token: token }) }),
        })
      const { body } = await send()
      await send(body.session_token)
      await send(body.session_token)
      const refused = await send(body.session_token)
      expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited', retryable: true } } })
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)

      const silent = () => new TestSocket(`${limited.url}/ws/somebody`, { headers: publicHeaders })
      const waiting = [silent(), silent()]
      await Promise.all(waiting.map((socket) => socket.open()))
      const { socket: third } = silent()
      expect(await new Promise((resolve) => third.on('unexpected-response', (_, response) => resolve(response.statusCode)))).toBe(429)
      waiting[0]?.close()
      await expect
        .poll(async () => {
          const { socket } = silent()
          return new Promise((resolve) => socket.on('open', () => resolve('open')).on('unexpected-response', () => resolve('refused')))
        })
        .toBe('open')
      for (const socket of waiting) socket.close()
    } finally {
      await limited.dispose()
    }
  })

  it('names its sources by addresses that hold anywhere', async () => {
    const { body } = await call('/api/chat', { method: 'POST', body: { message: 'How long does shipping take?' } })
    expect(body.citations[0]?.url).toMatch(/^https:\/\/desk\.example\.com\/knowledge\/shipping-times#/)
  })

  it('stops listening to an address that guesses the owner’s key, and to no other', async () => {
    const from = (address: string, key: string) => {
      return call('/api/stats', { headers: { 'x-forwarded-for': address, 'x-api-key': key } })
    }
    const guesses = await Promise.all(Array.from({ length: 14 }, (_, at) => from('203.0.113.66', `guess-${at}`)))
    expect(guesses.map(({ status }) => status).sort()).toEqual([...Array(10).fill(401), ...Array(4).fill(429)])
    const refused = await from('203.0.113.66', desk.adminKey())
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited', retryable: true } } })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await from('203.0.113.67', desk.adminKey())).status).toBe(200)
    const lines = desk
      .output()
      .split('\n')
      .filter((line) => line.includes('wrong admin key') && line.includes('"ip":"203.0.113.66"'))
    expect(lines).toHaveLength(10)
    expect(desk.output()).not.toMatch(/guess-\d/)
  })

  it('refuses to start with settings that would leave it open', async () => {
    await expect(startDesk({ PUBLIC_URL: 'https://desk.example.com', RATE_LIMIT: 'off' })).rejects.toThrow(/RATE_LIMIT/)
    await expect(startDesk({ ADMIN_API_KEY: 'short' })).rejects.toThrow(/ADMIN_API_KEY: needs at least 32/)
    await expect(startDesk({ PORT: 'x', CORS_ORIGINS: 'shop', AI_TIMEOUT_MS: '-1' })).rejects.toThrow(
      /PORT: must be a number\n[\s\S]*CORS_ORIGINS[\s\S]*AI_TIMEOUT_MS: must be at least 100/,
    )
  })

  it('refuses a second process on its data', async () => {
    await expect(startDesk({ DATA_DIR: desk.dataDir })).rejects.toThrow(/in use by another Frontdesk/)
  })
})

describe('a private desk', () => {
  it('answers everybody else with the way to open it', async () => {
    const desk = await startDesk()
    try {
      for (const headers of [{ host: 'desk.example.com' }, { 'x-forwarded-for': '203.0.113.7' }, { forwarded: 'for=203.0.113.7' }] as Array<
        Record<string, string>
      >) {
        const answer = await request(desk.url, '/api/health', { method: 'GET', headers, body: undefined })
        expect(answer).toMatchObject({ status: 421, body: { error: { message: expect.stringContaining('PUBLIC_URL') } } })
      }
    } finally {
      await desk.dispose()
    }
  })
})

const request = (url: string, path: string, options: Sent) => send<Body>(url, path, options)

/** What the answers that these tests read may hold. */
interface Body {
  message_id: string
  events: unknown[]
  session_id: string
  session_token: string
  message_count: number
  history: Array<{ content: string }>
  citations: Array<{ url: string }>
  sessions: Array<{ session_id: string; key: string }>
}
