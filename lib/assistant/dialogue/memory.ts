import type { Card, OrderCard, ProductCard } from '#lib/protocol/cards.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import type { Approval, Customer, SessionRecord } from '#lib/session/ports.ts'
import { withoutCredentials } from './slots.ts'
import type { Wish } from './wishes.ts'

/** What a conversation has come to: read from its log each time, so that it is the same after a reload, a crash or on another process. */
export interface Memory {
  customer: Customer | undefined
  /** The products that were listed last, in their order. */
  shown: ProductCard[]
  /** The one product that was spoken of last. */
  focus: string | undefined
  /** The order that was spoken of last, by the customer who is signed in. */
  order: OrderCard | undefined
  /** What waits for the visitor's approval, and what waited last and was never decided. */
  open: Approval | undefined
  lapsed: Approval | undefined
  /** What was asked for before signing in, and goes on after it. */
  pending: Wish | undefined
  /** The last search, and the products of it that were shown. */
  browsed: { wish: Wish; seen: string[] } | undefined
}

type Read = (text: string) => Wish | undefined

/** Wishes that only a customer who has signed in has. */
export const needsCustomer: ReadonlySet<Wish['name']> = new Set(['order', 'orders', 'status', 'cancel'])

interface Log {
  history: readonly StoredMessage[]
  session: Pick<SessionRecord, 'customer' | 'approvals'>
  now: number
}

export function recollect({ history, session, now }: Log, read: Read): Memory {
  const answers = history.filter(({ role, status }) => role === 'assistant' && status === 'complete')
  const list = answers.findLast(({ cards }) => productsIn(cards).length > 1)
  const single = answers.findLast(({ cards }) => productsIn(cards).length === 1)
  const last = session.approvals.at(-1)
  const open = session.approvals.findLast((one) => one.state === 'pending' && now < one.expiresAt)
  const isLast = single !== undefined && (list === undefined || single.seq > list.seq)
  return {
    customer: session.customer,
    shown: productsIn((list ?? single)?.cards),
    focus: onlyItem(open) ?? (isLast ? productsIn(single.cards)[0]?.sku : undefined),
    order: session.customer ? lastOrder(history) : undefined,
    open,
    lapsed: !open && last !== undefined && (last.state === 'pending' || last.state === 'expired') ? last : undefined,
    pending: pendingIn(history, read),
    browsed: browsedIn(history, read),
  }
}

function productsIn(cards: Card[] = []): ProductCard[] {
  return cards.filter((card) => card.kind === 'product')
}

function onlyItem(approval: Approval | undefined): string | undefined {
  const [item, ...others] = approval?.card.items ?? []
  return others.length === 0 ? item?.sku : undefined
}

/** Orders that were shown before somebody signed in are not theirs. */
function lastOrder(history: readonly StoredMessage[]): OrderCard | undefined {
  const since = history.slice(history.findLastIndex(({ sign_in }) => sign_in === 'verified') + 1)
  for (const { role, cards = [] } of since.toReversed()) {
    const orders = role === 'assistant' ? cards.filter((card) => card.kind === 'order' && card.order_id !== undefined) : []
    // Of several none was spoken of alone.
    if (orders.length > 0) return orders.length === 1 ? (orders[0] as OrderCard) : undefined
  }
  return undefined
}

/** The last thing that was asked for other than to sign in, when the answer was to sign in first. */
function pendingIn(history: readonly StoredMessage[], read: Read): Wish | undefined {
  for (const [at, message] of [...history.entries()].toReversed()) {
    if (message.role !== 'visitor') continue
    const rest = message.sign_in === undefined ? message.content : withoutCredentials(message.content)
    const wish = rest === '' ? undefined : read(rest)
    if (rest === '' || wish?.name === 'signIn') continue
    const answer = history.slice(at + 1).find(({ role }) => role === 'assistant')
    const wasSentToSignIn = answer?.cards?.some(({ kind }) => kind === 'sign_in') ?? false
    return wish && wasSentToSignIn && needsCustomer.has(wish.name) ? wish : undefined
  }
  return undefined
}

/** The latest search that says what it is for, and what was shown since. */
function browsedIn(history: readonly StoredMessage[], read: Read): Memory['browsed'] {
  for (const [at, message] of [...history.entries()].toReversed()) {
    const wish = message.role === 'visitor' ? read(message.content) : undefined
    if (wish?.name !== 'browse' || !saysWhat(wish)) continue
    return { wish, seen: history.slice(at).flatMap(({ cards }) => productsIn(cards).map(({ sku }) => sku)) }
  }
  return undefined
}

/** Whether a search stands for itself; "only those in stock" goes on with the one before. */
export function saysWhat({ kind, names }: Wish): boolean {
  return kind !== undefined || names.length > 0
}
