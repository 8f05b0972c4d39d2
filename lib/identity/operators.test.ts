import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silent, tempDirectory } from '#lib/session/fixtures.ts'
import { createOperatorStore } from '#lib/store/operator-store.ts'
import { openSqlite } from '#lib/store/sqlite-database.ts'
import { createOperators, type Operators } from './operators.ts'

let time: number
let operators: Operators
let database: Awaited<ReturnType<typeof openSqlite>>
let directory: ReturnType<typeof tempDirectory>
let first: { login: string; password: string }

beforeEach(async () => {
  time = Date.UTC(2026, 0, 1)
  directory = tempDirectory()
  database = await openSqlite(directory.path, silent)
  let count = 0
  operators = createOperators({ store: createOperatorStore(database), newId: () => `o-${++count}`, now: () => time, log: silent })
  first = (await operators.makeFirst()) ?? expect.fail('no account was made')
})
afterEach(async () => {
  await database.close()
  directory.remove()
})

const ip = '198.51.100.7'
const HOUR = 3600_000
const signIn = (login = first.login, password = first.password, from = ip) => operators.signIn(login, password, from)
const who = async (secret: string) => (await operators.bySecret(secret))?.account.login

describe('the first account', () => {
  test('is made once, with a password that nobody else has', async () => {
    expect(first.password).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{4}$/)
    expect(await operators.makeFirst()).toBeUndefined()
    expect(await operators.all()).toMatchObject([{ login: 'admin', role: 'admin', disabled: false }])
    expect(JSON.stringify(await operators.all())).not.toContain('argon2')
  })
})

describe('signing in', () => {
  test('gives a secret that says who it is, however the login is written', async () => {
    const { secret, account } = await signIn(' ADMIN ')
    expect(account).toMatchObject({ login: 'admin', role: 'admin' })
    expect(await who(secret)).toBe('admin')
    expect(await who(`${secret}x`)).toBeUndefined()
  })

  test('tells nothing of what is wrong', async () => {
    const wrong = await signIn('admin', 'wrong').catch((error) => error)
    const unknown = await signIn('nobody', 'wrong').catch((error) => error)
    expect([wrong.code, wrong.message]).toEqual([unknown.code, unknown.message])
  })

  test('is refused after five wrong passwords, the right one too, in a hundred at once as well', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 100 }, (_, at) => signIn('admin', 'wrong', `198.51.100.${at}`)))
    const codes = tries.map((one) => (one.status === 'rejected' ? one.reason.code : 'in'))
    expect(codes.filter((code) => code === 'unauthorized')).toHaveLength(5)
    await expect(signIn()).rejects.toMatchObject({ code: 'rate_limited' })
  })

  test('is refused to an address that tries many logins', async () => {
    for (let count = 0; count < 20; count += 1) await signIn(`guess-${count}`, 'wrong').catch(() => undefined)
    await expect(signIn('admin', first.password)).rejects.toMatchObject({ code: 'rate_limited' })
    await signIn('admin', first.password, '203.0.113.9')
  })

  test('ends after eight hours without a sign of life, and after a week', async () => {
    const { secret } = await signIn()
    time += 8 * HOUR
    expect(await who(secret)).toBe('admin')
    time += 8 * HOUR + 1
    expect(await who(secret)).toBeUndefined()
    const { secret: another } = await signIn()
    for (let hours = 0; hours <= 7 * 24; hours += 7) {
      expect(await who(another)).toBe('admin')
      time += 7 * HOUR
    }
    expect(await who(another)).toBeUndefined()
  })
})

describe('who may not work here any more', () => {
  let olivia: { id: string; secret: string }
  let ended: number
  beforeEach(async () => {
    const { account, password } = await operators.add({ login: 'Olivia', name: 'Olivia', role: 'operator' })
    olivia = { id: account.id, secret: (await signIn('olivia', password)).secret }
    ended = 0
    operators.onEnd(account.id, () => {
      ended += 1
    })
  })

  test('is out at once when switched off', async () => {
    await operators.change(olivia.id, { disabled: true })
    expect([await who(olivia.secret), ended]).toEqual([undefined, 1])
  })

  test('is out at once when the role changes', async () => {
    await operators.change(olivia.id, { role: 'admin' })
    expect([await who(olivia.secret), ended]).toEqual([undefined, 1])
  })

  test('is out at once when the password changes, and the old one is void', async () => {
    const password = await operators.setPassword(olivia.id)
    expect([await who(olivia.secret), ended]).toEqual([undefined, 1])
    await signIn('olivia', password)
  })

  test('is out at once after signing out', async () => {
    await operators.signOut(olivia.secret)
    expect([await who(olivia.secret), ended]).toEqual([undefined, 1])
  })

  test('is never the last admin', async () => {
    const [admin] = await operators.all()
    await expect(operators.change(admin?.id ?? '', { disabled: true })).rejects.toMatchObject({ code: 'conflict' })
    await expect(operators.change(admin?.id ?? '', { role: 'operator' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('has a login of their own', async () => {
    await expect(operators.add({ login: 'OLIVIA', name: 'Another', role: 'operator' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('has a password that is long enough', async () => {
    await expect(operators.setPassword(olivia.id, 'short')).rejects.toMatchObject({ code: 'invalid' })
  })
})
