import { SignJWT } from 'jose'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createSiteTokens } from '#lib/identity/site-token.ts'
import { toDeskError, verdict } from '#lib/protocol/errors.ts'
import type { Entry } from '#lib/protocol/events.ts'
import type { Identify, Responder, SessionRef } from '#lib/session/ports.ts'
import { write } from '#lib/session/record.ts'
import { postLogin, postLogout, postSite, postUnlock } from './auth.ts'
import { getChatStream, postChat } from './chat.ts'
import type { Call } from './door.ts'
import { type Asking, alice, callTo, furnish, identifyAlice, neighbour } from './fixtures.ts'
import type { House } from './house.ts'
import { getEvents, getSession, postAction, postFeedback, postHandoff } from './sessions.ts'
import { getUiStream, postUiChat } from './ui-stream.ts'

/** Signing in and out at the HTTP doors, and what becomes of everybody who came by the old token. */

let desk: ReturnType<typeof furnish>
let house: House
let identify: Identify

beforeEach(() => {
  identify = identifyAlice
  desk = furnish({ hall: { identify: (credentials, from) => identify(credentials, from) } })
  house = desk.house
})

interface Answered {
  status: number
  body: Record<string, unknown> & { session_id: string; session_token: string; error: { code: string; message: string } }
  cookie: string | null
  retry: number | undefined
}

/** Goes through a door; what it throws is the answer that it would be. */
async function through(door: (call: Call) => Promise<Response> | Response, path: string, asking: Asking = {}): Promise<Answered> {
  try {
    const response = await door(callTo(house, path, asking))
    return { status: response.status, body: await response.json(), cookie: response.headers.get('set-cookie'), retry: undefined }
  } catch (error) {
    const { code, message, retryAfter } = toDeskError(error)
    return { status: verdict(code).status, body: { error: { code, message } } as Answered['body'], cookie: null, retry: retryAfter }
  }
}

const as = (token: string) => ({ 'x-session-token': token })
async function begun() {
  const { body } = await through(postChat, '/api/chat', { body: { message: 'Hello', session_id: 'user-123' } })
  return { id: body.session_id, token: body.session_token }
}
const login = (body: object) => through(postLogin, '/api/auth/login', { body })
const session = (token: string) => through(getSession, '/', { params: { id: 'user-123' }, headers: as(token) })

describe('signing in', () => {
  test('says who it is and gives the session a new token, in the body and as the cookie', async () => {
    const { token } = await begun()
    const { status, body, cookie } = await login({ ...alice, session_id: 'user-123', session_token: token })
    expect([status, body]).toEqual([
      200,
      {
        status: 'success',
        session_id: 'user-123',
        session_token: expect.any(String),
        customer: { customer_id: 'c-1', name: 'Alice', email: alice.email },
      },
    ])
    expect(body.session_token).not.toBe(token)
    expect(cookie).toContain(`frontdesk_session=user-123~${body.session_token};`)
    expect((await session(body.session_token)).body).toMatchObject({ is_authenticated: true, customer_info: { name: 'Alice' } })
  })

  test('begins a session where none is named', async () => {
    const { body } = await login(alice)
    expect(await through(getSession, '/', { params: { id: body.session_id }, headers: as(body.session_token) })).toMatchObject({
      status: 200,
    })
  })

  test('makes the old token void at every door', async () => {
    const { token } = await begun()
    const { body } = await login({ ...alice, session_id: 'user-123', session_token: token })
    const to = (old: string): Array<[string, Promise<Answered>]> => {
      const headers = as(old)
      const params = { id: 'user-123' }
      const own = { session_id: 'user-123', session_token: old }
      return [
        ['session', through(getSession, '/', { headers, params })],
        ['events', through(getEvents, '/?after=0', { headers, params })],
        ['stream of events', through(getEvents, '/?after=0', { headers: { ...headers, accept: 'text/event-stream' }, params })],
        ['bearer', through(getSession, '/', { headers: { authorization: `Bearer ${old}` }, params })],
        [
          'cookie',
          through(getSession, '/', { headers: { cookie: `frontdesk_session=user-123~${old}`, 'sec-fetch-site': 'same-origin' }, params }),
        ],
        ['chat', through(postChat, '/', { body: { message: 'Hi', ...own } })],
        ['actions', through(postAction, '/', { headers, params, body: { type: 'message', text: 'Hi' } })],
        ['feedback', through(postFeedback, '/', { body: { rating: 5, ...own } })],
        ['handoff', through(postHandoff, '/', { body: own })],
        ['useChat', through(postUiChat, '/', { headers, body: { id: 'user-123', messages: [{ role: 'user', content: 'Hi' }] } })],
        ['login', through(postLogin, '/', { body: { ...alice, ...own } })],
        ['logout', through(postLogout, '/', { body: own })],
      ]
    }
    for (const [door, answer] of to(token)) expect([door, (await answer).status]).toEqual([door, 404])
    expect((await through(getUiStream, '/', { headers: as(token), params: { id: 'user-123' } })).status).not.toBe(200)
    expect((await session(body.session_token)).status).toBe(200)
  })

  test.each([
    ['a wrong PIN', { ...alice, pin: '1111' }],
    ['an address that nobody has', { ...alice, email: 'nobody@example.com' }],
  ])('with %s is refused in the same words, and changes nothing', async (_, credentials) => {
    const { token } = await begun()
    const { status, body, cookie } = await login({ ...credentials, session_id: 'user-123', session_token: token })
    expect([status, body.error]).toEqual([
      401,
      { code: 'invalid_credentials', message: 'This e-mail address and this PIN do not belong together.' },
    ])
    expect(cookie).toBeNull()
    expect((await session(token)).body).toMatchObject({ is_authenticated: false })
  })

  test('that is locked says for how long, and where the shop is away, that', async () => {
    identify = async () => ({ outcome: 'locked', retryAfter: 900 })
    expect(await login(alice)).toMatchObject({ status: 429, body: { error: { code: 'locked' } }, retry: 900 })
    identify = async () => ({ outcome: 'unavailable' })
    expect(await login(alice)).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
  })

  test.each([{ pin: ['7351'] }, { pin: 7351 }, { pin: '735' }, { pin: '73512' }, { email: ['alice@example.com'] }, { email: { a: 1 } }])(
    'takes no %j',
    async (odd) => {
      const { status, body } = await login({ ...alice, ...odd })
      expect([status, body.error.code]).toEqual([400, 'invalid'])
      expect(body.error.message).not.toMatch(/7351|alice/)
    },
  )

  test('by a form or by words over HTTP hands out the new token too', async () => {
    const { token } = await begun()
    const params = { id: 'user-123' }
    const acted = await through(postAction, '/', { headers: as(token), params, body: { type: 'sign_in', ...alice } })
    expect(acted.body).toMatchObject({ type: 'ack', identity: 'verified', session_id: 'user-123', session_token: expect.any(String) })
    expect(acted.cookie).toContain(acted.body.session_token)
    const out = await through(postAction, '/', { headers: as(acted.body.session_token), params, body: { type: 'sign_out' } })
    const said = await through(postChat, '/', {
      body: {
        message: `My email is ${alice.email} and PIN is ${alice.pin}`,
        session_id: 'user-123',
        session_token: out.body.session_token,
      },
    })
    expect(said.body).toMatchObject({ response: 'Certainly.', session_token: expect.any(String) })
    expect(said.cookie).toContain(said.body.session_token)
    expect((await session(said.body.session_token)).body).toMatchObject({ is_authenticated: true })
    expect((await session(out.body.session_token)).status).toBe(404)
    expect(JSON.stringify(await session(said.body.session_token))).not.toContain(alice.pin)
  })

  test('in a stream hands it out with the end, and for useChat as the cookie', async () => {
    const { token } = await begun()
    const message = `${alice.email} ${alice.pin}`
    const streamed = await postChat(callTo(house, '/', { body: { message, session_id: 'user-123', session_token: token, stream: true } }))
    const [, renewed = ''] = /"session_token":"([^"]+)"/.exec(await streamed.text()) ?? []
    expect(streamed.headers.get('set-cookie')).toContain(renewed)
    expect((await session(renewed)).status).toBe(200)
    const ui = await postUiChat(
      callTo(house, '/', { headers: as(renewed), body: { id: 'user-123', messages: [{ role: 'user', content: message }] } }),
    )
    const [, cookie = ''] = /~([^;]+);/.exec(ui.headers.get('set-cookie') ?? '') ?? []
    expect(await ui.text()).toContain('Certainly.')
    expect((await session(cookie)).status).toBe(200)
    expect((await session(renewed)).status).toBe(404)
  })

  test('never goes through an address', async () => {
    const { token } = await begun()
    for (const message of [`${alice.email} ${alice.pin}`, 'my PIN is 7351', '4111 1111 1111 1111', 'confirm ABC234']) {
      const path = `/?${new URLSearchParams({ message, session_id: 'user-123' })}`
      expect(await through(getChatStream, path, { headers: as(token) })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid' } },
      })
    }
    expect((await session(token)).body).toMatchObject({ message_count: 2 })
  })
})

describe('who follows with the old token', () => {
  const signInNow = async (token: string) => (await login({ ...alice, session_id: 'user-123', session_token: token })).body.session_token

  test('in a stream is told that it is over, and not who has signed in', async () => {
    const { token } = await begun()
    const headers = { ...as(token), accept: 'text/event-stream' }
    const stream = await getEvents(callTo(house, '/?after=2', { headers, params: { id: 'user-123' } }))
    const text = stream.text()
    await signInNow(token)
    expect(await text).toContain('"code":"unauthorized"')
    expect(await text).not.toMatch(/Alice|identity/)
  })

  test('in a poll that waits is told nothing more', async () => {
    const { token } = await begun()
    const poll = through(getEvents, '/?after=2&wait=20', { headers: as(token), params: { id: 'user-123' } })
    await signInNow(token)
    expect(await poll).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } })
  })

  test.each(['stream', 'poll'])('in a %s is not told either what was said to sign in', async (way) => {
    const { token } = await begun()
    const headers = { ...as(token), ...(way === 'stream' && { accept: 'text/event-stream' }) }
    const params = { id: 'user-123' }
    const reading =
      way === 'stream'
        ? getEvents(callTo(house, '/?after=2', { headers, params })).then((stream) => stream.text())
        : through(getEvents, '/?after=2&wait=20', { headers, params }).then(({ body }) => JSON.stringify(body))
    await through(postAction, '/', { headers: as(token), params, body: { type: 'message', text: `${alice.email} ${alice.pin}` } })
    expect(await reading).toContain('unauthorized')
    expect(await reading).not.toMatch(/alice@|Alice/)
  })

  test('waiting for an answer does not get what is said to the customer', async () => {
    const said = Promise.withResolvers<void>()
    const slow: Responder = async function* ({ session: { customer } }) {
      await said.promise
      yield { text: `For ${customer?.name ?? 'nobody'}.`, citations: [] }
      return {}
    }
    desk = furnish({ respond: slow })
    house = desk.house
    const { ref, token = '' } = await house.access.resolve({ name: 'user-123', open: false, make: true })
    await house.sessions.begin(ref)
    const asked = through(postChat, '/', { body: { message: 'Hello', session_id: 'user-123', session_token: token } })
    await vi.waitFor(async () => expect(await house.sessions.openQuestion(ref)).toBeDefined())
    await signInNow(token)
    said.resolve()
    expect(await asked).toMatchObject({ status: 401 })
  })

  test('goes on where the name alone opens sessions', async () => {
    await through(postChat, '/', { body: { message: 'Hello', session_id: 'here' }, origin: neighbour })
    const poll = through(getEvents, '/?after=2&wait=20', { params: { id: 'here' }, origin: neighbour })
    await through(postLogin, '/', { body: { ...alice, session_id: 'here' }, origin: neighbour })
    expect((await poll).body.events).toMatchObject([{ type: 'identity', state: 'signed_in' }])
  })
})

describe('signing out', () => {
  test('leaves nobody signed in, and only its answer opens the session', async () => {
    const { token } = await begun()
    const { body } = await login({ ...alice, session_id: 'user-123', session_token: token })
    const stream = await getEvents(
      callTo(house, '/?after=0', { headers: { ...as(body.session_token), accept: 'text/event-stream' }, params: { id: 'user-123' } }),
    )
    const text = stream.text()
    const out = await through(postLogout, '/', { body: { session_id: 'user-123', session_token: body.session_token } })
    expect(out.body).toMatchObject({ status: 'success', session_token: expect.any(String) })
    expect(await text).toContain('unauthorized')
    expect((await session(body.session_token)).status).toBe(404)
    expect((await session(out.body.session_token)).body).toMatchObject({ is_authenticated: false, customer_info: null })
  })

  test('of nobody changes nothing', async () => {
    const { token } = await begun()
    expect((await through(postLogout, '/', { body: { session_id: 'user-123', session_token: token } })).body.session_token).toBe(token)
  })
})

describe('a token of the site', () => {
  const secret = 'a secret that site and desk share, long enough'
  const issuer = 'https://shop.example.com'
  const jwt = (sub: string, key = secret) =>
    new SignJWT({ name: sub })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(sub)
      .setIssuer(issuer)
      .setAudience('desk')
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(key))
  const bearing = (token: string) => ({ authorization: `Bearer ${token}` })

  beforeEach(() => {
    house.siteTokens = createSiteTokens({ key: { secret }, issuer, audience: 'desk', mayOrder: false, now: Date.now, log: house.log })
  })

  test('opens a session of its visitor, and no other', async () => {
    const [ann, ben] = [await jwt('ann'), await jwt('ben')]
    const { body } = await through(postChat, '/', { headers: bearing(ann), body: { message: 'Hello', session_id: 'cart' } })
    const read = (headers: Record<string, string>) => through(getSession, '/', { headers, params: { id: 'cart' } })
    expect((await read(bearing(ann))).body).toMatchObject({ message_count: 2, customer_info: { customer_id: 'ann' } })
    expect((await read(as(body.session_token))).body).toMatchObject({ message_count: 2 })
    expect((await read(bearing(ben))).status).toBe(404)
    expect((await read({})).status).toBe(404)
  })

  test('begins another session on each device that names none', async () => {
    const say = async () => (await through(postChat, '/', { headers: bearing(await jwt('ann')), body: { message: 'Hello' } })).body
    expect((await say()).session_id).not.toBe((await say()).session_id)
  })

  test('that does not count opens nothing', async () => {
    for (const token of [await jwt('ann', `${secret}!`), 'eyJhbGciOiJub25lIn0.e30.']) {
      expect(await through(postChat, '/', { headers: bearing(token), body: { message: 'Hello' } })).toMatchObject({ status: 401 })
      expect(await through(postSite, '/', { body: { token } })).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } })
    }
    house.siteTokens = undefined
    expect(await through(postSite, '/', { body: { token: await jwt('ann') } })).toMatchObject({ status: 401 })
  })

  test('signs a session in that is there already', async () => {
    const { token } = await begun()
    const { body } = await through(postSite, '/', { body: { token: await jwt('ann'), session_id: 'user-123', session_token: token } })
    expect(body).toMatchObject({ session_id: 'user-123', customer: { customer_id: 'ann', name: 'ann', email: '' } })
    expect((await session(token)).status).toBe(404)
    expect((await session(body.session_token)).body).toMatchObject({ message_count: 2, is_authenticated: true })
    const other = await through(postSite, '/', {
      body: { token: await jwt('ben'), session_id: 'user-123', session_token: body.session_token },
    })
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
    const foreign = await through(postSite, '/', { body: { token: await jwt('ben'), session_id: 'user-123', session_token: token } })
    expect(foreign.status).toBe(404)
  })

  test('is no key of the owner, and no guess of it', async () => {
    const isOwnerKey = vi.fn(house.isOwnerKey)
    house.isOwnerKey = isOwnerKey
    await through(getSession, '/', { headers: bearing(await jwt('ann')), params: { id: 'cart' } })
    expect(isOwnerKey).not.toHaveBeenCalled()
  })
})

describe('what is to be approved', () => {
  const request: Entry = {
    type: 'approval_request',
    approval_id: 'a-7',
    tool: 'create_order',
    summary: 'One monitor',
    card: { kind: 'order', status: 'proposed', items: [], total: '166.85', currency: 'USD' },
    digest: 'd',
    expires_at: '2099-01-01T00:00:00.000Z',
    content: 'One monitor',
  }
  const asked = async (ref: SessionRef) => desk.publish(ref, await desk.store.transact(ref, {}, (tx) => write(tx, request)))
  const events = (headers: Record<string, string>, id = 'user-123') => through(getEvents, '/?after=2', { headers, params: { id } })

  test('comes with its proofs to the visitor, and without them to the owner, whoever reads first', async () => {
    const { token } = await begun()
    const { ref } = await house.access.resolve({ name: 'user-123', token, open: false })
    await asked(ref)
    const proved = { token: 'token of a-7', code: 'A72222' }
    const owner = { 'x-api-key': 'the key of the owner' }
    for (let round = 0; round < 2; round += 1) {
      expect((await events(as(token))).body.events).toMatchObject([proved])
      expect(JSON.stringify((await events(owner, ref.key)).body)).not.toMatch(/token of|A72222/)
    }
    const abort = new AbortController()
    const asStream = { headers: { ...as(token), accept: 'text/event-stream' }, params: { id: 'user-123' }, signal: abort.signal }
    const reader = (await getEvents(callTo(house, '/?after=2', asStream))).body?.getReader()
    let text = ''
    while (!text.includes('approval_request')) text += new TextDecoder().decode((await reader?.read())?.value)
    abort.abort()
    expect(text).toContain('"token":"token of a-7","code":"A72222"')
    expect(JSON.stringify(await desk.store.read(ref, 'visitor', 0, 99))).not.toMatch(/token of|A72222/)
  })

  test('comes without them when its time is over', async () => {
    const { token } = await begun()
    const { ref } = await house.access.resolve({ name: 'user-123', token, open: false })
    await desk.store.transact(ref, {}, (tx) => write(tx, { ...request, expires_at: '2020-01-01T00:00:00.000Z' }))
    expect((await events(as(token))).body.events).toEqual([expect.not.objectContaining({ token: expect.anything() })])
  })
})

test('only the owner lets a customer try again', async () => {
  house.unlock = async (email) => email === alice.email
  const unlock = (headers: Record<string, string>) => through(postUnlock, '/', { headers, body: { email: alice.email }, origin: neighbour })
  expect((await unlock({})).status).toBe(401)
  expect((await unlock({ 'x-api-key': 'another' })).status).toBe(401)
  expect((await unlock({ 'x-api-key': 'the key of the owner' })).body).toMatchObject({ was_locked: true })
})
