import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { alice, as, asksForTokens, speak } from '../support/sign-in.ts'
import { TestSocket } from '../support/socket.ts'

/** Who a visitor is, over every transport of a running desk: tokens that end with the ones after them, and a site that vouches. */

const secret = 'a secret that site and desk share, long enough'
const issuer = 'https://shop.example.com'
const settings = { ...asksForTokens, JWT_SECRET: secret, JWT_ISSUER: issuer, JWT_AUDIENCE: 'desk', LOG_LEVEL: 'trace' }
const words = `My email is ${alice.email} and PIN is ${alice.pin}`

let desk: DeskProcess
beforeAll(async () => {
  desk = await startDesk(settings)
})
afterAll(() => desk.dispose())

const open = async (path: string, token?: string) => {
  const socket = new TestSocket(`${desk.url}${path}`, token === undefined ? {} : { protocols: ['bearer', token] })
  await socket.open()
  return socket
}
/** A socket that follows a session. */
async function following(id: string, token: string): Promise<TestSocket> {
  const socket = await open(`/ws/${id}`, token)
  socket.send({ type: 'hello', after: 0 })
  await socket.of('resumed')
  return socket
}
async function begun() {
  const { body } = await speak(desk.url, '/api/session/new', {})
  await speak(desk.url, '/api/chat', { message: 'When are you open?', session_id: body.session_id }, as(body.session_token))
  return { id: body.session_id, token: body.session_token }
}
const look = (id: string, token: string) => speak(desk.url, `/api/session/${id}`, undefined, as(token))

/** Reads a stream of events to its end; tells how it ended and when. */
async function streamed(id: string, token: string) {
  const response = await fetch(`${desk.url}/api/session/${id}/events?after=0`, { headers: { accept: 'text/event-stream', ...as(token) } })
  const text = response.text().then((all) => ({ all, at: performance.now() }))
  return { text }
}

describe('signing in', () => {
  it('in the chat over a socket goes on there, and ends every other line that the old token opened, within a second', async () => {
    const { id, token } = await begun()
    const [signing, other, stream] = [await following(id, token), await following(id, token), await streamed(id, token)]
    const poll = speak(desk.url, `/api/session/${id}/events?after=2&wait=20`, undefined, as(token))
    const start = performance.now()
    signing.send({ type: 'message', content: words, client_msg_id: 'm-1' })
    const { session_token } = await signing.of('credential')
    expect(await signing.of('ack')).toMatchObject({ identity: 'verified', client_msg_id: 'm-1' })
    expect((await other.end()).code).toBe(4001)
    const ended = [performance.now(), (await stream.text).at]
    expect((await poll).status).toBe(401)
    expect(Math.max(...ended) - start).toBeLessThan(1000)
    expect((await stream.text).all).toMatch(/unauthorized/)
    expect(JSON.stringify([other.frames, (await stream.text).all])).not.toContain(alice.name)

    const welcome = await signing.frame(({ type, role }) => type === 'message' && role === 'assistant', signing.frames.length - 1)
    expect(welcome.content).toContain('Alice')
    expect((await look(id, token)).status).toBe(404)
    expect((await look(id, String(session_token))).body).toMatchObject({ is_authenticated: true, customer_info: { name: alice.name } })
    expect(JSON.stringify((await look(id, String(session_token))).body)).not.toContain(alice.pin)
    signing.close()
  })

  it('out ends every line, and the one who does it has the new token before', async () => {
    const { id, token } = await begun()
    const { body } = await speak(desk.url, '/api/auth/login', { email: alice.email, pin: alice.pin, session_id: id }, as(token))
    expect(body.customer).toMatchObject({ name: alice.name })
    const [signing, other, stream] = [
      await following(id, body.session_token),
      await following(id, body.session_token),
      await streamed(id, body.session_token),
    ]
    signing.send({ type: 'sign_out' })
    const { session_token } = await signing.of('credential')
    expect([(await signing.end()).code, (await other.end()).code]).toEqual([4001, 4001])
    expect((await stream.text).all).toContain('unauthorized')
    expect((await look(id, body.session_token)).status).toBe(404)
    expect((await look(id, String(session_token))).body).toMatchObject({ is_authenticated: false, customer_info: null })
  })

  it('with an old token is no way in, over any transport', async () => {
    const { id, token } = await begun()
    await speak(desk.url, '/api/auth/login', { email: alice.email, pin: alice.pin, session_id: id }, as(token))
    const socket = new TestSocket(`${desk.url}/ws/${id}`, { protocols: ['bearer', token] })
    expect(await new Promise((resolve) => socket.socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode)))).toBe(404)
    const hello = await open(`/ws/${id}`)
    hello.send({ type: 'hello', token })
    expect((await hello.end()).code).toBe(4001)
    for (const path of ['', '/status', '/events?after=0', '/events?after=0&wait=5']) {
      expect([path, (await speak(desk.url, `/api/session/${id}${path}`, undefined, as(token))).status]).toEqual([path, 404])
    }
    expect((await speak(desk.url, '/api/chat', { message: 'Hi', session_id: id }, as(token))).status).toBe(404)
    expect((await speak(desk.url, `/api/session/${id}/cookie`, {}, as(token))).status).toBe(404)
  })

  it('over HTTP alone orders with the line that confirms, and undoes', async () => {
    const { id, token } = await begun()
    let held = token
    const say = async (message: string) => {
      const { body } = await speak(desk.url, '/api/chat', { message, session_id: id }, as(held))
      held = body.session_token ?? held
      return body
    }
    expect((await say(words)).response).toContain('Alice')
    const { response, approval } = await say('I want to order MON-0054')
    expect(response).toMatch(/\nconfirm [A-Z2-9]{6}$/)
    expect(response?.endsWith(`\nconfirm ${approval?.code}`)).toBe(true)
    expect((await say(`confirm ${approval?.code}`)).response).toMatch(/placed/)
    const history = (await look(id, held)).body.history ?? []
    expect(history.map(({ content }) => content)).toContain('confirm ••••••')
    expect(JSON.stringify(history)).not.toContain(approval?.code)
    const owner = { 'x-api-key': desk.adminKey() }
    const { body: sessions } = await speak(desk.url, '/api/sessions', undefined, owner)
    const { key = '' } =
      (sessions as unknown as { sessions: Array<{ session_id: string; key: string }> }).sessions.find((one) => one.session_id === id) ?? {}
    expect(JSON.stringify(await speak(desk.url, `/api/session/${key}/events?after=0`, undefined, owner))).not.toMatch(/"code":|"token":/)
  })

  it('over a bare socket says in `system` who it is, and how to confirm', async () => {
    const socket = await open('/ws/chat')
    socket.send(words)
    expect(await socket.frame(({ type, content }) => type === 'system' && /Signed in as Alice/.test(String(content)))).toBeDefined()
    socket.send('I want to order MON-0055')
    const asked = await socket.frame(({ type, content }) => type === 'system' && /\nconfirm [A-Z2-9]{6}$/.test(String(content)))
    expect(socket.frames.filter(({ type }) => type === 'approval_request')).toEqual([])
    socket.send(String(asked.content).split('\n').at(-1) ?? '')
    expect(await socket.frame(({ type, content }) => type === 'message' && /placed/.test(String(content)))).toBeDefined()
    socket.close()
  })
})

describe('a site that vouches', () => {
  const jwt = (sub: string, key = secret, seconds = 300) =>
    new SignJWT({ name: 'Ann of the site', email: 'ann@example.com' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(sub)
      .setIssuer(issuer)
      .setAudience('desk')
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(new TextEncoder().encode(key))
  const bearing = (token: string) => ({ authorization: `Bearer ${token}` })

  it('opens a session of its visitor by each way in', async () => {
    const token = await jwt('ann')
    const inAddress = await open(`/ws/chat/auth?token=${token}`)
    const asProtocol = await open('/ws/chat', token)
    const named = await open('/ws/cart')
    named.send({ type: 'hello', token, after: 0 })
    const unnamed = await open('/ws/chat')
    unnamed.send({ type: 'hello', token, after: 0 })
    expect(await unnamed.of('credential')).toHaveProperty('session_token')
    for (const socket of [inAddress, asProtocol, named, unnamed]) {
      const { session_id } = await socket.of('system')
      const headers = socket === unnamed ? as(String((await socket.of('credential')).session_token)) : bearing(token)
      const { body } = await speak(desk.url, `/api/session/${session_id}`, undefined, headers)
      expect(body.customer_info).toEqual({ customer_id: 'ann', name: 'Ann of the site', email: 'ann@example.com' })
      socket.close()
    }
    expect((await speak(desk.url, '/api/session/cart', undefined, bearing(await jwt('ben')))).status).toBe(404)
  })

  it('that does not is let in nowhere', async () => {
    const forged = await jwt('ann', `${secret}?`)
    const refused = (socket: TestSocket) =>
      new Promise((resolve) => socket.socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode)))
    expect(await refused(new TestSocket(`${desk.url}/ws/chat/auth?token=${forged}`))).toBe(401)
    expect(await refused(new TestSocket(`${desk.url}/ws/chat/auth`))).toBe(401)
    expect(await refused(new TestSocket(`${desk.url}/ws/chat/auth?token=nonsense`))).toBe(401)
    expect(await refused(new TestSocket(`${desk.url}/ws/chat`, { protocols: ['bearer', forged] }))).toBe(401)
    const hello = await open('/ws/chat')
    hello.send({ type: 'hello', token: forged })
    expect(await hello.of('error')).toMatchObject({ code: 'unauthorized' })
    hello.close()
    for (const path of ['/api/chat', '/api/auth/site']) {
      expect((await speak(desk.url, path, { message: 'Hi', token: forged }, bearing(forged))).status).toBe(401)
    }
  })

  it('is asked in an address at /ws/chat/auth alone, and stands in no log', async () => {
    const token = await jwt('ann')
    const elsewhere = await open(`/ws/chat?token=${token}`)
    const { session_id, session_token } = await elsewhere.of('system')
    expect((await look(String(session_id), String(session_token))).body).toMatchObject({ is_authenticated: false })
    elsewhere.close()
    expect((await speak(desk.url, `/api/session/cart?token=${token}`)).status).toBe(404)
    expect(desk.output()).not.toContain(token.split('.')[2])
    expect(desk.output()).not.toMatch(/eyJ|1234/)
  })

  it('gives orders only where the owner says so', async () => {
    const { body } = await speak(
      desk.url,
      '/api/chat',
      { message: 'I want to order MON-0054' },
      bearing(await jwt('6ea330a1-a66d-48b5-91a4-c01ea887ae22')),
    )
    expect(body.approval).toBeUndefined()
  })

  it('is somebody until its token ends, and nobody then', async () => {
    // A minute is given to clocks that differ; the customer's time is the token's own.
    const { body } = await speak(desk.url, '/api/auth/site', { token: await jwt('ann', secret, 1) })
    await expect.poll(async () => (await look(body.session_id, body.session_token)).body.is_authenticated, { timeout: 5000 }).toBe(false)
  })
})

it('starts with no secret that can be guessed', async () => {
  const weak = { JWT_SECRET: 'short', JWT_ISSUER: issuer, JWT_AUDIENCE: 'desk', PIN_PEPPER: 'a'.repeat(40), SESSION_SECRET: 'changeme' }
  await expect(startDesk(weak)).rejects.toThrow(
    /SESSION_SECRET: needs at least 32[\s\S]*PIN_PEPPER: is too easy to guess[\s\S]*JWT_SECRET: needs at least 32/,
  )
})
