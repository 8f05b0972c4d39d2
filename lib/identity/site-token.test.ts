import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSiteTokens, looksLikeSiteToken, type SiteTokenSettings } from './site-token.ts'

const secret = 'a secret that site and desk share, long enough'
const now = 1_750_000_000
const base = {
  issuer: 'https://shop.example.com',
  audience: 'frontdesk',
  mayOrder: false,
  now: () => now * 1000,
  log: { warn: () => undefined },
}
const refused = { code: 'unauthorized', message: 'This token does not count here, or no longer.' }

interface Signing {
  header?: Record<string, unknown>
  key?: Parameters<SignJWT['sign']>[0]
}

const claims: JWTPayload = {
  iss: base.issuer,
  aud: base.audience,
  sub: 'c-17',
  name: 'Alice',
  email: 'alice@example.com',
  iat: now,
  exp: now + 600,
}
const sign = (payload: JWTPayload = claims, { header = {}, key = new TextEncoder().encode(secret) }: Signing = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header }).sign(key)
const reader = (settings: Partial<SiteTokenSettings> = {}) => createSiteTokens({ ...base, key: { secret }, ...settings })
const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name))

describe('a token that the site signed with the shared secret', () => {
  test('names the customer, until it ends', async () => {
    expect(await reader()(await sign())).toEqual({
      customer: { id: 'c-17', name: 'Alice', email: 'alice@example.com', via: 'site', mayOrder: false, until: (now + 600) * 1000 },
      subject: 'https://shop.example.com\nc-17',
    })
  })

  test('may order where the owner says so', async () => {
    expect((await reader({ mayOrder: true })(await sign())).customer.mayOrder).toBe(true)
  })

  test('needs neither name nor e-mail, nor the word JWT', async () => {
    const { customer } = await reader()(await sign({ ...without('name'), email: 'not one' }, { header: { typ: undefined } }))
    expect(customer).toEqual({ id: 'c-17', name: 'c-17', via: 'site', mayOrder: false, until: (now + 600) * 1000 })
  })

  test('may be a minute late', async () => {
    await expect(reader()(await sign({ ...claims, iat: now - 700, exp: now - 59 }))).resolves.toHaveProperty('subject')
    await expect(reader()(await sign({ ...claims, iat: now - 700, exp: now - 60 }))).rejects.toMatchObject(refused)
  })

  test.each<[string, JWTPayload]>([
    ['has ended', { ...claims, iat: now - 4000, exp: now - 3600 }],
    ['has not begun', { ...claims, nbf: now + 120 }],
    ['is of the future', { ...claims, iat: now + 120, exp: now + 600 }],
    ['never ends', without('exp')],
    ['lives for years', { ...claims, exp: now + 400 * 24 * 3600 }],
    ['lives for years and hides when it began', { ...without('iat'), exp: now + 400 * 24 * 3600 }],
    ['ends at a word', { ...claims, exp: 'tomorrow' as unknown as number }],
    ['is of another issuer', { ...claims, iss: 'https://evil.example' }],
    ['is of an issuer that begins alike', { ...claims, iss: `${base.issuer}.evil.example` }],
    ['has no issuer', without('iss')],
    ['is for somebody else', { ...claims, aud: 'another-service' }],
    ['is for nobody', without('aud')],
    ['names nobody', without('sub')],
    ['names nothing', { ...claims, sub: '' }],
    ['names a number', { ...claims, sub: 17 as unknown as string }],
    ['names what breaks a line', { ...claims, sub: 'c-17\nX-Admin: 1' }],
  ])('does not count when it %s', async (_, payload) => {
    await expect(reader()(await sign(payload))).rejects.toMatchObject(refused)
  })

  test.each(['HS384', 'HS512'])('does not count when signed by %s', async (alg) => {
    await expect(reader()(await sign(claims, { header: { alg }, key: new TextEncoder().encode(secret.repeat(2)) }))).rejects.toMatchObject(
      refused,
    )
  })

  test.each(['none', 'None', 'nOnE', 'NONE', ''])('does not count with the algorithm %j', async (alg) => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const [, body, mac] = (await sign()).split('.')
    for (const signature of ['', mac]) {
      await expect(reader()(`${encode({ alg, typ: 'JWT' })}.${body}.${signature}`)).rejects.toMatchObject(refused)
    }
    await expect(reader()(new UnsecuredJWT(claims).encode())).rejects.toMatchObject(refused)
  })

  test.each(['at+jwt', 'JWE', 'logout+jwt', 7])('does not count with the type %j', async (typ) => {
    await expect(reader()(await sign(claims, { header: { typ } }))).rejects.toMatchObject(refused)
  })

  test.each([
    { jku: 'https://evil.example/keys' },
    { x5u: 'https://evil.example/cert' },
    { jwk: { kty: 'oct', k: 'AAAA' } },
    { x5c: ['AAAA'] },
  ])('does not count when it brings a key: %j', async (header) => {
    await expect(reader()(await sign(claims, { header }))).rejects.toMatchObject(refused)
  })

  test('does not count when one character of it is another', async () => {
    const token = await sign()
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'Aa0-_.'), async (at, character) => {
        // The last character of the MAC has bits that say nothing.
        if (token[at] === character || at === token.length - 1) return
        await expect(reader()(token.slice(0, at) + character + token.slice(at + 1))).rejects.toMatchObject(refused)
      }),
      { numRuns: 60 },
    )
  })

  test('does not count when it is longer than any is', async () => {
    await expect(reader()(await sign({ ...claims, more: 'x'.repeat(5000) }))).rejects.toMatchObject(refused)
  })
})

describe('a token that the site signed with a key of its own', () => {
  let server: Server
  let url: URL
  let keys: unknown[]
  let asked: string[]
  let status = 200
  let rsa: CryptoKeyPair
  let ec: CryptoKeyPair
  let ed: CryptoKeyPair

  beforeAll(async () => {
    ;[rsa, ec, ed] = (await Promise.all(['RS256', 'ES256', 'EdDSA'].map((alg) => generateKeyPair(alg)))) as [
      CryptoKeyPair,
      CryptoKeyPair,
      CryptoKeyPair,
    ]
    keys = await Promise.all(
      [rsa, ec, ed].map(async ({ publicKey }, at) => ({ ...(await exportJWK(publicKey)), kid: `key-${at}`, use: 'sig' })),
    )
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' }).end(JSON.stringify({ keys }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys.json`)
  })
  afterAll(() => server.close())

  const byKeys = () => {
    asked = []
    return reader({ key: { jwks: url } })
  }

  test('names the customer, by each kind of key, which are asked for once', async () => {
    const read = byKeys()
    const tokens = await Promise.all(
      [
        ['RS256', rsa],
        ['ES256', ec],
        ['EdDSA', ed],
      ].map(([alg, pair], at) => sign(claims, { header: { alg, kid: `key-${at}` }, key: (pair as CryptoKeyPair).privateKey })),
    )
    for (const token of tokens) expect((await read(token)).customer.id).toBe('c-17')
    expect(asked).toEqual(['/keys.json'])
  })

  test('does not count when a secret made of the public key signed it', async () => {
    const publicKey = Buffer.from(JSON.stringify(keys[0]))
    await expect(byKeys()(await sign(claims, { header: { kid: 'key-0' }, key: publicKey }))).rejects.toMatchObject(refused)
    await expect(byKeys()(await sign())).rejects.toMatchObject(refused)
  })

  test.each(['../../etc/passwd', "x' OR '1'='1", 'key-9', ''])('does not count with the key %j', async (kid) => {
    const read = byKeys()
    await expect(read(await sign(claims, { header: { alg: 'RS256', kid }, key: rsa.privateKey }))).rejects.toMatchObject(refused)
    await expect(read(await sign(claims, { header: { alg: 'RS256', kid }, key: rsa.privateKey }))).rejects.toMatchObject(refused)
    expect(asked).toEqual(['/keys.json'])
  })

  test('does not lead anywhere else for its keys', async () => {
    const other = await generateKeyPair('RS256', { extractable: true })
    const header = { alg: 'RS256', kid: 'key-0', jku: new URL('/evil', url).href, jwk: await exportJWK(other.publicKey) }
    await expect(byKeys()(await sign(claims, { header, key: other.privateKey }))).rejects.toMatchObject(refused)
    expect(asked).toEqual([])
  })

  test.each([302, 500, 404])('cannot be told when the keys are answered %i, and they are left alone for a while', async (answer) => {
    const read = byKeys()
    const token = await sign(claims, { header: { alg: 'ES256', kid: 'key-1' }, key: ec.privateKey })
    status = answer
    for (let time = 0; time < 3; time += 1) await expect(read(token)).rejects.toMatchObject({ code: 'unavailable' })
    status = 200
    expect(asked).toEqual(['/keys.json'])
  })
})

test.each([
  ['eyJhbGciOiJIUzI1NiJ9.e30.x', true],
  ['eyJ.e30.', true],
  ['_.0.Zm9yLXNob3cteW91ci1vd24tdG9rZW4tZ29lcy1oZXJl', false],
  ['nonsense', false],
  ['', false],
])('%j is meant to be one: %s', (token, is) => expect(looksLikeSiteToken(token)).toBe(is))
