import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createAccess } from '#lib/identity/access.ts'
import { createOwnerKey } from '#lib/identity/owner-key.ts'
import { silent } from '#lib/session/fixtures.ts'
import { createMemoryStore } from '#lib/session/memory-store.ts'
import type { SessionRef, SessionStore } from '#lib/session/ports.ts'
import { admit, admitOwner, madeHeaders, sessionCookie, type Wanted } from './credentials.ts'
import type { Call } from './door.ts'
import type { House } from './house.ts'

const adminKey = 'the-key-of-the-owner,-long-enough'
const notFound = { code: 'not_found' }
let store: SessionStore
let house: House
const log = { ...silent, warn: vi.fn() }

beforeEach(() => {
  store = createMemoryStore(() => 0)
  const access = createAccess(store, 'a secret of the tests, long enough', () => 'made')
  house = { access, settings: { openSessions: undefined }, isOwnerKey: createOwnerKey(adminKey, log) } as unknown as House
})

function call(headers: Record<string, string> = {}, { local = false, settings = {} } = {}): Call {
  const origin = { local, ip: '203.0.113.9', origin: undefined, secure: true }
  const asked = { ...house, settings: { ...house.settings, ...settings } }
  return { house: asked, request: new Request('http://desk/', { headers }), params: {}, origin, requestId: 'r-1' }
}
/** A session of somebody's own, as an exposed desk makes it. */
async function own(): Promise<{ ref: SessionRef; token: string }> {
  const { ref, token = '' } = await house.access.resolve({ name: 'user-123', open: false, make: true })
  await store.transact(ref, { make: true }, async () => undefined)
  return { ref, token }
}

describe('a visitor is let to the session', () => {
  test.each<[string, (token: string) => Record<string, string>]>([
    ['Authorization', (token) => ({ authorization: `bearer ${token}` })],
    ['X-Session-Token', (token) => ({ 'x-session-token': token })],
    [
      'the cookie, from a page of the desk',
      (token) => ({ cookie: `a=b; frontdesk_session=user-123~${token}`, 'sec-fetch-site': 'same-origin' }),
    ],
    ['the cookie, from a page that was let in', (token) => ({ cookie: `frontdesk_session=user-123~${token}`, origin: 'https://good.com' })],
  ])('of its token in %s', async (_, headers) => {
    const { ref, token } = await own()
    expect(await admit(call(headers(token)), { name: 'user-123' })).toMatchObject({ actor: { role: 'visitor', ip: '203.0.113.9' }, ref })
  })

  test('of its token in the body, before any other', async () => {
    const { ref, token } = await own()
    expect(await admit(call({ 'x-session-token': 'stale' }), { name: 'user-123', token })).toHaveProperty('ref', ref)
  })

  test.each<[string, (token: string) => Record<string, string>]>([
    ['no token', () => ({})],
    ['the cookie alone, as any site can have it sent', (token) => ({ cookie: `frontdesk_session=user-123~${token}` })],
    ['the cookie of another session', (token) => ({ cookie: `frontdesk_session=user-456~${token}`, origin: 'https://good.com' })],
    ['a scheme that is none', (token) => ({ authorization: `Basic ${token}` })],
    ['a key that is not the owner’s', () => ({ 'x-api-key': `${adminKey}!` })],
    ['the owner’s key, where only visitors go', () => ({ 'x-api-key': adminKey })],
  ])('not with %s', async (_, headers) => {
    const { token } = await own()
    await expect(admit(call(headers(token)), { name: 'user-123' })).rejects.toMatchObject(notFound)
  })

  test('of its name alone at a local desk, or where names open sessions', async () => {
    const wanted: Wanted = { name: 'user-123', make: true }
    const byName = { ref: { key: 'user-123' } }
    expect(await admit(call({}, { local: true }), wanted)).toMatchObject(byName)
    expect(await admit(call({}, { settings: { openSessions: true } }), wanted)).toMatchObject(byName)
    const closed = await admit(call({}, { local: true, settings: { openSessions: false } }), wanted)
    expect(closed.ref.key).not.toBe('user-123')
  })

  test.each(['a b', '../etc', 'chat', ''])('only of a name that can be one: %j', async (name) => {
    await expect(admit(call({}, { local: true }), { name, make: true })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('the owner', () => {
  test.each([{ 'x-api-key': adminKey }, { authorization: `Bearer ${adminKey}` }])(
    'is let to any session by its key: %o',
    async (headers) => {
      const { ref } = await own()
      expect(await admit(call(headers), { name: ref.key, ownerToo: true })).toMatchObject({
        actor: { role: 'admin', ip: '203.0.113.9' },
        ref,
      })
      await expect(admit(call(headers), { name: 'nobody', ownerToo: true })).rejects.toMatchObject(notFound)
    },
  )

  test('is a visitor like any other where only visitors go', async () => {
    const { actor } = await admit(call({ 'x-api-key': adminKey }, { local: true }), { name: 'user-123', make: true })
    expect(actor.role).toBe('visitor')
  })

  test.each([undefined, '', adminKey.slice(1), adminKey.toUpperCase(), `${adminKey}\t!`])('is nobody with %j', async (key) => {
    const headers: Record<string, string> = key === undefined ? {} : { 'x-api-key': key }
    for (const localToo of [true, false]) {
      await expect(admitOwner(call(headers), { localToo })).rejects.toMatchObject({ code: 'unauthorized' })
    }
  })

  test('alone passes, or whoever sits at the machine where that is enough', async () => {
    await admitOwner(call({ 'x-api-key': adminKey }), { localToo: false })
    await admitOwner(call({}, { local: true }), { localToo: true })
    await expect(admitOwner(call({}, { local: true }), { localToo: false })).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test.each([{ 'x-api-key': 'a guess' }, { authorization: 'Bearer a-guess' }])(
    'is not found by trying at a session: %o',
    async (headers) => {
      const { ref, token } = await own()
      const guess = () => admit(call(headers), { name: 'user-123', ownerToo: true })
      for (let count = 0; count < 10; count += 1) await expect(guess()).rejects.toMatchObject(notFound)
      await expect(guess()).rejects.toMatchObject({ code: 'rate_limited' })
      // A visitor at the same address is not concerned, and a wrong token is no guess.
      expect((await admit(call({ authorization: `Bearer ${token}` }), { name: 'user-123', ownerToo: true })).ref).toEqual(ref)
    },
  )

  test('is not guessed at by what comes along where nothing needs to be shown', async () => {
    const { ref } = await house.access.resolve({ name: 'here', open: true, make: true })
    await store.transact(ref, { make: true }, async () => undefined)
    const local = call({ authorization: 'Bearer of-something-else' }, { local: true })
    for (let count = 0; count < 20; count += 1) expect((await admit(local, { name: 'here', ownerToo: true })).ref).toEqual(ref)
  })

  test('is not guessed at by visitors who show a token that has ended', async () => {
    log.warn.mockClear()
    const stale = call({ authorization: `Bearer _.0.${'a'.repeat(43)}` })
    for (let count = 0; count < 20; count += 1) {
      await expect(admit(stale, { name: 'user-123', ownerToo: true })).rejects.toMatchObject(notFound)
    }
    expect(log.warn).not.toHaveBeenCalled()
  })
})

describe('the cookie', () => {
  test('is for HTTP and this site alone, and comes back as it went', () => {
    const { 'set-cookie': cookie = '' } = madeHeaders('user-123', 'a.0.b', call().origin)
    expect(cookie.split('; ')).toEqual([
      'frontdesk_session=user-123~a.0.b',
      'Path=/',
      'HttpOnly',
      'SameSite=Lax',
      'Max-Age=2592000',
      'Secure',
    ])
    expect(sessionCookie(cookie, 'user-123')).toBe('a.0.b')
    expect(madeHeaders('a', 'b', { ...call().origin, secure: false })['set-cookie']).not.toContain('Secure')
  })

  test.each(['', 'frontdesk_session=user-1234~t', 'xfrontdesk_session=user-123~t', 'frontdesk_session=user-123'])('is not %j', (header) => {
    expect(sessionCookie(header, 'user-123')).toBeUndefined()
  })
})
