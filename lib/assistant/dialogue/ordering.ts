import { browse } from './browsing.ts'
import { type Known, lookUp, type Meant, meantBy } from './products.ts'
import { failureOf, lineOf, type Reply, signInFirst, type Turn } from './reply.ts'
import { whichProduct } from './showing.ts'

/** Prepares an order: what, how many, whether it is there, for whom. It ends in a proposal, never in an order. */

export async function order(turn: Turn): Promise<Reply> {
  const { wish, memory, calls, say } = turn
  const meant = meantBy(turn)
  if (!Array.isArray(meant)) return meant
  if (meant.length === 0) return wish.kind || !wish.filter.isBare ? browse(turn) : whichProduct(turn)
  if (meant.some(({ quantity }) => quantity === undefined)) return { text: say.badQuantity, reason: 'no number of things' }
  if (meant.length > LOOKED_AT) return { text: say.tooMany(LOOKED_AT), reason: 'too many products at once' }
  const known = await Promise.all(meant.map((one) => lookUp(one, turn)))
  const missing = known.find((one) => !('card' in one))
  if (missing) return missing as Reply
  const lines = together(known as Known[], meant)
  const short = lines.find(({ card, quantity }) => card.stock !== undefined && card.stock < quantity)
  if (short) return notEnough(short, turn)
  const note = (known as Known[]).map(({ note }) => note).join('')
  if (!memory.customer) return signInFirst(`${note}${say.signInFor.order}`, 'an order needs a customer who has signed in')

  const outcome = await calls.call('create_order', { items: lines.map(({ card: { sku }, quantity }) => ({ sku, quantity })) })
  if (outcome.status === 'refused' && outcome.reason === 'sign_in') return signInFirst(say.mayNotOrder, 'this sign-in may not order')
  if (outcome.status !== 'proposed') return failureOf(outcome, say)
  return {
    text: `${note}${say.propose(sentence(outcome.proposal.summary))}`,
    reason: 'an order was prepared for approval',
    proposal: outcome.proposal,
    // The same product again, or more of it, is the order in other words.
    ...(memory.open && isChange(turn) ? { withdraws: memory.open.id } : {}),
  }
}

/** Products of one order that are prepared at once: each is looked up, and one answer has only so many calls. */
const LOOKED_AT = 6

interface Line extends Known {
  quantity: number
}

/** A product that was named twice is ordered once, with both numbers. */
function together(known: Known[], meant: Meant[]): Line[] {
  const lines = new Map<string, Line>()
  for (const [at, one] of known.entries()) {
    const before = lines.get(one.card.sku)?.quantity ?? 0
    lines.set(one.card.sku, { ...one, quantity: before + (meant[at]?.quantity ?? 1) })
  }
  return [...lines.values()]
}

function notEnough({ card, quantity, note }: Line, { say }: Turn): Reply {
  const there = card.stock ?? 0
  const cards = [card]
  if (there === 0) return { text: `${note}${say.soldOut(card.sku)}\n${lineOf(card, say)}`, reason: 'out of stock', cards }
  return {
    text: `${note}${say.notEnough(card.sku, there, quantity)} ${say.takeThose(there)}`,
    reason: 'not enough in stock',
    cards,
    options: [say.reply.order(card.sku, there)],
  }
}

/** Whether an order says what the open one says, with another number of things. */
function isChange({ wish }: Turn): boolean {
  return wish.skus.length === 0 && wish.names.length === 0 && wish.places.length === 0 && wish.quantity !== undefined
}

/** What the visitor says to an open approval in words: yes is no approval, and no ends it. */
export function decided({ wish, memory: { open, lapsed }, say }: Turn): Reply | undefined {
  if (wish.name === 'decline') return open && { text: say.withdrawn, reason: 'the visitor does not want it any more', withdraws: open.id }
  if (open)
    return {
      text: say.approveYourself(sentence(open.summary)),
      reason: 'a typed yes is no approval: it is asked for again',
      proposal: open,
    }
  return lapsed ? undefined : { text: say.nothingOpen, reason: 'nothing is to be approved' }
}

/** Asks for what was not decided in time anew, at the prices of now. */
export async function askAgain({ memory: { lapsed }, calls, say }: Turn): Promise<Reply> {
  if (!lapsed) return { text: say.nothingOpen, reason: 'nothing is to be approved' }
  const items = lapsed.card.items.map(({ sku, quantity }) => ({ sku, quantity }))
  const args = lapsed.tool === 'create_order' ? { items } : { order_id: lapsed.card.order_id }
  const outcome = await calls.call(lapsed.tool, args)
  if (outcome.status !== 'proposed') return failureOf(outcome, say)
  return {
    text: `${say.askedAgain} ${say.propose(sentence(outcome.proposal.summary))}`,
    reason: 'the approval had lapsed: it is asked for again',
    proposal: outcome.proposal,
  }
}

/** A summary that can stand among sentences. */
export function sentence(summary: string): string {
  return /[.!?]$/.test(summary.trim()) ? summary.trim() : `${summary.trim()}.`
}
