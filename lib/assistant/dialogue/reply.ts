import type { Card, OrderCard, ProductCard } from '#lib/protocol/cards.ts'
import type { Conclusion, Proposal } from '#lib/session/ports.ts'
import type { ToolOutcome } from '#lib/tools/ports.ts'
import type { Calls } from './calls.ts'
import type { Catalogue } from './catalogue.ts'
import type { Memory } from './memory.ts'
import type { ShopPhrases } from './phrases/phrases.ts'
import type { Wish } from './wishes.ts'

/** What a wish is answered with, before it is said. */
export interface Reply extends Pick<Conclusion, 'awaitsPin' | 'withdraws'> {
  /** Sentences, and lists on lines of their own. */
  text: string
  /** Why so, for the operator. */
  reason: string
  cards?: Card[]
  options?: string[]
  proposal?: Proposal
  /** The shop could not help: a person may. */
  failed?: boolean
}

/** What a wish is answered from. */
export interface Turn {
  wish: Wish
  memory: Memory
  calls: Calls
  say: ShopPhrases
  catalogue: Pick<Catalogue, 'product' | 'skus'>
}

/** Cards that one answer shows, at most. */
export const MOST_CARDS = 6

/** An amount as people write it. */
export function priceOf({ currency }: Pick<ProductCard, 'currency'>, amount: string): string {
  const figure = amount.replace(/\B(?=(?:\d{3})+(?=\.))/g, ',')
  return currency === 'USD' ? `$${figure}` : `${figure} ${currency}`
}

/** A product in one line of a list. */
export function lineOf(card: ProductCard, say: ShopPhrases): string {
  return `- ${card.sku}: ${plain(card.name)}, ${priceOf(card, card.price)}, ${say.stock(card.stock)}`
}

/** An order in one line of a list. */
export function orderLineOf(card: OrderCard, say: ShopPhrases): string {
  return `- ${card.order_id}: ${say.statuses[card.status]}, ${itemsOf(card)}, ${priceOf(card, card.total)}`
}

/** What is in an order. */
export function itemsOf({ items }: OrderCard): string {
  return items.map(({ quantity, sku, name }) => `${quantity} × ${sku}${name ? ` (${plain(name)})` : ''}`).join(', ')
}

/** What a shop calls something, as a part of a sentence: no mark-up, no lines, not endless. */
export function plain(text: string): string {
  const line = text.replace(/[\s*_`#<>[\]|]+/g, ' ').trim()
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`
}

/** What is said when a tool did not give what was asked for. */
export function failureOf(outcome: ToolOutcome, say: ShopPhrases): Reply {
  if (outcome.status === 'refused') return { text: say.cannot, reason: `the shop's tool was refused: ${outcome.reason}`, failed: true }
  return { text: say.shopDown, reason: 'a tool of the shop failed', failed: true }
}

/** Asks to sign in, and shows the form for it. */
export function signInFirst(text: string, reason: string): Reply {
  return { text, reason, cards: [{ kind: 'sign_in' }] }
}
