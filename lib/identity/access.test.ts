import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryStore } from '#lib/session/memory-store.ts'
import type { SessionRef, SessionStore } from '#lib/session/ports.ts'
import { createAccess, type SessionAccess } from './access.ts'

const secret = 'a secret of the tests, long enough'
const notFound = { code: 'not_found', message: 'There is no such session.' }
let store: SessionStore
let access: SessionAccess
let made: number

beforeEach(() => {
  made = 0
  store = createMemoryStore(() => 0)
  access = createAccess(store, secret, () => `made-${++made}`)
})

const begin = (ref: SessionRef) => store.transact(ref, { make: true }, async () => undefined)
const rotate = (ref: SessionRef) =>
  store.transact(ref, {}, async ({ session }) => {
    session.tokenVersion += 1
  })
/** A session of somebody's own, as an exposed desk makes it. */
async function own(name?: string) {
  const { ref, token = '' } = await access.resolve({ name, open: false, make: true })
  await begin(ref)
  return { ref, token }
}

describe('at a local desk', () => {
  const open = true

  test('a name opens its session, whoever made it', async () => {
    const { ref } = await access.resolve({ name: 'user-123', open, make: true })
    expect(ref).toEqual({ key: 'user-123', name: 'user-123', incarnation: 0 })
    await begin(ref)
    expect(await access.resolve({ name: 'user-123', open })).toEqual({ ref })
  })

  test('a name that nobody used opens nothing, unless it may begin a session', async () => {
    await expect(access.resolve({ name: 'user-123', open })).rejects.toMatchObject(notFound)
    expect(await access.resolve({ name: 'user-123', open, make: true })).toHaveProperty('token')
  })

  test('no name begins a session of its own', async () => {
    expect((await access.resolve({ open, make: true })).ref).toEqual({ key: 'made-1', name: 'made-1', incarnation: 0 })
    await expect(access.resolve({ open })).rejects.toMatchObject({ code: 'invalid' })
  })

  test('an erased name begins the next life', async () => {
    const { ref } = await access.resolve({ name: 'user-123', open, make: true })
    await begin(ref)
    await store.erase(ref.key)
    expect((await access.resolve({ name: 'user-123', open, make: true })).ref.incarnation).toBe(1)
  })

  test('a token leads to its own session, and a stale one does no harm', async () => {
    const { ref, token } = await own('user-123')
    expect(await access.resolve({ name: 'user-123', token, open })).toEqual({ ref, version: 0 })
    const other = await access.resolve({ name: 'user-123', token: 'stale', open, make: true })
    expect(other.ref.key).toBe('user-123')
  })
})

describe('at an exposed desk', () => {
  const open = false

  test('a token opens its session, before anything was said in it and after', async () => {
    const { ref, token } = await access.resolve({ open, make: true })
    const back = { name: ref.name, token, open }
    expect(await access.resolve(back)).toEqual({ ref, version: 0 })
    await begin(ref)
    expect(await access.resolve(back)).toEqual({ ref, version: 0 })
  })

  test('the same name is another session for each owner', async () => {
    const [ann, ben] = [await own('user-123'), await own('user-123')]
    expect(ann.ref.name).toBe(ben.ref.name)
    expect(ann.ref.key).not.toBe(ben.ref.key)
    expect((await access.resolve({ name: 'user-123', token: ben.token, open })).ref).toEqual(ben.ref)
  })

  test('every refusal is the same, whether there is such a session or not', async () => {
    const [ann, ben] = [await own('user-123'), await own('user-456')]
    const claims = [
      { name: 'user-123' },
      { name: 'nobody' },
      { name: ann.ref.key },
      { name: 'user-123', token: ben.token },
      { name: 'user-123', token: ben.token, make: true },
      { name: 'nobody', token: ann.token },
      { name: 'user-123', token: 'nonsense' },
      { name: 'nobody', token: 'nonsense' },
      { name: 'user-123', token: `_${ann.token.slice(22)}` },
    ]
    for (const claim of claims) await expect(access.resolve({ ...claim, open })).rejects.toMatchObject(notFound)
  })

  test('a refusal to a name without a token does not even look', async () => {
    const find = vi.spyOn(store, 'find')
    await expect(access.resolve({ name: 'user-123', open })).rejects.toMatchObject(notFound)
    expect(find).not.toHaveBeenCalled()
  })

  test('a token ends with the session and with its replacement', async () => {
    const { ref, token } = await own('user-123')
    await rotate(ref)
    await expect(access.resolve({ name: 'user-123', token, open })).rejects.toMatchObject(notFound)
    const fresh = await access.tokenOf(ref)
    expect(await access.resolve({ name: 'user-123', token: fresh, open })).toEqual({ ref, version: 1 })
    await store.erase(ref.key)
    await expect(access.resolve({ name: 'user-123', token: fresh, open })).rejects.toMatchObject(notFound)
  })

  test('the token of a session that its name alone names opens it', async () => {
    const { ref, token } = await access.resolve({ name: 'user-123', open: true, make: true })
    await begin(ref)
    expect(await access.resolve({ name: 'user-123', token, open })).toEqual({ ref, version: 0 })
  })
})

describe('a seed', () => {
  test.each([true, false])('names the same session each time (open: %s), and gives its token', async (open) => {
    const claim = { seed: 'a key of sixteen', open, make: true }
    const first = await access.resolve(claim)
    await begin(first.ref)
    const again = await access.resolve(claim)
    expect(again.ref).toEqual(first.ref)
    if (!open) expect(again.token).toBe(first.token)
    expect((await access.resolve({ ...claim, seed: 'another of sixteen' })).ref.key).not.toBe(first.ref.key)
  })

  test('opens nothing once the token was replaced', async () => {
    const claim = { seed: 'a key of sixteen', open: false, make: true }
    const { ref } = await access.resolve(claim)
    await begin(ref)
    await rotate(ref)
    await expect(access.resolve(claim)).rejects.toMatchObject(notFound)
  })

  test('goes on in the next life when its session was erased', async () => {
    const claim = { seed: 'a key of sixteen', open: false, make: true }
    const { ref } = await access.resolve(claim)
    await begin(ref)
    await store.erase(ref.key)
    const next = await access.resolve(claim)
    expect(next.ref).toEqual({ ...ref, incarnation: 1 })
    expect(await access.resolve({ name: ref.name, token: next.token, open: false })).toEqual({ ref: next.ref, version: 0 })
  })
})

describe('somebody whom a site vouches for', () => {
  const ann = { subject: 'https://shop.example.com\nann', open: false, make: true }
  const ben = { ...ann, subject: 'https://shop.example.com\nben' }

  test('has sessions of their own, under whatever name', async () => {
    const [hers, his] = [await access.resolve({ ...ann, name: 'cart' }), await access.resolve({ ...ben, name: 'cart' })]
    expect(hers.ref.key).not.toBe(his.ref.key)
    await begin(hers.ref)
    expect(await access.resolve({ ...ann, name: 'cart' })).toEqual({ ref: hers.ref, version: 0 })
    await expect(access.resolve({ ...ben, name: 'cart', make: false })).rejects.toMatchObject(notFound)
    expect((await access.resolve({ ...ann, name: 'cart', open: true })).ref).toEqual(hers.ref)
  })

  test('begins another session each time, where none is named', async () => {
    const [first, second] = [await access.resolve(ann), await access.resolve(ann)]
    expect(first.ref.key).not.toBe(second.ref.key)
    expect(first).toHaveProperty('token')
  })

  test('does not reach what was made without the site', async () => {
    const { ref } = await own('cart')
    expect((await access.resolve({ ...ann, name: 'cart' })).ref.key).not.toBe(ref.key)
  })
})

describe('the owner', () => {
  test('finds any session by its key, and no other', async () => {
    const { ref } = await own('user-123')
    expect(await access.byKey(ref.key)).toEqual(ref)
    await expect(access.byKey('user-123')).rejects.toMatchObject(notFound)
  })
})
