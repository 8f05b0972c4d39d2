import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DeskError } from '#lib/protocol/errors.ts'
import { silent } from '#lib/session/fixtures.ts'
import type { Faults } from './faults.ts'
import { alice, ben } from './fixtures.ts'
import type { Caller } from './mcp-handler.ts'
import { tools } from './tools/all-tools.ts'
import { anOrder, errorOf, inside, keyholder, serverForTests, stranger } from './tools/fixtures.ts'
import type { PinGuard } from './tools/tool.ts'

let here: Awaited<ReturnType<typeof serverForTests>>
beforeEach(async () => {
  here = await serverForTests()
})
afterEach(() => here.close())

describe('the tools', () => {
  const names = async (caller: Caller) =>
    (await here.rpc('tools/list', {}, { caller })).result.tools.map(({ name }: { name: string }) => name)

  test('are all there for who has the key', async () => {
    expect((await names(keyholder)).sort()).toEqual([
      'cancel_order',
      'create_order',
      'get_customer',
      'get_order',
      'get_product',
      'list_orders',
      'list_products',
      'search_knowledge',
      'search_products',
      'verify_customer_pin',
    ])
  })

  test('are those of the shelf for strangers, and no other can be called', async () => {
    const open = ['get_product', 'list_products', 'search_knowledge', 'search_products']
    expect((await names(stranger)).sort()).toEqual(open)
    for (const { name } of tools.filter((tool) => !open.includes(tool.name))) {
      const { error } = await here.call(name, name === 'create_order' ? anOrder : { email: alice.email, pin: alice.pin }, {
        caller: stranger,
      })
      expect(error.message).toBe(`Tool ${name} not found`)
    }
    expect(await here.stock()).toBe(7)
  })

  test('say what they are and what they change', async () => {
    const { result } = await here.rpc('tools/list', {})
    for (const tool of result.tools) {
      expect(tool.title).toBeTruthy()
      expect(tool.description.length).toBeGreaterThan(20)
      expect(tool.inputSchema.type).toBe('object')
      expect(tool.outputSchema.type).toBe('object')
      expect(tool.annotations.openWorldHint).toBe(false)
    }
    const changing = result.tools.filter((tool: { annotations: { readOnlyHint: boolean } }) => !tool.annotations.readOnlyHint)
    expect(
      changing.map(({ name, annotations: { destructiveHint, idempotentHint } }: { name: string; annotations: Record<string, boolean> }) => [
        name,
        destructiveHint,
        idempotentHint,
      ]),
    ).toEqual([
      ['verify_customer_pin', false, false],
      ['create_order', false, false],
      ['cancel_order', true, true],
    ])
  })

  test.each(tools.map(({ name }) => name))('answer within 32 KiB, text and data together: %s', async (name) => {
    const [order] = await here.store.orders({ customerId: alice.id, status: 'submitted', limit: 1 })
    const args: Record<string, object> = {
      search_products: { query: 'a monitor or a printer' },
      get_product: { sku: 'COM-0018' },
      get_customer: { customer_id: alice.id },
      verify_customer_pin: { email: alice.email, pin: alice.pin },
      get_order: { order_id: order?.id },
      create_order: anOrder,
      cancel_order: { order_id: order?.id, customer_id: alice.id },
      search_knowledge: { query: 'returns' },
    }
    const { text, data, isError } = await here.call(name, args[name] ?? {})
    expect(isError).toBe(false)
    expect(Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(data))).toBeLessThan(32 * 1024)
  })
})

describe('an idempotency key', () => {
  test('in _meta makes one order', async () => {
    const [first, again] = [
      await here.call('create_order', anOrder, { key: 'approval-1' }),
      await here.call('create_order', anOrder, { key: 'approval-1' }),
    ]
    expect(again.data).toEqual(first.data)
    expect((await here.call('create_order', { ...anOrder, customer_id: ben.id }, { key: 'approval-1' })).text).toMatch(
      /IdempotencyKeyError: .* belongs to order/,
    )
    expect(await here.stock()).toBe(5)
  })

  test.each([7, '', 'x'.repeat(201)])('that is none (%j) is refused', async (key) => {
    expect((await here.call('create_order', anOrder, { key })).text).toMatch(/IdempotencyKeyError: frontdesk\/idempotency-key must be/)
    expect(await here.stock()).toBe(7)
  })
})

describe('the guard of PINs', () => {
  test('stands around every check from outside, with address and e-mail, and not around those of the desk', async () => {
    const attempts: object[] = []
    const guard: PinGuard = (attempt, check) => {
      attempts.push(attempt)
      return check()
    }
    expect((await here.call('verify_customer_pin', { email: alice.email, pin: alice.pin }, { guard, caller: keyholder })).isError).toBe(
      false,
    )
    await here.call('verify_customer_pin', { email: alice.email, pin: '0000' }, { guard, caller: inside })
    expect(attempts).toEqual([{ email: alice.email, ip: keyholder.ip }])
  })

  test('that is closed is said, and the PIN is not looked at', async () => {
    const guard = () => Promise.reject(new DeskError('rate_limited', 'Too many wrong PINs.'))
    const outcome = await here.call('verify_customer_pin', { email: alice.email, pin: alice.pin }, { guard, caller: keyholder })
    expect(outcome).toMatchObject(errorOf('verify_customer_pin', 'Too many wrong PINs.'))
  })
})

describe('what goes wrong inside', () => {
  test('is logged and shows nothing of itself, PINs neither', async () => {
    const logged: unknown[] = []
    const log = { ...silent, error: (details: object) => logged.push(details) }
    const guard = () => Promise.reject(new Error('SQLITE_CORRUPT in /var/lib/desk'))
    const outcome = await here.call('verify_customer_pin', { email: alice.email, pin: alice.pin }, { guard, log, caller: keyholder })
    expect(outcome).toMatchObject(errorOf('verify_customer_pin', 'Something went wrong on our side. Please try again.'))
    expect(logged).toMatchObject([{ tool: 'verify_customer_pin' }])
    expect(JSON.stringify(logged)).not.toContain(alice.pin)
  })
})

test('no answer holds a PIN or its hash', async () => {
  const { pinHash = '' } = (await here.store.customerByEmail(alice.email)) ?? {}
  const [order] = await here.store.orders({ customerId: alice.id, limit: 1 })
  const answers = await Promise.all([
    here.call('get_customer', { customer_id: alice.id }),
    here.call('verify_customer_pin', { email: alice.email, pin: alice.pin }),
    here.call('verify_customer_pin', { email: alice.email, pin: '9876' }),
    here.call('list_orders', { customer_id: alice.id }),
    here.call('get_order', { order_id: order?.id }),
  ])
  for (const answer of answers) {
    const { customer_id, ...data } = answer.data ?? {}
    const said = JSON.stringify({ ...answer, data, text: answer.text.replaceAll(alice.id, '') })
    for (const secret of [pinHash, 'argon2', 'pin_hash', 'pinHash', '9876']) expect(said).not.toContain(secret)
    expect(said).not.toMatch(/\b1234\b/)
  }
})

describe('trouble on demand', () => {
  const trouble = (faults: Partial<Faults>) => ({ faults, random: () => 0 })

  test('refuses before anything is done', async () => {
    expect(await here.call('create_order', anOrder, trouble({ error: 1 }))).toMatchObject(
      errorOf('create_order', 'The shop is out of order'),
    )
    expect(await here.stock()).toBe(7)
  })

  test('fails when the order was made', async () => {
    expect(await here.call('create_order', anOrder, { ...trouble({ half: 1 }), key: 'k' })).toMatchObject(
      errorOf('create_order', 'The shop failed after it had begun'),
    )
    expect(await here.stock()).toBe(5)
    expect((await here.call('get_product', { sku: 'MON-0054' }, trouble({ half: 1 }))).isError).toBe(false)
    expect((await here.call('create_order', anOrder, { key: 'k' })).data.status).toBe('submitted')
    expect(await here.stock()).toBe(5)
  })

  test('breaks the connection when the order was made', async () => {
    await expect(here.call('create_order', anOrder, trouble({ cut: 1 }))).rejects.toThrow('the connection was cut')
    expect(await here.stock()).toBe(5)
  })
})
