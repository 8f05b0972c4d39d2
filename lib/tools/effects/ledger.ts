import { IDEMPOTENCY_KEY } from '../definition.ts'
import { NoAnswer } from '../mcp/server.ts'
import type { Effect, EffectResult, ToolStore } from '../ports.ts'
import { ordersOf, refusalOf } from '../shop/answers.ts'
import { orderCard, totalOf } from '../shop/cards.ts'
import { type ShopClient, ShopSaysNo, ToolIsMissing } from '../shop/client.ts'
import type { Order } from '../shop/facts.ts'

/**
 * Makes the shop do what was approved, at most once, whatever dies in between. The wish is on the disk before it is sent, and that it
 * is being sent before it is. What was sent and has no answer is found out by looking, never by sending again: but for a shop that does
 * a thing once for one key, where asking again with the same key is looking.
 */

/** What is to be done once. */
export interface Wish {
  key: string
  session: string
  tool: 'create_order' | 'cancel_order'
  args: Record<string, unknown>
  customerId: string
}

/** How long it is looked what became of something, in milliseconds; with the call's own deadline less than half a minute. */
const SETTLE_MS = 18_000
/** When a shop that is there shows no trace of an order for this long, it is not waited for any more. */
const TRACELESS_MS = 12_000
const LOOK_MS = 1000

/** How it ended, as far as one look tells. */
type Verdict = { state: 'done' | 'refused' | 'unknown'; result: EffectResult }

interface Means {
  shop: ShopClient
  store: Pick<ToolStore, 'effect' | 'beginEffect' | 'moveEffect' | 'unsettledEffects'>
  now: () => number
  /** Throws the signal's reason when that comes first. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

export type Ledger = ReturnType<typeof createLedger>

export function createLedger({ shop, store, now, sleep }: Means) {
  /**
   * Carries out a wish, or finds out what became of it. Throws `NoAnswer` or `ToolIsMissing` while nothing was sent: then nothing has
   * happened.
   */
  async function carryOut(wish: Wish, signal: AbortSignal): Promise<Effect> {
    const effect = (await store.effect(wish.key)) ?? (await begin(wish, signal))
    if (effect.state === 'intent') {
      if (!shop.has(wish.tool)) throw new ToolIsMissing(`the shop has no ${wish.tool} now`)
      const isOurs = await store.moveEffect(effect.key, 'intent', { state: 'sent', at: now() })
      if (isOurs) return send(effect, signal)
    } else if (effect.state !== 'sent') return effect
    return settle(effect, signal)
  }

  /** Writes down what will be sent; for a shop without keys, with what tells a new order from the ones before. */
  async function begin(wish: Wish, signal: AbortSignal): Promise<Effect> {
    const before = await idsBefore(wish, signal)
    const at = now()
    return store.beginEffect({ ...wish, state: 'intent', at, updatedAt: at, ...(before === undefined ? {} : { before }) })
  }

  async function idsBefore({ tool, customerId }: Wish, signal: AbortSignal): Promise<string[] | undefined> {
    const capability = shop.has(tool)
    if (!capability) throw new ToolIsMissing(`the shop has no ${tool} now`)
    if (capability.honoursKeys || tool !== 'create_order') return undefined
    const orders = await shop.orders(customerId, {}, signal)
    return orders.map(({ id }) => id)
  }

  async function send(effect: Effect, signal: AbortSignal): Promise<Effect> {
    const verdict = await ask(effect, signal)
    return verdict ? end(effect, verdict) : settle(effect, signal)
  }

  /** Sends it with its key. Undefined when the answer leaves open what was done. */
  async function ask(effect: Effect, signal: AbortSignal): Promise<Verdict | undefined> {
    try {
      const answer = await shop.ask(effect.tool as Wish['tool'], effect.args, { signal, meta: { [IDEMPOTENCY_KEY]: effect.key } })
      const refusal = refusalOf(answer)
      if (refusal !== undefined && refusal !== 'key') return { state: 'refused', result: { reason: refusal } }
      const [order] = answer.isError ? [] : ordersOf(answer)
      return order && isTheirs(order, effect) ? done(order) : undefined
    } catch (error) {
      return notSeen(error)
    }
  }

  /** Looks what became of something that was sent until that is known, or nobody can tell. */
  async function settle(effect: Effect, signal: AbortSignal): Promise<Effect> {
    const began = now()
    const honoursKeys = shop.has(effect.tool as Wish['tool'])?.honoursKeys ?? effect.before === undefined
    let traceless: number | undefined
    for (;;) {
      const verdict = honoursKeys && effect.tool === 'create_order' ? await ask(effect, signal) : await look(effect, signal)
      if (verdict && verdict !== 'no trace') return end(effect, verdict)
      traceless = verdict === 'no trace' ? (traceless ?? now()) : undefined
      const isGone = traceless !== undefined && now() - traceless >= TRACELESS_MS
      if (isGone || now() - began >= SETTLE_MS) return end(effect, { state: 'unknown', result: {} })
      await sleep(LOOK_MS, signal)
    }
  }

  /** What the shop's own records show. Undefined when they cannot be read. */
  function look(effect: Effect, signal: AbortSignal): Promise<Verdict | 'no trace' | undefined> {
    return (effect.tool === 'create_order' ? lookForOrder(effect, signal) : lookAtOrder(effect, signal)).catch(notSeen)
  }

  /** Exactly one order that is new and is what was wished for settles it. */
  async function lookForOrder({ customerId, args, before = [] }: Effect, signal: AbortSignal): Promise<Verdict | 'no trace'> {
    const orders = (await shop.orders(customerId, {}, signal)).filter(({ id }) => !before.includes(id))
    const whole = await Promise.all(
      orders.map(async (order) => (order.items.length > 0 ? order : await shop.order(order.id, customerId, signal))),
    )
    const [match, ...others] = whole.flatMap((order) => (order && isAsWished(order, args) ? [order] : []))
    if (!match) return 'no trace'
    return others.length > 0 ? { state: 'unknown', result: { reason: 'several orders like it' } } : done(match)
  }

  async function lookAtOrder({ customerId, args }: Effect, signal: AbortSignal): Promise<Verdict | 'no trace'> {
    const order = await shop.order(String(args.order_id), customerId, signal)
    if (!order) return { state: 'unknown', result: { reason: 'the order is not there' } }
    if (order.status === 'submitted') return 'no trace'
    return order.status === 'cancelled' ? done(order) : { state: 'refused', result: { reason: 'state', card: orderCard(order) } }
  }

  /** Writes how it ended, unless that was found out elsewhere meanwhile. */
  async function end(effect: Effect, { state, result }: Verdict): Promise<Effect> {
    await store.moveEffect(effect.key, 'sent', { state, result, at: now() })
    return (await store.effect(effect.key)) ?? Promise.reject(new Error('an effect has vanished from the ledger'))
  }

  /** Settles what was sent so long ago that no turn can be waiting for it: its session was erased. Returns what became of it. */
  async function settleOrphans(before: number, signal: AbortSignal): Promise<Effect[]> {
    const settled: Effect[] = []
    for (const effect of await store.unsettledEffects(before, 20)) settled.push(await settle(effect, signal))
    return settled
  }

  return { carryOut, settleOrphans }
}

function done(order: Order): Verdict {
  return { state: 'done', result: { card: orderCard(order) } }
}

/** No answer is no verdict; what else goes wrong is a fault of ours. */
function notSeen(error: unknown): undefined {
  if (error instanceof NoAnswer || error instanceof ToolIsMissing || error instanceof ShopSaysNo) return undefined
  throw error
}

/** An answer that names another customer or another order is none to this. */
function isTheirs(order: Order, { customerId, tool, args }: Effect): boolean {
  if (order.customerId !== undefined && order.customerId !== customerId) return false
  return tool === 'create_order' || (order.id === args.order_id && order.status === 'cancelled')
}

interface Line {
  sku: string
  quantity: number
  unit_price: string
}

function isAsWished(order: Order, { items }: Effect['args']): boolean {
  const wished = items as Line[]
  if (order.total !== totalOf(wished)) return false
  const lines = (all: Array<Pick<Line, 'sku' | 'quantity'>>) =>
    all
      .map(({ sku, quantity }) => `${sku} ${quantity}`)
      .sort()
      .join('\n')
  return order.items.length === 0 || lines(order.items) === lines(wished)
}
