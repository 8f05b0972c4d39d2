import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silent, tempDirectory } from '#lib/session/fixtures.ts'
import type { Identified } from '#lib/session/ports.ts'
import type { Database } from '#lib/store/database.ts'
import { createLockoutStore } from '#lib/store/lockout-store.ts'
import { openSqlite } from '#lib/store/sqlite-database.ts'
import { createSignIn, type SignIn, type Verify } from './sign-in.ts'

/** Signing in over the real store, at a shop with two customers. */

const MINUTE = 60_000
const customers: Record<string, { pin: string; name: string }> = {
  'alice@example.com': { pin: '7351', name: 'Alice Johnson' },
  'bob@example.com': { pin: '2846', name: 'Bob Smith' },
}
const ref = { key: 's', name: 's', incarnation: 0 }

let directory: ReturnType<typeof tempDirectory>
let database: Database
let now: number
let ids: number
/** What the shop was asked, and what the log was told. */
let asked: string[]
let told: string[]
let shop: Verify
let signIn: SignIn

function open(): SignIn {
  const log = { info: () => undefined, warn: (details: object, message: string) => void told.push(`${message} ${JSON.stringify(details)}`) }
  return createSignIn({
    verify: (credentials, signal) => shop(credentials, signal),
    store: createLockoutStore(database),
    secret: 'a secret of the tests, long enough for it',
    accountsThatMayFail: 20,
    newId: () => `guess-${++ids}`,
    now: () => now,
    log,
  })
}

beforeEach(async () => {
  directory = tempDirectory()
  database = await openSqlite(directory.path, silent)
  ;[now, ids, asked, told] = [1_000_000_000_000, 0, [], []]
  shop = async ({ email, pin }) => {
    asked.push(`${email} ${pin}`)
    const customer = customers[email]
    return customer?.pin === pin ? { kind: 'verified', customer: { id: `id of ${email}`, name: customer.name, email } } : { kind: 'wrong' }
  }
  signIn = open()
})
afterEach(async () => {
  await database.close()
  directory.remove()
})

const guess = (email: string, pin: string, ip = '203.0.113.7'): Promise<Identified> =>
  signIn.identify({ email, pin }, { actor: { role: 'visitor', ip }, ref })
const outcomes = async (guesses: Array<Promise<Identified>>) => (await Promise.all(guesses)).map(({ outcome }) => outcome)
const wrongly = async (times: number, email = 'alice@example.com') => {
  for (let time = 0; time < times; time += 1) await guess(email, '0001', `198.51.${time}.1`)
}

describe('the right PIN', () => {
  test('says who it is', async () => {
    expect(await guess(' Alice@Example.com ', '7351')).toEqual({
      outcome: 'verified',
      customer: { id: 'id of alice@example.com', name: 'Alice Johnson', email: 'alice@example.com', via: 'pin', mayOrder: true },
    })
  })

  test('lets go of what was held against the account', async () => {
    for (let round = 0; round < 3; round += 1) {
      await wrongly(4)
      expect((await guess('alice@example.com', '7351')).outcome).toBe('verified')
    }
  })
})

describe('guesses at one account', () => {
  test('are looked at five times, then not for a quarter of an hour, be it right', async () => {
    await wrongly(5)
    expect(await guess('alice@example.com', '7351')).toEqual({ outcome: 'locked', retryAfter: 900 })
    now += 15 * MINUTE - 1
    expect((await guess('alice@example.com', '7351')).outcome).toBe('locked')
    now += 1
    expect((await guess('alice@example.com', '7351')).outcome).toBe('verified')
    expect(asked).toHaveLength(6)
  })

  test('after ten are not for a day, after twenty not until it is unlocked', async () => {
    await wrongly(5)
    now += 15 * MINUTE
    await wrongly(6)
    expect(await guess('alice@example.com', '7351')).toEqual({ outcome: 'locked', retryAfter: 24 * 60 * 60 })
    now += 24 * 60 * MINUTE
    await wrongly(5)
    now += 24 * 60 * MINUTE
    await wrongly(5)
    now += 365 * 24 * 60 * MINUTE
    await signIn.forget()
    expect(await guess('alice@example.com', '7351')).toEqual({ outcome: 'locked', retryAfter: 24 * 60 * 60 })
    expect(asked).toHaveLength(20)
    expect(await signIn.unlock('ALICE@example.com')).toBe(true)
    expect(await signIn.unlock('alice@example.com')).toBe(false)
    expect((await guess('alice@example.com', '7351')).outcome).toBe('verified')
  })

  test('of which 200 come at once are looked at five times', async () => {
    shop = async ({ pin }) => {
      asked.push(pin)
      await new Promise((resolve) => setImmediate(resolve))
      return { kind: 'wrong' }
    }
    const all = await outcomes(Array.from({ length: 200 }, (_, at) => guess('alice@example.com', String(1000 + at), `10.${at}.0.1`)))
    expect(asked).toHaveLength(5)
    expect(all.filter((outcome) => outcome === 'locked')).toHaveLength(195)
  })

  test('are one count over a restart', async () => {
    await wrongly(3)
    await database.close()
    database = await openSqlite(directory.path, silent)
    signIn = open()
    await wrongly(3)
    expect(asked).toHaveLength(5)
  })

  test.each([
    'ALICE@EXAMPLE.COM',
    'alice+shop@example.com',
    ' alice@example.com',
    'al ice@example.com',
    'alice@example.com.',
    'alice@example.com\u0000',
    'alice\u200b@example.com',
    'ａｌｉｃｅ@example.com',
    'alice@example．com',
    'alice+a+b@example.com..',
    'alice.@example.com',
  ])('are one count for %j', async (email) => {
    await wrongly(5)
    expect((await guess(email, '7351')).outcome).toBe('locked')
    expect(asked).toHaveLength(5)
  })

  test('are another count for another account', async () => {
    await wrongly(5)
    expect((await guess('bob@example.com', '2846')).outcome).toBe('verified')
  })

  test('of an account that nobody has end alike', async () => {
    const run = async (email: string) => {
      const all = []
      for (let time = 0; time < 7; time += 1) all.push(await guess(email, '0001', `198.51.${time}.1`))
      return all
    }
    expect(await run('nobody@example.com')).toEqual(await run('alice@example.com'))
  })
})

describe('guesses at many accounts', () => {
  const spray = (from: (at: number) => string, count = 1000) =>
    outcomes(Array.from({ length: count }, (_, at) => guess(`customer-${at}@example.com`, '1234', from(at))))

  test('from one network end after twenty, and are told of once', async () => {
    await spray((at) => `203.0.113.${at % 256}`)
    expect(asked).toHaveLength(20)
    expect(told).toEqual(['sign-in: many accounts fail from one network; it has to wait {"place":"203.0.113.0/24"}'])
    expect((await guess('alice@example.com', '7351', '203.0.113.1')).outcome).toBe('locked')
  })

  test('from one network of IPv6 too', async () => {
    await spray((at) => `2001:db8:1:${(at % 256).toString(16)}::${at.toString(16)}`)
    expect(asked).toHaveLength(20)
    expect(told).toEqual([expect.stringContaining('2001:db8:1:0::/56')])
  })

  test('from everywhere end after twenty, and are told of', async () => {
    await spray((at) => `10.${at >> 8}.${at & 0xff}.1`)
    expect(asked).toHaveLength(20)
    expect(told).toEqual(['sign-in: many accounts fail from many networks; nobody can sign in by PIN for a while {}'])
    now += 60 * MINUTE
    expect((await guess('alice@example.com', '7351', '192.0.2.1')).outcome).toBe('verified')
  })

  test('do not count for customers who get it right after all', async () => {
    for (let at = 0; at < 60; at += 1) {
      const email = `typing-${at}@example.com`
      customers[email] = { pin: '9182', name: 'A customer' }
      expect((await guess(email, '9183')).outcome).toBe('wrong')
      expect((await guess(email, '9182')).outcome).toBe('verified')
      delete customers[email]
    }
  })
})

describe('a shop that cannot be asked', () => {
  test('costs nobody a guess', async () => {
    const works = shop
    shop = async () => Promise.reject(new Error('no shop for alice@example.com 7351'))
    expect(await outcomes(Array.from({ length: 12 }, () => guess('alice@example.com', '7351')))).toContain('unavailable')
    shop = works
    expect((await guess('alice@example.com', '7351')).outcome).toBe('verified')
    expect(told.join('\n')).not.toMatch(/alice|7351/)
  })
})

test('another way to check a PIN is within the same limits', async () => {
  const check = async () => {
    asked.push('mcp')
    return undefined
  }
  for (let time = 0; time < 8; time += 1)
    expect(await signIn.guard({ email: 'alice@example.com', ip: '198.51.1.1' }, check)).toBeUndefined()
  expect(asked).toHaveLength(5)
  expect((await guess('alice@example.com', '7351')).outcome).toBe('locked')
  expect(await signIn.guard({ email: 'bob@example.com' }, async () => ({ name: 'Bob' }))).toEqual({ name: 'Bob' })
})

test('the store holds no address of anybody', async () => {
  await wrongly(6, 'somebody-special@example.com')
  const rows = [
    ...(await database.read.selectFrom('lockouts').selectAll().execute()),
    ...(await database.read.selectFrom('guesses').selectAll().execute()),
  ]
  expect(rows.length).toBeGreaterThan(5)
  expect(JSON.stringify(rows)).not.toMatch(/somebody|example|0001/)
})
