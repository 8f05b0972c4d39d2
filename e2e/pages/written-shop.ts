import type { Page } from 'playwright'
import type { Card, OrderCard } from '../../lib/protocol/cards.ts'
import type { Entry } from '../../lib/protocol/events.ts'
import type { Stage } from '../support/stage.ts'
import { chatOf, type VisitOptions } from '../support/visit.ts'
import { type WrittenLog, writeLog } from '../support/written-log.ts'

/** What the stories of the cards are written with. */

export const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

export const asked = (content: string): Entry => ({ type: 'message', role: 'visitor', message_id: content, content, status: 'complete' })
export const answered = (message_id: string, to: string[], cards: Card[] = []): Entry => {
  return { type: 'message', role: 'assistant', message_id, content: `This is ${message_id}.`, status: 'complete', in_reply_to: to, cards }
}
export const product = (sku: string, more: object = {}): Card => {
  return { kind: 'product', sku, name: `Monitor ${sku}`, category: 'Monitors', price: '166.85', currency: 'USD', stock: 7, ...more }
}
const items = [{ sku: 'MON-0054', name: 'Monitor', quantity: 1, unit_price: '166.85' }]
export const order = (more: Partial<OrderCard> = {}): OrderCard => {
  return { kind: 'order', status: 'submitted', order_id: 'o1', items, total: '166.85', currency: 'USD', ...more }
}
export const requested = (expires_at = later(5)): Entry => {
  const card: OrderCard = { kind: 'order', status: 'proposed', items, total: '166.85', currency: 'USD' }
  const summary = 'Order 1 × MON-0054 for $166.85'
  const request = { tool: 'create_order', summary, card, digest: 'd', expires_at, content: summary, token: 'the token' }
  return { type: 'approval_request', approval_id: 'a1', ...request } as Entry
}
export const decided = (decision: 'approve' | 'reject' | 'expired'): Entry => ({ type: 'approval', approval_id: 'a1', decision })
export const signedIn: Entry = { type: 'identity', state: 'signed_in', name: 'Alice Warren', via: 'pin', content: '' }
export const signedOut: Entry = { type: 'identity', state: 'signed_out', content: '' }
export const placed = (until = later(2)): Entry => {
  return answered('placed', [], [order({ placed_at: later(0), payment: 'pending', undo: { effect_id: 'a1', until } })])
}

/** A visit to a conversation that holds these entries already. */
export async function arrive(stage: Stage, entries: Entry[], options: VisitOptions = {}) {
  let log: WrittenLog | undefined
  const visitor = await stage.visit({
    ...options,
    async before(context) {
      await options.before?.(context)
      log = await writeLog(context)
      log.write(...entries)
    },
  })
  if (!log) throw new Error('there is no log')
  const { page } = visitor
  const chat = chatOf(page)
  await chat.connection('Real-time connected').waitFor()
  return { visitor, page, chat, log }
}

export const approval = (page: Page) => page.getByRole('article', { name: /^Place this order/ })
