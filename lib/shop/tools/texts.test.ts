import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alice, ben } from '../fixtures.ts'
import { anOrder, errorOf, passages, serverForTests, stranger } from './fixtures.ts'

let here: Awaited<ReturnType<typeof serverForTests>>
beforeEach(async () => {
  here = await serverForTests()
})
afterEach(() => here.close())

describe('the texts of the original server', () => {
  test('list_products', async () => {
    const { text, data } = await here.call('list_products', { category: 'Monitors', is_active: null, offset: 40 })
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
      const { data }: { data: { products: Array<{ sku: string }>; next_offset?: number } } = await here.call('list_products', { offset })
      skus.push(...data.products.map(({ sku }) => sku))
      offset = data.next_offset
    }
    expect(skus).toEqual((await here.store.products({})).map(({ sku }) => sku))
  })

  test('search_products', async () => {
    expect(await here.call('search_products', { query: 'mon0054' })).toMatchObject({
      text: "Found 1 product matching 'mon0054':\n\n[MON-0054] Seaglass 24-inch Full HD Monitor, 100 Hz\n  Category: Monitors | Price: $166.85 | Stock: 7 units",
      data: { total: 1, products: [{ sku: 'MON-0054', price: '166.85', currency: 'USD', stock: 7, specifications: { size_in: 24 } }] },
    })
    expect((await here.call('search_products', { query: 'refrigerator' })).text).toBe("No products found matching 'refrigerator'")
  })

  test('get_product', async () => {
    const { text } = await here.call('get_product', { sku: 'mon-0054' })
    expect(text).toContain(
      'Product: Seaglass 24-inch Full HD Monitor, 100 Hz\nSKU: MON-0054\nCategory: Monitors\nPrice: $166.85 USD\nStock: 7 units\n',
    )
    expect(text).toContain('\n  refresh_hz: 100\n')
    expect(await here.call('get_product', { sku: 'MON-9999' })).toMatchObject(
      errorOf('get_product', 'ProductNotFoundError: There is no product MON-9999'),
    )
  })

  test('verify_customer_pin and get_customer', async () => {
    expect(await here.call('verify_customer_pin', { email: alice.email, pin: alice.pin })).toMatchObject({
      text: `✓ Customer verified: Alice Warren\nCustomer ID: ${alice.id}\nEmail: alice@example.com\nRole: customer`,
      data: { customer_id: alice.id, name: 'Alice Warren', email: alice.email, role: 'customer' },
    })
    const wrong = errorOf('verify_customer_pin', 'Customer not found or PIN incorrect')
    expect(await here.call('verify_customer_pin', { email: alice.email, pin: '9999' })).toMatchObject(wrong)
    expect(await here.call('verify_customer_pin', { email: 'nobody@example.com', pin: '1234' })).toMatchObject(wrong)
    expect((await here.call('get_customer', { customer_id: alice.id })).text).toBe(
      `Customer: Alice Warren\nCustomer ID: ${alice.id}\nEmail: alice@example.com\nRole: customer\nAddress: 27 Pine Street, Portland, ME 04102`,
    )
  })

  test('create_order, get_order, list_orders, cancel_order', async () => {
    const { text, data } = await here.call('create_order', anOrder)
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
    expect((await here.call('get_order', { order_id: data.order_id })).text).toBe(lines('Order', 'submitted', 'pending'))
    const listed = await here.call('list_orders', { customer_id: alice.id, status: 'submitted' })
    expect(listed.text).toContain(
      `Found 2 orders:\n\n[${data.order_id}]\n  Status: submitted | Payment: pending | Units: 2 | Total: $333.70 | Placed: 2026-11-25`,
    )
    const cancelled = await here.call('cancel_order', { order_id: data.order_id, customer_id: alice.id })
    expect(cancelled.text).toBe(lines('✓ Order cancelled', 'cancelled', 'released'))
  })

  test('an order that has left tells how', async () => {
    const [order] = await here.store.orders({ customerId: alice.id, status: 'fulfilled', limit: 1 })
    const { text, data } = await here.call('get_order', { order_id: order?.id })
    expect(text).toMatch(/\nShipped: 2026-11-\d\d with UPS, tracking number 1Z999AA\w+\n/)
    expect(data.shipment.tracking_number).toMatch(/^1Z999AA/)
  })

  test.each([
    ['too many', { quantity: 8 }, 'InsufficientInventoryError: Insufficient inventory for MON-0054: 7 available, 8 requested'],
    ['another price', { unit_price: '1.00' }, 'PriceMismatchError: MON-0054 costs $166.85, not $1.00'],
  ])('an order of %s', async (_, change, reason) => {
    const items = anOrder.items.map((item) => ({ ...item, ...change }))
    expect(await here.call('create_order', { ...anOrder, items })).toMatchObject(errorOf('create_order', reason))
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
    const { text, isError } = await here.call('create_order', { ...anOrder, items: anOrder.items.map((item) => ({ ...item, ...change })) })
    expect(isError).toBe(true)
    expect(text).toContain('Invalid arguments for tool create_order')
  })

  test('search_knowledge', async () => {
    expect(await here.call('search_knowledge', { query: 'return' }, { caller: stranger })).toMatchObject({
      text: 'Found 1 passage:\n\n[Returns] /knowledge/returns\n  Within 30 days.',
      data: { passages },
    })
  })
})

test('a list of orders ends where an answer is full, with the latest', async () => {
  const sold = (await here.store.products({ isActive: true })).filter(({ stock }) => stock > 10).slice(0, 50)
  const items = sold.map(({ sku, priceCents }) => ({ sku, quantity: 1, unitPriceCents: priceCents }))
  for (let count = 0; count < 10; count += 1) {
    here.later(1)
    await here.shop.place({ customerId: ben.id, items })
  }
  const { text, data } = await here.call('list_orders', { customer_id: ben.id })
  expect(Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(data))).toBeLessThan(32 * 1024)
  const latest = (await here.store.orders({ customerId: ben.id, limit: data.orders.length })).map(({ id }) => id)
  expect(data.orders.map(({ order_id }: { order_id: string }) => order_id)).toEqual(latest)
  expect(text).toMatch(new RegExp(`^Found ${latest.length} orders:`))
})
