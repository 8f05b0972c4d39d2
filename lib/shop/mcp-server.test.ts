import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DeskError } from '#lib/protocol/errors.ts'
import { silent } from '#lib/session/fixtures.ts'
import type { Log } from '#lib/session/ports.ts'
import { type Faults, withFaults } from './faults.ts'
import { alice, ben, shopForTests } from './fixtures.ts'
import type { Caller } from './mcp-handler.ts'
import { createShopServer, KEY_META } from './mcp-server.ts'
import { tools } from './tools/all-tools.ts'
import type { Passage, PinGuard } from './tools/tool.ts'

const inside: Caller = { reach: 'keyholders' }
const stranger: Caller = { reach: 'everyone', ip: '203.0.113.7' }
const keyholder: Caller = { reach: 'keyholders', ip: '203.0.113.8' }
const passages: Passage[] = [{ title: 'Returns', text: 'Within 30 days.', url: '/knowledge/returns' }]

let here: Awaited<ReturnType<typeof shopForTests>>
beforeEach(async () => {
  here = await shopForTests()
})
afterEach(() => here.close())

type ServerParts = { guard?: PinGuard; faults?: Partial<Faults>; random?: () => number; log?: Log }

function serverOf({ guard = (_, check) => check(), faults, random = Math.random, log = silent }: ServerParts = {}) {
  const means = { shop: here.shop, searchKnowledge: async () => passages }
  const all = withFaults(tools, { latency: 0, error: 0, half: 0, cut: 0, ...faults }, random)
  return createShopServer({ tools: all, means, guard, version: '1.0.0', log })
}

async function rpc(serve: ReturnType<typeof serverOf>, caller: Caller, method: string, params: object = {}) {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await serve(new Request('http://localhost/mcp', { method: 'POST', headers, body }), caller)
  const text = await response.text()
  const [, data = text] = /^data: (.*)$/m.exec(text) ?? []
  return JSON.parse(data)
}

async function call(
  name: string,
  args: object,
  { caller = inside, serve = serverOf(), key }: { caller?: Caller; serve?: ReturnType<typeof serverOf>; key?: unknown } = {},
) {
  const meta = key === undefined ? {} : { _meta: { [KEY_META]: key } }
  const { result, error } = await rpc(serve, caller, 'tools/call', { name, arguments: args, ...meta })
  return { text: result?.content?.[0]?.text as string, data: result?.structuredContent, isError: result?.isError === true, error }
}

const anOrder = { customer_id: alice.id, items: [{ sku: 'mon0054', quantity: 2, unit_price: '166.85' }] }
const errorOf = (tool: string, reason: string) => ({ isError: true, text: `Error executing tool ${tool}: ${reason}` })

describe('the tools', () => {
  const names = async (caller: Caller) =>
    (await rpc(serverOf(), caller, 'tools/list')).result.tools.map(({ name }: { name: string }) => name)

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
      const { error } = await call(name, name === 'create_order' ? anOrder : { email: alice.email, pin: alice.pin }, { caller: stranger })
      expect(error.message).toBe(`Tool ${name} not found`)
    }
    expect((await here.store.product('MON-0054'))?.stock).toBe(7)
  })

  test('say what they are and what they change', async () => {
    const { result } = await rpc(serverOf(), inside, 'tools/list')
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
    const { text, data, isError } = await call(name, args[name] ?? {})
    expect(isError).toBe(false)
    expect(Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(data))).toBeLessThan(32 * 1024)
  })
})

describe('the texts of the original server', () => {
  test('list_products', async () => {
    const { text, data } = await call('list_products', { category: 'Monitors', is_active: null, offset: 40 })
    expect(text.split('\n\n')[0]).toBe('Found 48 products (41 to 48):')
    expect(text).toContain(
      '\n\n[MON-0054] Seaglass 24-inch Full HD Monitor, 100 Hz\n  Category: Monitors | Price: $166.85 | Stock: 7 units\n\n',
    )
    expect(data).toMatchObject({ total: 48 })
    expect(data.products.map(({ sku }: { sku: string }) => sku)).toContain('MON-0054')
  })

  test('list_products, page by page, has every product once', async () => {
    const skus: string[] = []
    let offset: number | undefined = 0
    while (offset !== undefined) {
      const { data }: { data: { products: Array<{ sku: string }>; next_offset?: number } } = await call('list_products', { offset })
      skus.push(...data.products.map(({ sku }) => sku))
      offset = data.next_offset
    }
    expect(skus).toEqual((await here.store.products({})).map(({ sku }) => sku))
  })

  test('search_products', async () => {
    expect(await call('search_products', { query: 'mon0054' })).toMatchObject({
      text: "Found 1 product matching 'mon0054':\n\n[MON-0054] Seaglass 24-inch Full HD Monitor, 100 Hz\n  Category: Monitors | Price: $166.85 | Stock: 7 units",
      data: { total: 1, products: [{ sku: 'MON-0054', price: '166.85', currency: 'USD', stock: 7, specifications: { size_in: 24 } }] },
    })
    expect((await call('search_products', { query: 'refrigerator' })).text).toBe("No products found matching 'refrigerator'")
  })

  test('get_product', async () => {
    const { text } = await call('get_product', { sku: 'mon-0054' })
    expect(text).toContain(
      'Product: Seaglass 24-inch Full HD Monitor, 100 Hz\nSKU: MON-0054\nCategory: Monitors\nPrice: $166.85 USD\nStock: 7 units\n',
    )
    expect(text).toContain('\n  refresh_hz: 100\n')
    expect(await call('get_product', { sku: 'MON-9999' })).toMatchObject(
      errorOf('get_product', 'ProductNotFoundError: There is no product MON-9999'),
    )
  })

  test('verify_customer_pin and get_customer', async () => {
    expect(await call('verify_customer_pin', { email: alice.email, pin: alice.pin })).toMatchObject({
      text: `✓ Customer verified: Alice Warren\nCustomer ID: ${alice.id}\nEmail: alice@example.com\nRole: customer`,
      data: { customer_id: alice.id, name: 'Alice Warren', email: alice.email, role: 'customer' },
    })
    const wrong = errorOf('verify_customer_pin', 'Customer not found or PIN incorrect')
    expect(await call('verify_customer_pin', { email: alice.email, pin: '9999' })).toMatchObject(wrong)
    expect(await call('verify_customer_pin', { email: 'nobody@example.com', pin: '1234' })).toMatchObject(wrong)
    expect((await call('get_customer', { customer_id: alice.id })).text).toBe(
      `Customer: Alice Warren\nCustomer ID: ${alice.id}\nEmail: alice@example.com\nRole: customer\nAddress: 27 Pine Street, Portland, ME 04102`,
    )
  })

  test('create_order, get_order, list_orders, cancel_order', async () => {
    const { text, data } = await call('create_order', anOrder)
    const lines = (headline: string, status: string, payment: string) =>
      [
        headline,
        `Order ID: ${data.order_id}`,
        `Customer ID: ${alice.id}`,
        `Status: ${status}`,
        `Payment: ${payment}`,
        'Placed: 2026-11-25',
        'Items:',
        '  2 x [MON-0054] Seaglass 24-inch Full HD Monitor, 100 Hz at $166.85 = $333.70',
        'Total: $333.70 USD',
      ].join('\n')
    expect(text).toBe(lines('✓ Order created', 'submitted', 'pending'))
    expect(data).toMatchObject({
      status: 'submitted',
      payment_status: 'pending',
      total: '333.70',
      items: [{ sku: 'MON-0054', quantity: 2, unit_price: '166.85' }],
    })
    expect((await call('get_order', { order_id: data.order_id })).text).toBe(lines('Order', 'submitted', 'pending'))
    const listed = await call('list_orders', { customer_id: alice.id, status: 'submitted' })
    expect(listed.text).toContain(
      `Found 2 orders:\n\n[${data.order_id}]\n  Status: submitted | Payment: pending | Units: 2 | Total: $333.70 | Placed: 2026-11-25`,
    )
    const cancelled = await call('cancel_order', { order_id: data.order_id, customer_id: alice.id })
    expect(cancelled.text).toBe(lines('✓ Order cancelled', 'cancelled', 'released'))
  })

  test('an order that has left tells how', async () => {
    const [order] = await here.store.orders({ customerId: alice.id, status: 'fulfilled', limit: 1 })
    const { text, data } = await call('get_order', { order_id: order?.id })
    expect(text).toMatch(/\nShipped: 2026-11-\d\d with UPS, tracking number 1Z999AA\w+\n/)
    expect(data.shipment.tracking_number).toMatch(/^1Z999AA/)
  })

  test.each([
    ['too many', { quantity: 8 }, 'InsufficientInventoryError: Insufficient inventory for MON-0054: 7 available, 8 requested'],
    ['another price', { unit_price: '1.00' }, 'PriceMismatchError: MON-0054 costs $166.85, not $1.00'],
  ])('an order of %s', async (_, change, reason) => {
    const items = anOrder.items.map((item) => ({ ...item, ...change }))
    expect(await call('create_order', { ...anOrder, items })).toMatchObject(errorOf('create_order', reason))
  })

  test.each([
    { quantity: 0 },
    { quantity: 1001 },
    { quantity: -1 },
    { quantity: 0.5 },
    { quantity: 1e9 },
    { unit_price: '-1.00' },
    { unit_price: '1.001' },
    { currency: 'EUR' },
  ])('an order with %j is refused unread', async (change) => {
    const { text, isError } = await call('create_order', { ...anOrder, items: anOrder.items.map((item) => ({ ...item, ...change })) })
    expect(isError).toBe(true)
    expect(text).toContain('Invalid arguments for tool create_order')
  })

  test('search_knowledge', async () => {
    expect(await call('search_knowledge', { query: 'return' }, { caller: stranger })).toMatchObject({
      text: 'Found 1 passage:\n\n[Returns] /knowledge/returns\n  Within 30 days.',
      data: { passages },
    })
  })
})

describe('an idempotency key', () => {
  test('in _meta makes one order', async () => {
    const [first, again] = [
      await call('create_order', anOrder, { key: 'approval-1' }),
      await call('create_order', anOrder, { key: 'approval-1' }),
    ]
    expect(again.data).toEqual(first.data)
    expect((await call('create_order', { ...anOrder, customer_id: ben.id }, { key: 'approval-1' })).text).toMatch(
      /IdempotencyKeyError: .* belongs to order/,
    )
    expect((await here.store.product('MON-0054'))?.stock).toBe(5)
  })

  test.each([7, '', 'x'.repeat(201)])('that is none (%j) is refused', async (key) => {
    expect((await call('create_order', anOrder, { key })).text).toMatch(/IdempotencyKeyError: frontdesk\/idempotency-key must be/)
    expect((await here.store.product('MON-0054'))?.stock).toBe(7)
  })
})

describe('the guard of PINs', () => {
  test('stands around every check from outside, with address and e-mail, and not around those of the desk', async () => {
    const attempts: object[] = []
    const serve = serverOf({
      guard: (attempt, check) => {
        attempts.push(attempt)
        return check()
      },
    })
    expect((await call('verify_customer_pin', { email: alice.email, pin: alice.pin }, { serve, caller: keyholder })).isError).toBe(false)
    await call('verify_customer_pin', { email: alice.email, pin: '0000' }, { serve, caller: inside })
    expect(attempts).toEqual([{ email: alice.email, ip: keyholder.ip }])
  })

  test('that is closed is said, and the PIN is not looked at', async () => {
    const serve = serverOf({ guard: () => Promise.reject(new DeskError('rate_limited', 'Too many wrong PINs.')) })
    const outcome = await call('verify_customer_pin', { email: alice.email, pin: alice.pin }, { serve, caller: keyholder })
    expect(outcome).toMatchObject(errorOf('verify_customer_pin', 'Too many wrong PINs.'))
  })
})

describe('what goes wrong inside', () => {
  test('is logged and shows nothing of itself, PINs neither', async () => {
    const logged: unknown[] = []
    const log = { ...silent, error: (details: object) => logged.push(details) }
    const serve = serverOf({ guard: () => Promise.reject(new Error('SQLITE_CORRUPT in /var/lib/desk')), log })
    const outcome = await call('verify_customer_pin', { email: alice.email, pin: alice.pin }, { serve, caller: keyholder })
    expect(outcome).toMatchObject(errorOf('verify_customer_pin', 'Something went wrong on our side. Please try again.'))
    expect(logged).toMatchObject([{ tool: 'verify_customer_pin' }])
    expect(JSON.stringify(logged)).not.toContain(alice.pin)
  })
})

test('no answer holds a PIN or its hash', async () => {
  const { pinHash = '' } = (await here.store.customerByEmail(alice.email)) ?? {}
  const [order] = await here.store.orders({ customerId: alice.id, limit: 1 })
  const answers = await Promise.all([
    call('get_customer', { customer_id: alice.id }),
    call('verify_customer_pin', { email: alice.email, pin: alice.pin }),
    call('verify_customer_pin', { email: alice.email, pin: '9876' }),
    call('list_orders', { customer_id: alice.id }),
    call('get_order', { order_id: order?.id }),
  ])
  for (const answer of answers) {
    const { customer_id, ...data } = answer.data ?? {}
    const said = JSON.stringify({ ...answer, data, text: answer.text.replaceAll(alice.id, '') })
    for (const secret of [pinHash, 'argon2', 'pin_hash', 'pinHash', '9876']) expect(said).not.toContain(secret)
    expect(said).not.toMatch(/\b1234\b/)
  }
})

describe('trouble on demand', () => {
  const certain = { random: () => 0 }

  test('refuses before anything is done', async () => {
    expect(await call('create_order', anOrder, { serve: serverOf({ faults: { error: 1 }, ...certain }) })).toMatchObject(
      errorOf('create_order', 'The shop is out of order'),
    )
    expect((await here.store.product('MON-0054'))?.stock).toBe(7)
  })

  test('fails when the order was made', async () => {
    const serve = serverOf({ faults: { half: 1 }, ...certain })
    expect(await call('create_order', anOrder, { serve, key: 'k' })).toMatchObject(
      errorOf('create_order', 'The shop failed after it had begun'),
    )
    expect((await here.store.product('MON-0054'))?.stock).toBe(5)
    expect((await call('get_product', { sku: 'MON-0054' }, { serve })).isError).toBe(false)
    expect((await call('create_order', anOrder, { key: 'k' })).data.status).toBe('submitted')
    expect((await here.store.product('MON-0054'))?.stock).toBe(5)
  })

  test('breaks the connection when the order was made', async () => {
    await expect(call('create_order', anOrder, { serve: serverOf({ faults: { cut: 1 }, ...certain }) })).rejects.toThrow(
      'the connection was cut',
    )
    expect((await here.store.product('MON-0054'))?.stock).toBe(5)
  })
})
