import type { OrderCard } from '#lib/protocol/cards.ts'
import type { EffectOutcome } from '#lib/session/ports.ts'
import type { Effect } from '../ports.ts'
import { amount, itemLine } from '../shop/cards.ts'

/** What the visitor is told of an effect: always from what the shop's records say, never from what was hoped for. */

interface Told {
  text: string
  reason: string
}

/** The answer that tells how an effect ended. `undo` says until when it can be taken back. */
export function toldOf({ state, result = {}, tool, args }: Effect, undo: NonNullable<OrderCard['undo']> | undefined): EffectOutcome {
  const { card } = result
  const isOrder = tool === 'create_order'
  if (state === 'done' && card) {
    const shown = undo ? { ...card, undo } : card
    return answer(isOrder ? placed(card, undo !== undefined) : cancelled(card), tool, 'ok', shown)
  }
  if (state === 'refused')
    return answer(isOrder ? notPlaced(result.reason) : notCancelled(String(args.order_id), result), tool, 'refused', card)
  const told = isOrder
    ? 'I could not find out whether the shop took your order. Please do not order it again: a person will look at it and tell you.'
    : `I could not find out whether order ${args.order_id} was cancelled. A person will look at it and tell you.`
  return {
    ...answer({ text: told, reason: 'nobody can tell whether it was done' }, tool, 'error'),
    decision: { kind: 'hand_over', reasons: ['nobody can tell whether it was done'] },
    handoff: isOrder ? 'an approved order may have been placed or not' : 'an approved cancellation may have been made or not',
  }
}

/** The answer where nothing was begun. */
export function notBegun(text: string, reason: string, handoff?: string): EffectOutcome {
  const kind = handoff === undefined ? 'answer' : 'hand_over'
  return { text, decision: { kind, reasons: [reason] }, ...(handoff === undefined ? {} : { handoff }) }
}

function answer({ text, reason }: Told, name: string, status: 'ok' | 'refused' | 'error', card?: OrderCard): EffectOutcome {
  return { text, decision: { kind: 'answer', reasons: [reason] }, toolCalls: [{ name, status }], ...(card ? { cards: [card] } : {}) }
}

function placed({ order_id, items, total, currency }: OrderCard, canUndo: boolean): Told {
  const undo = canUndo ? ' You can take it back within two minutes.' : ''
  return {
    text: `Your order ${order_id} is placed: ${items.map(itemLine).join(', ')}, ${amount(total, currency)}.${undo}`,
    reason: 'the order was placed',
  }
}

function cancelled({ order_id }: OrderCard): Told {
  return { text: `Order ${order_id} is cancelled. Nothing of it will be sent to you.`, reason: 'the order was cancelled' }
}

const whyNotPlaced: Record<string, string> = {
  stock: 'There is not enough of this in stock any more, so nothing was ordered. Ask me what is left, and I will prepare another order.',
  price: 'The price has changed since you were asked, so nothing was ordered. Ask me again, and I will show you the new price.',
  product: 'One of these products is no longer sold, so nothing was ordered.',
  customer: 'The shop does not know this account any more, so nothing was ordered.',
}

function notPlaced(reason = ''): Told {
  const text = whyNotPlaced[reason] ?? 'The shop did not take the order. Nothing was ordered.'
  return { text, reason: 'the shop refused the order' }
}

function notCancelled(id: string, { reason, card }: NonNullable<Effect['result']>): Told {
  const state = card === undefined ? '' : `: it is ${card.status}`
  const text =
    reason === 'state'
      ? `Order ${id} can no longer be cancelled${state}. Nothing was changed.`
      : `The shop did not cancel order ${id}. Nothing was changed.`
  return { text, reason: 'the shop refused to cancel' }
}
