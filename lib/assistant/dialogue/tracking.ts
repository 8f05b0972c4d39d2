import type { OrderCard } from '#lib/protocol/cards.ts'
import { ordersOf } from './calls.ts'
import { sentence } from './ordering.ts'
import { failureOf, itemsOf, MOST_CARDS, orderLineOf, priceOf, type Reply, signInFirst, type Turn } from './reply.ts'

/** What became of the customer's orders, and what can still be cancelled of them. */

export async function listOrders(turn: Turn): Promise<Reply> {
  const { say } = turn
  const orders = await ordersOfCustomer(turn)
  if (!Array.isArray(orders)) return orders
  if (orders.length === 0) return { text: say.noOrders, reason: 'there are no orders' }
  const cards = orders.slice(0, MOST_CARDS)
  const left = orders.length - cards.length
  return {
    text: `${say.orders(orders.length)}\n${cards.map((card) => orderLineOf(card, say)).join('\n')}${left > 0 ? `\n\n${say.moreOrders(left)}` : ''}`,
    reason: 'listed the orders of the customer',
    cards,
  }
}

/** Tells of one order: the one that is named, or spoken of, or the only one under way; else of those that are. */
export async function track(turn: Turn): Promise<Reply> {
  const { wish, memory, say } = turn
  const id = wish.orders[0] ?? memory.order?.order_id
  if (!memory.customer) return signInFirst(say.signInFor.status, 'an order is looked up only for its customer')
  if (id !== undefined) return statusOf(id, turn)
  const orders = await ordersOfCustomer(turn)
  if (!Array.isArray(orders)) return orders
  const underWay = orders.filter(({ status }) => status === 'submitted' || status === 'approved')
  const [one, ...others] = underWay.length > 0 ? underWay : orders.slice(0, 1)
  if (!one) return { text: say.noOrders, reason: 'there are no orders' }
  if (others.length === 0 && one.order_id !== undefined) return statusOf(one.order_id, turn)
  const cards = underWay.slice(0, MOST_CARDS)
  return { text: cards.map((card) => orderLineOf(card, say)).join('\n'), reason: 'told of the orders under way', cards }
}

async function statusOf(id: string, turn: Turn): Promise<Reply> {
  const { calls, say } = turn
  const outcome = await calls.call('get_order', { order_id: id })
  const [card] = ordersOf(outcome)
  if (!card)
    return outcome.status === 'error' || outcome.status === 'ok' || isForeign(outcome) ? unknownOrder(id, turn) : failureOf(outcome, say)
  return {
    text: [
      say.order(card.order_id ?? id, say.statuses[card.status]),
      say.orderHolds(itemsOf(card), priceOf(card, card.total)),
      ...(card.status === 'cancelled' ? [] : [card.tracking === undefined ? say.noTracking : say.tracking(card.tracking)]),
    ].join(' '),
    reason: 'told of an order of the customer',
    cards: [card],
    options: card.status === 'submitted' && card.order_id !== undefined ? [say.reply.cancel(card.order_id)] : [],
  }
}

/** An order of somebody else is answered like one that does not exist. */
const isForeign = (outcome: { status: string; reason?: string }) => outcome.status === 'refused' && outcome.reason === 'not_yours'

/** Also when the shop fails: that there is no such order is said only when it can list the others. */
async function unknownOrder(id: string, turn: Turn): Promise<Reply> {
  const orders = await ordersOfCustomer(turn)
  if (!Array.isArray(orders)) return orders
  return { text: turn.say.unknownOrder(id), reason: 'no such order of the customer', options: [turn.say.reply.orders] }
}

/** Prepares the cancelling of an order that the shop has not approved yet. */
export async function cancel(turn: Turn): Promise<Reply> {
  const { wish, memory, calls, say } = turn
  const { open } = memory
  if (open && open.tool !== 'cancel_order' && wish.orders.length === 0) {
    return { text: say.withdrawn, reason: 'the visitor does not want it any more', withdraws: open.id }
  }
  if (!memory.customer) return signInFirst(say.signInFor.cancel, 'an order is cancelled only for its customer')
  const target = await cancellable(turn)
  if (!('order_id' in target)) return target as Reply
  const id = target.order_id as string
  if (target.status !== 'submitted') {
    return {
      text: say.tooLateToCancel(id, say.statuses[target.status]),
      reason: 'it is too late to cancel it',
      cards: [target],
      failed: true,
    }
  }
  const outcome = await calls.call('cancel_order', { order_id: id })
  if (outcome.status !== 'proposed') return failureOf(outcome, say)
  return {
    text: say.proposeCancel(sentence(outcome.proposal.summary)),
    reason: 'the cancelling of an order was prepared for approval',
    proposal: outcome.proposal,
  }
}

/** The order to cancel, or what must be said first. */
async function cancellable(turn: Turn): Promise<OrderCard | Reply> {
  const { wish, memory, calls, say } = turn
  const id = wish.orders[0] ?? memory.order?.order_id
  if (id !== undefined) {
    const [card] = ordersOf(await calls.call('get_order', { order_id: id }))
    return card ?? unknownOrder(id, turn)
  }
  const orders = await ordersOfCustomer(turn)
  if (!Array.isArray(orders)) return orders
  const submitted = orders.filter(({ status }) => status === 'submitted')
  if (submitted.length === 1) return submitted[0] as OrderCard
  if (submitted.length === 0) return { text: say.nothingToCancel, reason: 'no order can be cancelled', failed: true }
  const cards = submitted.slice(0, MOST_CARDS)
  return {
    text: `${say.whichOrder}\n${cards.map((card) => orderLineOf(card, say)).join('\n')}`,
    reason: 'several orders can be cancelled',
    cards,
    options: cards.map(({ order_id = '' }) => say.reply.cancel(order_id)),
  }
}

/** The customer's orders, the latest first. */
async function ordersOfCustomer({ memory, calls, say }: Turn): Promise<OrderCard[] | Reply> {
  if (!memory.customer) return signInFirst(say.signInFor.orders, 'orders are shown only to their customer')
  const outcome = await calls.call('list_orders', {})
  if (outcome.status !== 'ok') return failureOf(outcome, say)
  return ordersOf(outcome).toSorted((a, b) => (b.placed_at ?? '').localeCompare(a.placed_at ?? ''))
}
