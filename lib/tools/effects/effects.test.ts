import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as demo from '#lib/shop/fixtures.ts'
import { alice } from '../fixtures.ts'
import { closeAll, context, Died, desk, embedded, foreign, type House, places, propose } from './fixtures.ts'

// The PINs of the demo shop are hashed once for all tests, which takes its time.
beforeAll(async () => (await demo.shopForTests()).close(), 60_000)
afterEach(closeAll)

describe.each([
  ['the shop of the desk', embedded],
  ['a shop without keys', foreign],
] as Array<[string, () => Promise<House>]>)('an approved order, with %s', (_, openHouse) => {
  test('is placed once, and told of as the shop has it', async () => {
    const house = await openHouse()
    const given = context(house.customer, await propose(house))
    const outcome = await desk(house).run(given)
    const [id] = await house.orders()
    expect(outcome.text).toMatch(new RegExp(`^Your order ${id} is placed: 1 × MON-0054 .*, \\$166\\.85\\.`))
    expect(outcome.cards).toMatchObject([{ kind: 'order', order_id: id, status: 'submitted', total: '166.85' }])
    expect(outcome.toolCalls).toEqual([{ name: 'create_order', status: 'ok' }])
    expect(outcome.handoff).toBeUndefined()
    expect((await desk(house).run(given)).text).toBe(outcome.text)
    expect(await house.orders()).toHaveLength(1)
  })

  test('is placed once by twenty who carry it out at the same time', async () => {
    const house = await openHouse()
    const given = context(house.customer, await propose(house))
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => desk(house).run(given)))
    expect(await house.orders()).toHaveLength(1)
    expect(new Set(outcomes.map(({ text }) => text)).size).toBe(1)
  })

  test.each(places)('is placed at most once when the process dies %s', async (dies) => {
    const house = await openHouse()
    const given = context(house.customer, await propose(house))
    await expect(desk(house, { dies }).run(given)).rejects.toThrow(Died)
    const second = desk(house)
    const began = second.now()
    const outcome = await second.run(given)
    expect(second.now() - began).toBeLessThan(30_000)
    const orders = await house.orders()
    // Only a shop without keys, and only when it was about to be sent, leaves open what happened: then a person is told.
    const isLost = openHouse === foreign && dies === 'after marking'
    expect(orders).toHaveLength(isLost ? 0 : 1)
    if (isLost)
      expect(outcome).toMatchObject({
        text: expect.stringMatching(/could not find out.*do not order it again/),
        handoff: expect.any(String),
      })
    else expect(outcome.text).toContain(`Your order ${orders[0]} is placed`)
    expect((await desk(house).run(given)).text).toBe(outcome.text)
    expect(await house.orders()).toHaveLength(orders.length)
  })

  test('whose answer is lost every time is found by looking', async () => {
    const house = await openHouse()
    const outcome = await desk(house, { answers: false }).run(context(house.customer, await propose(house)))
    expect(await house.orders()).toHaveLength(1)
    // The shop of the desk is asked again with the same key, which here stays without an answer too.
    expect(outcome.handoff === undefined).toBe(openHouse === foreign)
  })

  test('is not begun for somebody who has signed out, nor while the shop is away', async () => {
    const house = await openHouse()
    const proposal = await propose(house)
    expect((await desk(house).run(context(undefined, proposal))).text).toMatch(/not signed in any more/)
    expect((await desk(house).run(context({ ...house.customer, id: 'other' }, proposal))).text).toMatch(/not signed in any more/)
    expect((await desk(house, { isAway: true }).run(context(house.customer, proposal))).text).toMatch(
      /cannot be reached.*Nothing was changed/,
    )
    expect(await house.tools.store.effect('approval-1')).toBeUndefined()
    expect(await house.orders()).toHaveLength(0)
  })
})

describe('the shop refuses', () => {
  test('when too little is left by then', async () => {
    const house = await foreign()
    const given = context(house.customer, await propose(house))
    house.shop.stock.set('MON-0054', 0)
    const outcome = await desk(house).run(given)
    expect(outcome.text).toMatch(/not enough of this in stock any more, so nothing was ordered/)
    expect(outcome.toolCalls).toEqual([{ name: 'create_order', status: 'refused' }])
    house.shop.stock.set('MON-0054', 7)
    // What was refused is over: it is not ordered when there is enough again.
    expect((await desk(house).run(given)).text).toBe(outcome.text)
    expect(await house.orders()).toEqual([])
  })

  test('when the price is another by then', async () => {
    const house = await embedded()
    const proposal = await propose(house)
    const items = (proposal.args.items as object[]).map((item) => ({ ...item, unit_price: '100.00' }))
    const outcome = await desk(house).run(context(house.customer, { ...proposal, args: { ...proposal.args, items } }))
    expect(outcome.text).toMatch(/price has changed/)
    expect(await house.orders()).toEqual([])
  })
})

describe('what was ordered is taken back', () => {
  async function ordered() {
    const house = await embedded()
    const proposal = await propose(house)
    const here = desk(house)
    const done = await here.run(context(house.customer, proposal))
    return { house, proposal, here, done, undo: context(house.customer, proposal, { kind: 'undo' }) }
  }

  test('within two minutes, once', async () => {
    const { house, here, done, undo } = await ordered()
    expect(done.cards).toMatchObject([{ undo: { effect_id: 'approval-1', until: new Date(here.now() + 120_000).toISOString() } }])
    here.later(119_000)
    const outcome = await here.run(undo)
    expect(outcome.text).toMatch(/is cancelled/)
    expect(await house.orders()).toEqual([])
    here.later(600_000)
    expect((await here.run(undo)).text).toBe(outcome.text)
  })

  test('not after them', async () => {
    const { house, here, undo } = await ordered()
    here.later(121_000)
    expect((await here.run(undo)).text).toMatch(/two minutes .* are over/)
    expect(await house.orders()).toHaveLength(1)
  })

  test.each(places)('once, when the process dies %s', async (dies) => {
    const { house, undo } = await ordered()
    await expect(desk(house, { dies }).run(undo)).rejects.toThrow(Died)
    const outcome = await desk(house).run(undo)
    const orders = await house.orders()
    if (orders.length === 0) expect(outcome.text).toMatch(/is cancelled/)
    else expect(outcome.handoff).toBeDefined()
  })

  test('by cancelling it as asked', async () => {
    const { house } = await ordered()
    const [order_id] = await house.orders()
    const proposal = await propose(house, 'cancel_order', { order_id })
    expect(proposal.summary).toMatch(/^Cancel order .* \(1 × MON-0054/)
    const outcome = await desk(house).run(context(house.customer, proposal, { id: 'approval-2' }))
    expect(outcome.text).toBe(`Order ${order_id} is cancelled. Nothing of it will be sent to you.`)
    expect(await house.orders()).toEqual([])
  })
})

test('an older order of the same things is not taken for the one that got lost', async () => {
  const house = await foreign()
  const older = { id: 'a-older', customer: alice.id, status: 'submitted', items: [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85' }] }
  house.shop.orders.push(older)
  const given = context(house.customer, await propose(house))
  await expect(desk(house, { dies: 'after marking' }).run(given)).rejects.toThrow(Died)
  const outcome = await desk(house).run(given)
  expect(outcome.text).toMatch(/could not find out/)
  expect(outcome.cards).toBeUndefined()
})

test('what was sent for a session that is gone is looked into', async () => {
  const house = await foreign()
  await expect(desk(house, { dies: 'while it is done' }).run(context(house.customer, await propose(house)))).rejects.toThrow(Died)
  const here = desk(house)
  await here.sweep(new AbortController().signal)
  expect((await house.tools.store.effect('approval-1'))?.state).toBe('sent')
  here.later(61_000)
  await here.sweep(new AbortController().signal)
  expect(await house.tools.store.effect('approval-1')).toMatchObject({ state: 'done', result: { card: { status: 'submitted' } } })
  expect(await house.orders()).toHaveLength(1)
})
