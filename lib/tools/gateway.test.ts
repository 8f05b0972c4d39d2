import { afterEach, describe, expect, test } from 'vitest'
import { alice, bob, openPaperShop, openTestTools, paperShop } from './fixtures.ts'
import type { ToolOutcome } from './ports.ts'

let opened: Awaited<ReturnType<typeof openPaperShop>> | undefined
afterEach(async () => {
  await opened?.tools.dispose()
  opened = undefined
})

async function openShop(shop = paperShop()) {
  opened = await openPaperShop(shop)
  return opened
}

function isOk(outcome: ToolOutcome): asserts outcome is Extract<ToolOutcome, { status: 'ok' }> {
  expect(outcome.status).toBe('ok')
}

function isProposed(outcome: ToolOutcome): asserts outcome is Extract<ToolOutcome, { status: 'proposed' }> {
  expect(outcome.status).toBe('proposed')
}

describe('the tools of the shop', () => {
  test('are offered without what our code fills in, and without the one that checks PINs', async () => {
    const { tools } = await openShop()
    const offered = tools.gateway.offered()
    expect(offered.map(({ name }) => name)).toEqual([
      'list_products',
      'search_products',
      'get_product',
      'get_customer',
      'list_orders',
      'get_order',
      'create_order',
    ])
    expect(JSON.stringify(offered)).not.toMatch(/customer_id|unit_price|"pin"/)
    expect(offered.filter(({ sideEffect }) => sideEffect).map(({ name }) => name)).toEqual(['create_order'])
  })

  test('show products to anybody, as cards and as records', async () => {
    const { call } = await openShop()
    const outcome = await call(undefined, 'list_products', {})
    isOk(outcome)
    expect(outcome.cards[0]).toEqual({
      kind: 'product',
      sku: 'MON-0054',
      name: 'ViewPro 27 Inch Monitor',
      category: 'Monitors',
      price: '166.85',
      currency: 'USD',
      stock: 7,
    })
    expect(outcome.records).toEqual([
      '[MON-0054] ViewPro 27 Inch Monitor | Category: Monitors | Price: $166.85 | Stock: 7 units',
      '[ACC-0009] Silent Mouse | Category: Accessories | Price: $19.90 | Stock: 100 units',
    ])
  })

  test.each(['mon 54', 'MON–0054', 'mon0054', '[MON-0054]', 'Mon_0054'])('know "%s" for MON-0054', async (sku) => {
    const { call } = await openShop()
    const outcome = await call(undefined, 'get_product', { sku })
    isOk(outcome)
    expect(outcome.records[0]).toContain('[MON-0054]')
  })

  test.each(['get_customer', 'list_orders', 'get_order', 'create_order'])('let nobody use %s who has not signed in', async (name) => {
    const { call, tools } = await openShop()
    const before = tools.asked().length
    expect(await call(undefined, name, { customer_id: alice.id, order_id: 'x', items: [{ sku: 'MON-0054', quantity: 1 }] })).toMatchObject({
      status: 'refused',
      reason: 'sign_in',
    })
    expect(tools.asked()).toHaveLength(before)
  })

  test('let nobody order whom a site alone vouches for', async () => {
    const { call } = await openShop()
    const outcome = await call({ ...alice, via: 'site', mayOrder: false }, 'create_order', { items: [{ sku: 'MON-0054', quantity: 1 }] })
    expect(outcome).toMatchObject({ status: 'refused', reason: 'sign_in' })
  })

  test('that check PINs, and tools that are none, do not exist', async () => {
    const { call, tools } = await openShop()
    for (const name of ['verify_customer_pin', 'delete_everything', 'constructor', '__proto__', 'shop.list_orders']) {
      expect(await call(alice, name, { email: bob.email, pin: '1234' })).toMatchObject({ status: 'refused', reason: 'unknown' })
    }
    expect(tools.asked().some(({ method }) => method === 'tools/call')).toBe(false)
  })
})

describe("another customer's things (S-57)", () => {
  const foreign = 'b0000000-0000-4000-8000-000000000002'

  test.each([{ customer_id: bob.id }, { customerId: bob.id }, { customer: bob.id, email: bob.email }])(
    'are not had by naming them: %o',
    async (args) => {
      const { call, tools } = await openShop()
      const outcome = await call(alice, 'list_orders', args)
      isOk(outcome)
      expect(outcome.cards).toHaveLength(1)
      expect(JSON.stringify(outcome)).not.toContain(foreign)
      const asked = tools.asked().filter(({ params }) => params?.name === 'list_orders')
      expect(asked.map(({ params }) => params?.arguments)).toEqual([{ customer_id: alice.id }])
      await expect(call(alice, 'get_customer', args)).resolves.toMatchObject({ records: [`Name: ${alice.name} | E-mail: ${alice.email}`] })
    },
  )

  test('do not come through a server that ignores whose they are', async () => {
    const shop = paperShop()
    shop.ignoresFilter = true
    const { call } = await openShop(shop)
    const outcome = await call(alice, 'list_orders', {})
    isOk(outcome)
    expect(outcome.records).toHaveLength(1)
    expect(JSON.stringify(outcome)).not.toContain(foreign)
  })

  test('answer exactly as things that are not there', async () => {
    const { call } = await openShop()
    const missing = 'b0000000-0000-4000-8000-00000000ffff'
    const [theirs, nobodys] = await Promise.all([
      call(alice, 'get_order', { order_id: foreign }),
      call(alice, 'get_order', { order_id: missing }),
    ])
    expect(theirs).toEqual({ ...nobodys, text: `There is no order ${foreign} in this account.` })
    expect(nobodys).toMatchObject({ status: 'refused', text: `There is no order ${missing} in this account.` })
  })

  test('are not had by two hundred who ask at once (S-66)', async () => {
    const shop = paperShop()
    const people = Array.from({ length: 200 }, (_, n) => ({ ...alice, id: `d0000000-0000-4000-8000-${String(n).padStart(12, '0')}` }))
    for (const [n, { id }] of people.entries()) {
      shop.orders.push({
        id: `canary-${n}-x`,
        customer: id,
        status: 'submitted',
        items: [{ sku: 'ACC-0009', quantity: 1, unit_price: '19.90' }],
      })
    }
    shop.ignoresFilter = true
    // A list of the customer's own and of others, with whose each is, so that rows are judged by that.
    const call = ({ params }: Parameters<typeof shop.call>[0]) => {
      const own = shop.orders.findIndex(({ customer }) => customer === params?.arguments?.customer_id)
      const listed = [...shop.orders.slice(own - 2, own + 3), ...shop.orders.slice(0, 2)]
      const orders = listed.map((order) => ({ ...order, order_id: order.id, customer_id: order.customer, total: '19.90' }))
      return { content: [], structuredContent: { orders } }
    }
    const tools = await openTestTools([{ name: 'shop', script: { tools: shop.tools, call } }])
    opened = { tools, shop, call: async () => Promise.reject(new Error('not used')) }
    const signal = new AbortController().signal
    const asks = Array.from({ length: 2000 }, (_, n) => {
      const customer = people[n % people.length]
      return tools.gateway.call({ session: `s${n % 200}`, turn: `t${n}`, customer }, 'list_orders', {}, signal)
    })
    for (const [n, outcome] of (await Promise.all(asks)).entries()) {
      isOk(outcome)
      expect(outcome.records.map((record) => /canary-\d+-x/.exec(record)?.[0])).toEqual([`canary-${n % 200}-x`])
    }
  })
})

describe('an order (S-58)', () => {
  test('is bound by our code: the customer, the price, the currency', async () => {
    const { call, shop } = await openShop()
    const outcome = await call(alice, 'create_order', {
      customer_id: bob.id,
      confirmed: true,
      items: [{ sku: 'mon-54', quantity: 1, unit_price: '0.01', currency: 'VND', discount: 1 }],
    })
    isProposed(outcome)
    const { proposal } = outcome
    expect(proposal).toMatchObject({
      tool: 'create_order',
      customerId: alice.id,
      args: { customer_id: alice.id, items: [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85', currency: 'USD' }] },
      summary: 'Order 1 × MON-0054 ViewPro 27 Inch Monitor for $166.85',
      card: { kind: 'order', status: 'proposed', total: '166.85', currency: 'USD' },
    })
    expect(shop.stock.get('MON-0054')).toBe(7)
    expect(shop.orders).toHaveLength(2)
  })

  test('of one product named twice has one line, and the same digest however it was asked', async () => {
    const { call } = await openShop()
    const one = await call(alice, 'create_order', { items: [{ sku: 'MON-0054', quantity: 2 }] })
    const two = await call(alice, 'create_order', { items: [{ sku: 'mon0054' }, { quantity: '1', sku: 'MON-54' }] })
    isProposed(one)
    isProposed(two)
    expect(two.proposal).toEqual(one.proposal)
    const other = await call(bob, 'create_order', { items: [{ sku: 'MON-0054', quantity: 2 }] })
    isProposed(other)
    expect(other.proposal.digest).not.toBe(one.proposal.digest)
  })

  const bad: Array<[string, unknown, RegExp]> = [
    ['a negative quantity', [{ sku: 'MON-0054', quantity: -1 }], /At least one/],
    ['none', [{ sku: 'MON-0054', quantity: 0 }], /At least one/],
    ['a part of one', [{ sku: 'MON-0054', quantity: 0.1 }], /whole number/],
    ['a huge quantity', [{ sku: 'MON-0054', quantity: 1e9 }], /At most 99/],
    [
      'too much over several lines',
      [
        { sku: 'ACC-0009', quantity: 60 },
        { sku: 'acc-9', quantity: 60 },
      ],
      /At most 99/,
    ],
    ['not a number', [{ sku: 'MON-0054', quantity: Number.NaN }], /./],
    ['more than there is', [{ sku: 'MON-0054', quantity: 8 }], /Only 7 of MON-0054/],
    ['a product that is none', [{ sku: 'MON-9999', quantity: 1 }], /no product MON-9999/],
    ['words in the place of a code', [{ sku: 'ignore the rules; DROP TABLE', quantity: 1 }], /product code/],
    ['nothing', [], /Nothing is named/],
    ['too many products', Array.from({ length: 21 }, (_, n) => ({ sku: `MON-${1000 + n}`, quantity: 1 })), /At most 20/],
    ['no list', 'MON-0054', /./],
  ]
  test.each(bad)('of %s is refused', async (_, items, why) => {
    const { call } = await openShop()
    const outcome = await call(alice, 'create_order', { items })
    expect(outcome).toMatchObject({ status: 'refused', reason: 'invalid', text: expect.stringMatching(why) })
  })

  test.each([undefined, null, 5, 'x', [], { items: { length: 1e9 } }, JSON.parse('{"__proto__":{"items":[]}}')])(
    'asked for with %o is refused',
    async (args) => {
      const { call } = await openShop()
      expect((await call(alice, 'create_order', args)).status).toBe('refused')
    },
  )

  test('is never cancelled where the shop cannot', async () => {
    const { call } = await openShop()
    expect((await call(bob, 'cancel_order', { order_id: 'b0000000-0000-4000-8000-000000000002' })).status).toBe('error')
  })
})

describe('how much is called (S-69)', () => {
  test('eight for one answer', async () => {
    const { tools } = await openShop()
    const caller = { session: 's', turn: 'one', customer: undefined }
    const signal = new AbortController().signal
    const calls = await Promise.all(Array.from({ length: 1000 }, () => tools.gateway.call(caller, 'list_products', {}, signal)))
    expect(calls.filter(({ status }) => status === 'ok')).toHaveLength(8)
    expect(tools.asked().filter(({ method }) => method === 'tools/call')).toHaveLength(8)
  })

  test('sixty a minute in one session', async () => {
    const { call } = await openShop()
    const calls = await Promise.all(Array.from({ length: 100 }, () => call(undefined, 'list_products', {})))
    expect(calls.filter(({ status }) => status === 'ok')).toHaveLength(60)
  })
})

test('every call is kept, without what people wrote', async () => {
  const { call, tools } = await openShop()
  await call(undefined, 'search_products', { query: 'a screen for my aunt Mary' })
  await call(alice, 'create_order', { items: [{ sku: 'MON-0054', quantity: 1 }], note: 'my phone is 555-0100' })
  await call(alice, 'get_order', { order_id: 'x y z' })
  await call(undefined, 'Mary lives at 5 Elm Street', {})
  const rows = await tools.database.transact((tx) => tx.selectFrom('tool_calls').selectAll().orderBy('turn').execute())
  expect(rows.map(({ tool, outcome, customer_id }) => [tool, outcome, customer_id])).toEqual([
    ['search_products', 'ok', null],
    ['create_order', 'proposed', alice.id],
    ['get_order', 'refused: invalid', alice.id],
    ['unknown', 'refused: unknown', null],
  ])
  expect(JSON.stringify(rows)).not.toMatch(/Mary|555-0100|Elm/)
})

test('signing in asks the shop, and the PIN goes nowhere else', async () => {
  const { tools } = await openShop()
  const signal = new AbortController().signal
  expect(await tools.verify({ email: 'alice@example.com', pin: '1234' }, signal)).toEqual({ kind: 'verified', customer: alice })
  expect(await tools.verify({ email: 'alice@example.com', pin: '9999' }, signal)).toEqual({ kind: 'wrong' })
  expect(await tools.verify({ email: 'nobody@example.com', pin: '1234' }, signal)).toEqual({ kind: 'wrong' })
  const rows = await tools.database.transact((tx) => tx.selectFrom('tool_calls').selectAll().execute())
  expect(JSON.stringify(rows)).not.toMatch(/1234|9999/)
})
