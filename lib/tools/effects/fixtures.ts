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

/** Approved orders before two kinds of shops, in a desk that dies where a test says. */

/** A process that died at this point. */
export class Died extends Error {}

type Place = 'before intent' | 'after intent' | 'before sending' | 'after marking' | 'while it is done' | 'before result' | 'after result'

export interface House {
  customer: Customer
  tools: Awaited<ReturnType<typeof openTestTools>>
  /** Ids of the customer's orders that are not cancelled, as the shop itself has them. */
  orders: () => Promise<string[]>
}

const open: Array<() => Promise<void>> = []

/** Lets go of every shop that was opened. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).toReversed()) await close()
}

/** The shop that comes with the desk: it honours keys. */
export async function embedded(): Promise<House> {
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
export async function foreign(): Promise<House & { shop: ReturnType<typeof paperShop> }> {
  const shop = paperShop()
  const tools = await openTestTools([{ name: 'shop', own: false, script: { tools: shop.tools, call: shop.call } }])
  open.push(tools.dispose)
  const orders = async () => shop.orders.slice(2).map(({ id }) => id)
  return { customer: alice, tools, orders, shop }
}

export async function propose(
  { tools, customer }: House,
  tool = 'create_order',
  args: unknown = { items: [{ sku: 'MON-0054', quantity: 1 }] },
): Promise<Proposal> {
  const caller = { session: 's', turn: `t-${Math.random()}`, customer }
  const outcome = await tools.gateway.call(caller, tool, args, new AbortController().signal)
  if (outcome.status !== 'proposed') throw new Error(outcome.text)
  return outcome.proposal
}

export function context(
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
export function desk(
  { tools }: House,
  { dies, answers = true, isAway = false }: { dies?: Place; answers?: boolean; isAway?: boolean } = {},
) {
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

export const places: Place[] = [
  'before intent',
  'after intent',
  'before sending',
  'after marking',
  'while it is done',
  'before result',
  'after result',
]
