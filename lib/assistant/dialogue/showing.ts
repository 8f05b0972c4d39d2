import type { ProductCard } from '#lib/protocol/cards.ts'
import { browse } from './browsing.ts'
import { extreme, type Known, lookUp, type Meant, meantBy } from './products.ts'
import { lineOf, plain, priceOf, type Reply, type Turn } from './reply.ts'

/** Tells of one product, or of two beside each other. */

/** Details of a product that are told in words. */
const MOST_DETAILS = 8

export async function showProduct(turn: Turn): Promise<Reply> {
  const { say, wish } = turn
  const meant = meantBy(turn)
  if (!Array.isArray(meant)) return meant
  if (meant.length === 0) return wish.kind ? browse(turn) : whichProduct(turn)
  if (meant.length > 1) return compare(turn)
  const known = await lookUp(meant[0] as Meant, turn)
  if (!('card' in known)) return known
  const { card, note } = known
  const details = (card.details ?? []).slice(0, MOST_DETAILS).map(({ label, value }) => `- ${plain(label)}: ${plain(value)}`)
  return {
    text: [`${note}${say.detail(plain(card.name), card.sku, priceOf(card, card.price), say.stock(card.stock))}`, ...details].join('\n'),
    reason: `told of ${card.sku}`,
    cards: [card],
    options: card.stock === 0 ? [] : [say.reply.order(card.sku)],
  }
}

/** Asks which product is meant; those that were shown may be. */
export function whichProduct({ say, memory: { shown } }: Turn): Reply {
  if (shown.length < 2) return { text: say.whichProduct, reason: 'no product was named' }
  return {
    text: `${say.whichOfThese}\n${shown.map((card) => lineOf(card, say)).join('\n')}`,
    reason: 'several products may be meant',
    cards: shown,
    options: shown.map(({ sku }) => sku),
  }
}

export async function compare(turn: Turn): Promise<Reply> {
  const { say, memory } = turn
  const meant = comparedIn(turn)
  if (!Array.isArray(meant)) return meant
  if (meant.length < 2)
    return { ...whichProduct(turn), text: say.needTwo, reason: 'two products were not named', options: memory.shown.map(({ sku }) => sku) }
  const known = await Promise.all(meant.map((one) => lookUp(one, turn)))
  const missing = known.find((one) => !('card' in one))
  if (missing) return missing as Reply
  const cards = (known as Known[]).map(({ card }) => card)
  const notes = (known as Known[]).map(({ note }) => note).join('')
  return {
    text: `${notes}${verdict(cards, turn)}\n${cards.map((card) => lineOf(card, say)).join('\n')}${differences(cards)}`,
    reason: `compared ${cards.map(({ sku }) => sku).join(' and ')}`,
    cards,
    options: cards.filter(({ stock }) => stock !== 0).map(({ sku }) => say.reply.order(sku)),
  }
}

/** The products to compare: those that are named, else the first two that were shown. */
function comparedIn(turn: Turn): Meant[] | Reply {
  const { wish, memory } = turn
  if (wish.skus.length + wish.names.length > 0 || wish.places.length > 1) return meantBy(turn)
  const first = memory.shown.slice(0, 2)
  return first.length < 2 ? [] : first.map(({ sku }) => ({ sku, written: sku, quantity: 1 }))
}

function verdict(cards: ProductCard[], { say }: Turn): string {
  const [cheap, dear] = [extreme(cards, 'cheapest'), extreme(cards, 'dearest')]
  const difference = (Number(dear.price) - Number(cheap.price)).toFixed(2)
  return Number(difference) === 0 ? say.samePrice : say.cheaper(cheap.sku, dear.sku, priceOf(dear, difference))
}

/** The details in which they differ, one a line. */
function differences(cards: ProductCard[]): string {
  const labels = [...new Set(cards.flatMap(({ details = [] }) => details.map(({ label }) => label)))]
  const rows = labels.flatMap((label) => {
    const values = cards.map(({ details = [] }) => details.find((one) => one.label === label)?.value)
    const isSame = values.every((value) => value === values[0])
    return isSame ? [] : [`- ${plain(label)}: ${values.map((value = '–', at) => `${plain(value)} (${cards[at]?.sku})`).join(', ')}`]
  })
  return rows.length === 0 ? '' : `\n\n${rows.slice(0, MOST_DETAILS).join('\n')}`
}
