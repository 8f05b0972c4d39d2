import { describe, expect, test } from 'vitest'
import { type Arrival, isLoopback, judge, type OriginPolicy } from './origins.ts'

type Headers = Arrival['headers']

/** A desk of its own machine, as it starts without settings. */
const atHome: OriginPolicy = { publicUrl: undefined, corsOrigins: [], trustedHops: 0, boundToLoopback: true }
/** A desk behind one proxy, embedded in one foreign site. */
const exposed: OriginPolicy = {
  publicUrl: new URL('https://desk.example.com'),
  corsOrigins: ['https://good.com'],
  trustedHops: 1,
  boundToLoopback: true,
}
const onNetwork: OriginPolicy = { ...atHome, boundToLoopback: false }

const from = (policy: OriginPolicy, headers: Headers, peer = '127.0.0.1') => judge({ peer, headers }, policy)
const verdict = (...asked: Parameters<typeof from>) => {
  try {
    return from(...asked).local ? 'local' : 'exposed'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a request to a desk without a public address', () => {
  test.each<[string, Headers, string, string]>([
    ['of this machine', { host: 'localhost:8000' }, '127.0.0.1', 'local'],
    ['over IPv6', { host: '[::1]:8000' }, '::1', 'local'],
    ['over IPv4 in IPv6 dress', { host: '127.0.0.1' }, '::ffff:127.0.0.1', 'local'],
    ['in upper case', { host: 'LOCALHOST:8000' }, '127.0.0.1', 'local'],
    ['from a local page', { host: 'localhost:8000', origin: 'http://localhost:3000' }, '127.0.0.1', 'local'],
    ['from a local page over https', { host: 'localhost', origin: 'https://127.0.0.1' }, '127.0.0.1', 'local'],
    ['from a foreign page', { host: 'localhost:8000', origin: 'https://evil.com' }, '127.0.0.1', 'forbidden'],
    ['from a file', { host: 'localhost:8000', origin: 'null' }, '127.0.0.1', 'forbidden'],
    ['from a page that only begins like a local one', { host: 'localhost', origin: 'http://localhost.evil.com' }, '127.0.0.1', 'forbidden'],
    ['from a page of another kind', { host: 'localhost', origin: 'chrome-extension://localhost' }, '127.0.0.1', 'forbidden'],
    ['by a name that was bent to this machine', { host: 'evil.com', origin: 'http://evil.com' }, '127.0.0.1', 'misdirected'],
    ['by the same, without an origin', { host: 'evil.com:8000' }, '127.0.0.1', 'misdirected'],
    ['by a name with a trailing dot', { host: 'localhost.:8000' }, '127.0.0.1', 'misdirected'],
    ['by a name that only begins so', { host: 'localhost.evil.com' }, '127.0.0.1', 'misdirected'],
    ['by no name', {}, '127.0.0.1', 'misdirected'],
    ['by two names', { host: ['localhost', 'evil.com'] }, '127.0.0.1', 'misdirected'],
    ['from another machine', { host: 'localhost:8000' }, '192.168.1.7', 'misdirected'],
    ['from an unknown peer', { host: 'localhost:8000' }, '', 'misdirected'],
  ])('%s', (_, headers, peer, expected) => {
    expect(verdict(atHome, headers, peer)).toBe(expected)
  })

  test.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip', 'via'])(
    'that was forwarded (%s) is not local',
    (name) => {
      expect(verdict(atHome, { host: 'localhost:8000', [name]: '127.0.0.1' })).toBe('misdirected')
    },
  )

  test.each<[string, Headers, string]>([
    ['by address', { host: '192.168.1.5:8000' }, 'exposed'],
    ['by IPv6 address', { host: '[fd00::5]:8000' }, 'exposed'],
    ['from its own page', { host: '192.168.1.5:8000', origin: 'http://192.168.1.5:8000' }, 'exposed'],
    ['from its own page under another port', { host: '192.168.1.5:8000', origin: 'http://192.168.1.5' }, 'forbidden'],
    ['by a name that could be anybody’s', { host: 'desk.lan:8000' }, 'misdirected'],
    ['by something that is neither', { host: '192.168.1.5.evil.com' }, 'misdirected'],
  ])('on an open network, %s', (_, headers, expected) => {
    expect(verdict(onNetwork, headers, '192.168.1.7')).toBe(expected)
  })
})

describe('an origin that asks an exposed desk', () => {
  const verdictOf = (origin: string | undefined) => verdict(exposed, { host: 'desk.example.com', ...(origin && { origin }) }, '10.0.0.1')

  test.each([undefined, 'https://desk.example.com', 'https://good.com'])('may: %s', (origin) => {
    expect(verdictOf(origin)).toBe('exposed')
  })

  test.each([
    'https://evil.com',
    'null',
    'https://good.com.evil.com',
    'https://evilgood.com',
    'https://sub.good.com',
    'https://good.com.',
    'https://GOOD.com',
    'https://good.com:8443',
    'https://good.com:443',
    'https://good.com/',
    'http://good.com',
    'http://desk.example.com',
    'https://gооd.com', // with a Cyrillic о
    'https://xn--gd-jlca.com',
    'https://good.com, https://evil.com',
    'http://localhost:8000',
    ' https://good.com',
  ])('may not: %s', (origin) => expect(verdictOf(origin)).toBe('forbidden'))
})

describe('the host of an exposed desk', () => {
  test.each([
    ['desk.example.com', 'exposed'],
    ['DESK.example.com', 'exposed'],
    ['desk.example.com:443', 'exposed'],
    ['desk.example.com:80', 'misdirected'],
    ['desk.example.com.', 'misdirected'],
    ['desk.example.com:8000', 'misdirected'],
    ['localhost:8000', 'misdirected'],
    ['169.254.169.254', 'misdirected'],
  ])('%s: %s', (host, expected) => expect(verdict(exposed, { host })).toBe(expected))

  test('that is this machine lets its owner be local, and the container in front of it not', () => {
    const docker = { ...exposed, publicUrl: new URL('http://localhost:8000'), corsOrigins: [] }
    expect(verdict(docker, { host: 'localhost:8000' })).toBe('local')
    expect(verdict(docker, { host: 'localhost:8000', origin: 'http://localhost:8000' }, '172.17.0.1')).toBe('exposed')
  })
})

describe('what a proxy says', () => {
  const via = (headers: Headers, trustedHops: number) =>
    from({ ...exposed, trustedHops }, { host: 'desk.example.com', ...headers }, '10.0.0.1')

  test.each<[string, string | string[] | undefined, number, string]>([
    ['is not believed unless told to', '203.0.113.9', 0, '10.0.0.1'],
    ['names the visitor', '203.0.113.9', 1, '203.0.113.9'],
    ['counts from the near end, whatever a visitor adds before it', '6.6.6.6, 203.0.113.9', 1, '203.0.113.9'],
    ['passes as many as are believed', '6.6.6.6, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['is short: then the peer counts', '203.0.113.9', 2, '10.0.0.1'],
    ['comes in two headers', ['6.6.6.6', '203.0.113.9'], 1, '203.0.113.9'],
    ['is no address', 'unknown', 1, '10.0.0.1'],
    ['is empty', '', 1, '10.0.0.1'],
    ['is missing', undefined, 1, '10.0.0.1'],
    ['is an IPv6 address', '2001:db8::1', 1, '2001:db8::1'],
    ['is IPv4 in IPv6 dress', '::ffff:203.0.113.9', 1, '203.0.113.9'],
  ])('%s', (_, chain, hops, ip) => {
    expect(via(chain === undefined ? {} : { 'x-forwarded-for': chain }, hops).ip).toBe(ip)
  })

  test('of the host counts only if it is believed', () => {
    const headers = { host: '127.0.0.1:8000', 'x-forwarded-host': 'desk.example.com' }
    expect(verdict(exposed, headers)).toBe('exposed')
    expect(verdict({ ...exposed, trustedHops: 0 }, headers)).toBe('misdirected')
    expect(verdict(exposed, { ...headers, 'x-forwarded-host': 'evil.com' })).toBe('misdirected')
  })

  test('of the encryption counts, and so does the public address', () => {
    const plain = { ...onNetwork, trustedHops: 1 }
    const proto = (value: string) => from(plain, { host: '192.168.1.5', 'x-forwarded-proto': value }).secure
    expect([proto('https'), proto('http'), proto('http, https')]).toEqual([true, false, false])
    expect(from(exposed, { host: 'desk.example.com' }).secure).toBe(true)
    expect(from(atHome, { host: 'localhost' }).secure).toBe(false)
  })
})

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::FFFF:127.0.0.1', true],
  ['128.0.0.1', false],
  ['127.0.0.1.evil.com', false],
  ['10.127.0.1', false],
  ['', false],
])('%j is of this machine: %s', (address, expected) => expect(isLoopback(address)).toBe(expected))
