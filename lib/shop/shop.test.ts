import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silent } from '#lib/session/fixtures.ts'
import { readDemoShop } from './demo/demo-shop.ts'
import { alice, ben, NOW, PEPPER, shopForTests } from './fixtures.ts'
import { hashPin, isPin } from './pin.ts'
import { categories, orderStates } from './ports.ts'
import { fill } from './shop.ts'

describe('the demo shop', () => {
  const demo = readDemoShop(NOW)

  test('sells about two hundred products in five categories', () => {
    expect(demo.products.length).toBeGreaterThanOrEqual(200)
    for (const category of categories) {
      const skus = demo.products.filter((product) => product.category === category).map(({ sku }) => sku)
      expect(skus.length).toBeGreaterThan(30)
      for (const sku of skus) expect(sku).toMatch(new RegExp(`^${category.slice(0, 3).toUpperCase()}-\\d{4}$`))
    }
    expect(new Set(demo.products.map(({ sku }) => sku)).size).toBe(demo.products.length)
    expect(new Set(demo.products.map(({ name }) => name)).size).toBe(demo.products.length)
    expect(demo.products.some(({ stock }) => stock === 0)).toBe(true)
    expect(demo.products.filter(({ isActive }) => !isActive).length).toBeGreaterThan(2)
    for (const { priceCents, specifications } of demo.products) {
      expect(priceCents).toBeGreaterThan(500)
      expect(Object.keys(specifications).length).toBeGreaterThan(1)
    }
  })

  test('has the monitor that the articles speak of', () => {
    expect(demo.products.find(({ sku }) => sku === 'MON-0054')).toMatchObject({ priceCents: 16_685, stock: 7, isActive: true })
  })

  test('has twenty customers, each with a PIN that is not easy to guess, but for the one in the example', () => {
    expect(demo.customers).toHaveLength(20)
    const weak = /^(\d)\1{3}$|^0123|^1234|^2345|^3456|^4567|^5678|^6789|^(19|20)\d\d$/
    for (const { id, email, pin } of demo.customers) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(email).toMatch(/^[a-z]+@example\.com$/)
      expect(pin).toMatch(/^\d{4}$/)
      if (email !== alice.email) expect(pin).not.toMatch(weak)
    }
    expect(new Set(demo.customers.map(({ pin }) => pin)).size).toBe(20)
    expect(demo.customers[0]).toMatchObject({ ...alice, name: 'Alice Warren' })
  })

  test('has orders in every state, and Alice too', () => {
    for (const orders of [demo.orders, demo.orders.filter(({ customerId }) => customerId === alice.id)]) {
      expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(orderStates))
    }
    for (const order of demo.orders) {
      expect(order.createdAt).toBeLessThan(NOW)
      expect(order.updatedAt).toBeGreaterThanOrEqual(order.createdAt)
      expect(order.shipment !== undefined).toBe(order.status === 'fulfilled')
    }
  })

  test('is the same each time', () => expect(readDemoShop(NOW)).toEqual(demo))
})

describe('a shop', () => {
  let here: Awaited<ReturnType<typeof shopForTests>>
  beforeEach(async () => {
    here = await shopForTests()
  })
  afterEach(() => here.close())

  test('is filled when it opens first, and left alone afterwards', async () => {
    const other = await shopForTests({ empty: true })
    try {
      const demo = readDemoShop(NOW)
      expect(await other.store.products({})).toEqual(demo.products.toSorted((a, b) => (a.sku < b.sku ? -1 : 1)))
      expect(await other.store.orders({ limit: 100 })).toHaveLength(demo.orders.length)
      expect((await other.shop.verifyPin(ben.email, ben.pin))?.id).toBe(ben.id)
      await other.shop.place({ customerId: alice.id, items: [{ sku: 'MON-0054', quantity: 1, unitPriceCents: 16_685 }] })
      await other.reopen()
      expect((await other.store.product('MON-0054'))?.stock).toBe(6)
    } finally {
      await other.close()
    }
  })

  test('is as new when it was filled again', async () => {
    await here.shop.place({ customerId: alice.id, items: [{ sku: 'MON-0054', quantity: 1, unitPriceCents: 16_685 }] }, 'key')
    await fill(here.store, PEPPER, readDemoShop(NOW))
    expect((await here.store.product('MON-0054'))?.stock).toBe(7)
    expect(await here.store.orders({ limit: 100 })).toHaveLength(readDemoShop(NOW).orders.length)
    expect(await here.store.transact((tx) => tx.orderOfKey('key'))).toBeUndefined()
  })

  test.each([alice.email, ' Alice@Example.COM '])('knows Alice by %j and her PIN', async (email) => {
    expect(await here.shop.verifyPin(email, alice.pin)).toEqual({
      id: alice.id,
      name: 'Alice Warren',
      email: alice.email,
      role: 'customer',
      address: expect.stringContaining('Portland'),
    })
  })

  test.each([
    [alice.email, '1235'],
    [alice.email, ben.pin],
    [alice.email, ''],
    ['nobody@example.com', '1234'],
    ['', ''],
  ])('knows nobody by %j and %j', async (email, pin) => {
    expect(await here.shop.verifyPin(email, pin)).toBeUndefined()
  })

  test('has no PIN in its database', async () => {
    const { pinHash } = (await here.store.customerByEmail(alice.email)) ?? { pinHash: '' }
    expect(pinHash).toMatch(/^argon2id\$m=19456,t=2,p=1\$[\w-]{22}\$[\w-]{43}$/)
    expect(await isPin(PEPPER, alice.id, alice.pin, pinHash)).toBe(true)
    expect(await isPin('another pepper', alice.id, alice.pin, pinHash)).toBe(false)
    expect(await isPin(PEPPER, ben.id, alice.pin, pinHash)).toBe(false)
    expect(await hashPin(PEPPER, alice.id, alice.pin)).not.toBe(pinHash)
  })
})

test('a shop that strangers reach says once that the demo PINs are wrong there, and takes others', async () => {
  const said: string[] = []
  const here = await shopForTests({ refuseDemoPins: true, log: { ...silent, warn: (_, message) => said.push(message) } })
  try {
    expect(said).toEqual(['the desk is open to strangers: the PINs of the demo customers do not sign anybody in'])
    expect(await here.shop.verifyPin(alice.email, alice.pin)).toBeUndefined()
    const pin_hash = await hashPin(PEPPER, alice.id, '8305')
    await here.database.transact((db) => db.updateTable('shop_customers').set({ pin_hash }).where('id', '=', alice.id).execute())
    expect((await here.shop.verifyPin(alice.email, '8305'))?.id).toBe(alice.id)
  } finally {
    await here.close()
  }
})
