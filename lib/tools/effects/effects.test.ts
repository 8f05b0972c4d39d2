import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { silent } from '#lib/session/fixtures.ts'
import type { Approval, Customer, Proposal, SessionRecord, TurnContext } from '#lib/session/ports.ts'
import { openEmbeddedShop } from '#lib/shop/embedded.ts'
import * as demo from '#lib/shop/fixtures.ts'
import { alice, openTestTools, paperShop } from '../fixtures.ts'
import { NoAnswer } from '../mcp/server.ts'
import type { ToolStore } from '../ports.ts'
import { createShopClient, type ShopClient } from '../shop/client.ts'
import { createEffects } from './effects.ts'
import { createLedger } from './ledger.ts'

/** A process that died at this point. */
class Died extends Error {}

type Place = 'before intent' | 'after intent' | 'before sending' | 'after marking' | 'while it is done' | 'before result' | 'after result'

interface House {
  customer: Customer
  tools: Awaited<ReturnType<typeof openTestTools>>
  /** Ids of the customer's orders that are not cancelled, as the shop itself has them. */
  orders: () => Promise<string[]>
}

// The PINs of the demo shop are hashed once for all tests, which takes its time.
beforeAll(async () => (await demo.shopForTests()).close(), 60_000)

const open: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

/** The shop that comes with the desk: it honours keys. */
async function embedded(): Promise<House> {
  const { store, close } = await demo.shopForTests()
  open.push(close)
  const shop = await openEmbeddedShop({
    ...{ store, pepper: demo.PEPPER, exposed: false, faults: undefined, version: '0', log: silent },
    searchKnowledge: async () => [],
    guard: (_, check) => check(),
  })
  const tools = await openTestTools([{ name: 'shop', fetch: shop.fetch }])
  open.push(tools.dispose)
  const customer: Customer = { id: demo.alice.id, name: 'Alice Warren', via: 'pin', mayOrder: true }
  const before = new Set((await store.orders({ customerId: customer.id, limit: 100 })).map(({ id }) => id))
  const orders = async () => {
    const all = await store.orders({ customerId: customer.id, limit: 100 })
    return all.filter(({ id, status }) => !before.has(id) && status !== 'cancelled').map(({ id }) => id)
  }
  return { customer, tools, orders }
}

/** A shop that does not know keys, and answers in text. */
async function foreign(): Promise<House & { shop: ReturnType<typeof paperShop> }> {
  const shop = paperShop()
  const tools = await openTestTools([{ name: 'shop', own: false, script: { tools: shop.tools, call: shop.call } }])
  open.push(tools.dispose)
  const orders = async () => shop.orders.slice(2).map(({ id }) => id)
  return { customer: alice, tools, orders, shop }
}

async function propose(
  { tools, customer }: House,
  tool = 'create_order',
  args: unknown = { items: [{ sku: 'MON-0054', quantity: 1 }] },
): Promise<Proposal> {
  const caller = { session: 's', turn: `t-${Math.random()}`, customer }
  const outcome = await tools.gateway.call(caller, tool, args, new AbortController().signal)
  if (outcome.status !== 'proposed') throw new Error(outcome.text)
  return outcome.proposal
}

function context(
  customer: Customer | undefined,
  proposal: Proposal,
  { id = 'approval-1', kind = 'approved' as 'approved' | 'undo' } = {},
): TurnContext {
  const approval: Approval = { ...proposal, id, expiresAt: 0, state: 'approved' }
  const session = { key: 's', name: 's', incarnation: 0, customer, approvals: [approval] } as unknown as SessionRecord
  const turn = {
    id: 'turn',
    lane: 'effect',
    effect: { kind, approval: id },
    questions: [],
    attempt: 1,
    crashes: 0,
    messageId: 'm',
    holderVersion: 0,
  } as const
  return { session, turn: { ...turn, questions: [] }, questions: [], history: [], readFile: async () => undefined, degraded: false }
}

/** The part of a desk that carries out effects, over a clock of the test's own. It dies once, at the place that is named. */
function process({ tools }: House, { dies, answers = true, isAway = false }: { dies?: Place; answers?: boolean; isAway?: boolean } = {}) {
  let clock = Date.now()
  let left: Place | undefined = dies
  const die = (place: Place) => {
    if (left !== place) return
    left = undefined
    throw new Died(place)
  }
  const real = createShopClient(tools.registry)
  const shop: ShopClient = {
    ...real,
    has: (name) => (isAway ? undefined : real.has(name)),
    async ask(name, args, options) {
      if (name !== 'create_order' && name !== 'cancel_order') return real.ask(name, args, options)
      die('after marking')
      const answer = await real.ask(name, args, options)
      die('while it is done')
      if (!answers) throw new NoAnswer('the connection broke')
      return answer
    },
  }
  const store: ToolStore = {
    ...tools.store,
    async beginEffect(effect) {
      die('before intent')
      const begun = await tools.store.beginEffect(effect)
      die('after intent')
      return begun
    },
    async moveEffect(key, from, to) {
      die(to.state === 'sent' ? 'before sending' : 'before result')
      const moved = await tools.store.moveEffect(key, from, to)
      if (to.state !== 'sent') die('after result')
      return moved
    },
  }
  const now = () => clock
  const sleep = async (ms: number) => {
    clock += ms
  }
  const ledger = createLedger({ shop, store, now, sleep })
  const effects = createEffects({ ledger, shop, store, now, log: silent })
  return {
    ...effects,
    run: (given: TurnContext) => effects.executeEffect(given, new AbortController().signal),
    later(ms: number) {
      clock += ms
    },
    now,
  }
}

const places: Place[] = [
  'before intent',
  'after intent',
  'before sending',
  'after marking',
  'while it is done',
  'before result',
  'after result',
]

describe.each([
  ['the shop of the desk', embedded],
  ['a shop without keys', foreign],
] as Array<[string, () => Promise<House>]>)('an approved order, with %s', (_, openHouse) => {
  test('is placed once, and told of as the shop has it', async () => {
    const house = await openHouse()
    const given = context(house.customer, await propose(house))
    const outcome = await process(house).run(given)
    const [id] = await house.orders()
    expect(outcome.text).toMatch(new RegExp(`^Your order ${id} is placed: 1 × MON-0054 .*, \\$166\\.85\\.`))
    expect(outcome.cards).toMatchObject([{ kind: 'order', order_id: id, status: 'submitted', total: '166.85' }])
    expect(outcome.toolCalls).toEqual([{ name: 'create_order', status: 'ok' }])
    expect(outcome.handoff).toBeUndefined()
    expect((await process(house).run(given)).text).toBe(outcome.text)
    expect(await house.orders()).toHaveLength(1)
  })

  test('is placed once by twenty who carry it out at the same time', async () => {
    const house = await openHouse()
    const given = context(house.customer, await propose(house))
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => process(house).run(given)))
    expect(await house.orders()).toHaveLength(1)
    expect(new Set(outcomes.map(({ text }) => text)).size).toBe(1)
  })

  test.each(places)('is placed at most once when the process dies %s', async (dies) => {
    const house = await openHouse()
    const given = context(house.customer, await propose(house))
    await expect(process(house, { dies }).run(given)).rejects.toThrow(Died)
    const second = process(house)
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
    expect((await process(house).run(given)).text).toBe(outcome.text)
    expect(await house.orders()).toHaveLength(orders.length)
  })

  test('whose answer is lost every time is found by looking', async () => {
    const house = await openHouse()
    const outcome = await process(house, { answers: false }).run(context(house.customer, await propose(house)))
    expect(await house.orders()).toHaveLength(1)
    // The shop of the desk is asked again with the same key, which here stays without an answer too.
    expect(outcome.handoff === undefined).toBe(openHouse === foreign)
  })

  test('is not begun for somebody who has signed out, nor while the shop is away', async () => {
    const house = await openHouse()
    const proposal = await propose(house)
    expect((await process(house).run(context(undefined, proposal))).text).toMatch(/not signed in any more/)
    expect((await process(house).run(context({ ...house.customer, id: 'other' }, proposal))).text).toMatch(/not signed in any more/)
    expect((await process(house, { isAway: true }).run(context(house.customer, proposal))).text).toMatch(
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
    const outcome = await process(house).run(given)
    expect(outcome.text).toMatch(/not enough of this in stock any more, so nothing was ordered/)
    expect(outcome.toolCalls).toEqual([{ name: 'create_order', status: 'refused' }])
    house.shop.stock.set('MON-0054', 7)
    // What was refused is over: it is not ordered when there is enough again.
    expect((await process(house).run(given)).text).toBe(outcome.text)
    expect(await house.orders()).toEqual([])
  })

  test('when the price is another by then', async () => {
    const house = await embedded()
    const proposal = await propose(house)
    const items = (proposal.args.items as object[]).map((item) => ({ ...item, unit_price: '100.00' }))
    const outcome = await process(house).run(context(house.customer, { ...proposal, args: { ...proposal.args, items } }))
    expect(outcome.text).toMatch(/price has changed/)
    expect(await house.orders()).toEqual([])
  })
})

describe('what was ordered is taken back', () => {
  async function ordered() {
    const house = await embedded()
    const proposal = await propose(house)
    const desk = process(house)
    const done = await desk.run(context(house.customer, proposal))
    return { house, proposal, desk, done, undo: context(house.customer, proposal, { kind: 'undo' }) }
  }

  test('within two minutes, once', async () => {
    const { house, desk, done, undo } = await ordered()
    expect(done.cards).toMatchObject([{ undo: { effect_id: 'approval-1', until: new Date(desk.now() + 120_000).toISOString() } }])
    desk.later(119_000)
    const outcome = await desk.run(undo)
    expect(outcome.text).toMatch(/is cancelled/)
    expect(await house.orders()).toEqual([])
    desk.later(600_000)
    expect((await desk.run(undo)).text).toBe(outcome.text)
  })

  test('not after them', async () => {
    const { house, desk, undo } = await ordered()
    desk.later(121_000)
    expect((await desk.run(undo)).text).toMatch(/two minutes .* are over/)
    expect(await house.orders()).toHaveLength(1)
  })

  test.each(places)('once, when the process dies %s', async (dies) => {
    const { house, undo } = await ordered()
    await expect(process(house, { dies }).run(undo)).rejects.toThrow(Died)
    const outcome = await process(house).run(undo)
    const orders = await house.orders()
    if (orders.length === 0) expect(outcome.text).toMatch(/is cancelled/)
    else expect(outcome.handoff).toBeDefined()
  })

  test('by cancelling it as asked', async () => {
    const { house } = await ordered()
    const [order_id] = await house.orders()
    const proposal = await propose(house, 'cancel_order', { order_id })
    expect(proposal.summary).toMatch(/^Cancel order .* \(1 × MON-0054/)
    const outcome = await process(house).run(context(house.customer, proposal, { id: 'approval-2' }))
    expect(outcome.text).toBe(`Order ${order_id} is cancelled. Nothing of it will be sent to you.`)
    expect(await house.orders()).toEqual([])
  })
})

test('an older order of the same things is not taken for the one that got lost', async () => {
  const house = await foreign()
  const older = { id: 'a-older', customer: alice.id, status: 'submitted', items: [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85' }] }
  house.shop.orders.push(older)
  const given = context(house.customer, await propose(house))
  await expect(process(house, { dies: 'after marking' }).run(given)).rejects.toThrow(Died)
  const outcome = await process(house).run(given)
  expect(outcome.text).toMatch(/could not find out/)
  expect(outcome.cards).toBeUndefined()
})

test('what was sent for a session that is gone is looked into', async () => {
  const house = await foreign()
  await expect(process(house, { dies: 'while it is done' }).run(context(house.customer, await propose(house)))).rejects.toThrow(Died)
  const desk = process(house)
  await desk.sweep(new AbortController().signal)
  expect((await house.tools.store.effect('approval-1'))?.state).toBe('sent')
  desk.later(61_000)
  await desk.sweep(new AbortController().signal)
  expect(await house.tools.store.effect('approval-1')).toMatchObject({ state: 'done', result: { card: { status: 'submitted' } } })
  expect(await house.orders()).toHaveLength(1)
})
