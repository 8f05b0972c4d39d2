import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alice, ben, shopForTests } from './fixtures.ts'
import { totalCents } from './orders.ts'

let here: Awaited<ReturnType<typeof shopForTests>>
beforeEach(async () => {
  here = await shopForTests()
})
afterEach(() => here.close())

const monitor = { sku: 'MON-0054', quantity: 1, unitPriceCents: 16_685 }
const stockOf = async (sku: string) => (await here.store.product(sku))?.stock
const orderCount = async () => (await here.store.orders({ limit: 1000 })).length

describe('an order', () => {
  test('takes its units from the stock and is stored as it was asked for', async () => {
    const order = await here.shop.place({ customerId: alice.id, items: [{ ...monitor, quantity: 2 }] })
    expect(order).toMatchObject({ customerId: alice.id, status: 'submitted', paymentStatus: 'pending' })
    expect(totalCents(order)).toBe(33_370)
    expect(await stockOf('MON-0054')).toBe(5)
    expect(await here.shop.order(order.id)).toEqual(order)
  })

  test.each([
    ['more than there are', [{ ...monitor, quantity: 8 }], 'InsufficientInventoryError', /MON-0054: 7 available, 8 requested/],
    [
      'more than there are in two lines',
      [
        { ...monitor, quantity: 4 },
        { ...monitor, quantity: 4 },
      ],
      'InsufficientInventoryError',
      /3 available/,
    ],
    ['another price', [{ ...monitor, unitPriceCents: 1 }], 'PriceMismatchError', /costs \$166\.85, not \$0\.01/],
    ['what is not there', [{ ...monitor, sku: 'MON-9999' }], 'ProductNotFoundError', /no product MON-9999/],
    ['what is no longer sold', [{ ...monitor, sku: 'MON-0043', unitPriceCents: 6999 }], 'ProductNotFoundError', /no longer sold/],
  ])('for %s changes nothing', async (_, items, name, message) => {
    const cable = { sku: 'ACC-0023', quantity: 1, unitPriceCents: 1299 }
    const before = [await stockOf('ACC-0023'), await orderCount()]
    await expect(here.shop.place({ customerId: alice.id, items: [cable, ...items] })).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    })
    expect([await stockOf('ACC-0023'), await orderCount()]).toEqual(before)
    expect(await stockOf('MON-0054')).toBe(7)
  })

  test('of nobody is refused', async () => {
    await expect(here.shop.place({ customerId: crypto.randomUUID(), items: [monitor] })).rejects.toMatchObject({
      name: 'CustomerNotFoundError',
    })
  })

  test('is one of seven when two hundred want the last seven', async () => {
    const wishes = Array.from({ length: 200 }, () => here.shop.place({ customerId: alice.id, items: [monitor] }))
    const outcomes = await Promise.allSettled(wishes)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7)
    const refusals = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.name] : []))
    expect(new Set(refusals)).toEqual(new Set(['InsufficientInventoryError']))
    expect(await stockOf('MON-0054')).toBe(0)
  })
})

describe('a key', () => {
  test('makes one order, however often and at once it comes', async () => {
    const place = () => here.shop.place({ customerId: alice.id, items: [monitor] }, 'approval-1')
    const orders = await Promise.all([place(), place(), place()])
    orders.push(await place())
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1)
    expect(await stockOf('MON-0054')).toBe(6)
  })

  test.each([
    ['another quantity', { customerId: alice.id, items: [{ ...monitor, quantity: 2 }] }],
    ['another customer', { customerId: ben.id, items: [monitor] }],
  ])('with %s is refused', async (_, wish) => {
    await here.shop.place({ customerId: alice.id, items: [monitor] }, 'approval-1')
    await expect(here.shop.place(wish, 'approval-1')).rejects.toMatchObject({ name: 'IdempotencyKeyError' })
    expect(await stockOf('MON-0054')).toBe(6)
  })

  test('of an order that failed is free', async () => {
    const tooMany = { customerId: alice.id, items: [{ ...monitor, quantity: 8 }] }
    await expect(here.shop.place(tooMany, 'approval-1')).rejects.toMatchObject({ name: 'InsufficientInventoryError' })
    expect((await here.shop.place({ customerId: alice.id, items: [monitor] }, 'approval-1')).status).toBe('submitted')
  })

  test('is known after a restart, also when the product is gone', async () => {
    const order = await here.shop.place({ customerId: alice.id, items: [{ ...monitor, quantity: 7 }] }, 'approval-1')
    const again = await here.reopen()
    expect(await again.place({ customerId: alice.id, items: [{ ...monitor, quantity: 7 }] }, 'approval-1')).toEqual(order)
  })
})

describe('a cancellation', () => {
  test('gives the units back, once', async () => {
    const order = await here.shop.place({ customerId: alice.id, items: [{ ...monitor, quantity: 3 }] })
    here.later(1)
    const cancelled = await here.shop.cancel(order.id, alice.id)
    expect(cancelled).toMatchObject({ status: 'cancelled', paymentStatus: 'released' })
    expect(cancelled.updatedAt).toBeGreaterThan(order.updatedAt)
    expect(await here.shop.cancel(order.id, alice.id)).toEqual(cancelled)
    expect(await stockOf('MON-0054')).toBe(7)
  })

  test("of somebody else's order finds none", async () => {
    const order = await here.shop.place({ customerId: alice.id, items: [monitor] })
    await expect(here.shop.cancel(order.id, ben.id)).rejects.toMatchObject({ name: 'OrderNotFoundError' })
    expect((await here.shop.order(order.id))?.status).toBe('submitted')
  })

  test.each(['draft', 'approved', 'fulfilled'] as const)('of a %s order is refused', async (status) => {
    const [order] = await here.store.orders({ customerId: alice.id, status, limit: 1 })
    await expect(here.shop.cancel(order?.id ?? '', alice.id)).rejects.toMatchObject({ name: 'OrderStateError' })
  })
})
