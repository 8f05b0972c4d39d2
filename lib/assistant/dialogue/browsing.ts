import { fold } from '#lib/knowledge/words.ts'
import type { ProductCard } from '#lib/protocol/cards.ts'
import { productsOf } from './calls.ts'
import { saysWhat } from './memory.ts'
import { failureOf, lineOf, MOST_CARDS, type Reply, type Turn } from './reply.ts'
import type { Filter, Measure } from './slots/filters.ts'
import type { Wish } from './wishes.ts'

/** Shows the products that somebody looks for: narrowed down, sorted, some of them, and how many more there are. */

const goesOn = /\b(?:more|rest|next|others?|mehr|weitere|plus|autres|mas|otros|them|nua)\b/

export async function browse(turn: Turn): Promise<Reply> {
  const { calls, say, memory } = turn
  const { wish, seen } = searchOf(turn.wish, memory.browsed)
  const category = wish.kind?.category
  const outcome = await calls.call('list_products', category === undefined ? {} : { category })
  if (outcome.status !== 'ok') return failureOf(outcome, say)
  const ofKind = described(narrowed(productsOf(outcome), wish.kind?.narrowing), wish.describing)
  const found = sorted(
    ofKind.filter((card) => fits(card, wish.filter)),
    wish.filter.sort,
  )
  const rest = found.filter(({ sku }) => !seen.includes(sku))
  const cards = rest.slice(0, MOST_CARDS)
  if (cards.length === 0) return nothing(turn, ofKind)
  const left = rest.length - cards.length
  return {
    text: [
      `${say.found(found.length, category)}\n${cards.map((card) => lineOf(card, say)).join('\n')}`,
      ...(left > 0 ? [say.more(left)] : []),
    ].join('\n\n'),
    reason: `looked for products${category ? ` in ${category}` : ''}`,
    cards,
    options: [...(left > 0 ? [say.reply.more] : []), ...(cards.length > 1 ? [say.reply.compare] : [])],
  }
}

/** What is looked for: what is asked, within what was looked for before where it goes on with that. */
function searchOf(wish: Wish, before: Turn['memory']['browsed']): { wish: Wish; seen: string[] } {
  if (saysWhat(wish) || !before) return { wish, seen: [] }
  if (wish.filter.isBare && goesOn.test(fold(wish.text))) return { wish: before.wish, seen: before.seen }
  if (wish.filter.isBare) return { wish, seen: [] }
  const filter = { ...before.wish.filter, ...wish.filter, measures: [...before.wish.filter.measures, ...wish.filter.measures] }
  return { wish: { ...before.wish, filter }, seen: [] }
}

/** Says that there is nothing, and shows what comes nearest: the cheapest of that kind that can be had. */
function nothing({ say }: Turn, ofKind: ProductCard[]): Reply {
  const near = sorted(ofKind, 'cheapest').slice(0, 3)
  if (near.length === 0) return { text: say.nothingFound, reason: 'no product fits' }
  return {
    text: `${say.nothingFound} ${say.nearestInstead}\n${near.map((card) => lineOf(card, say)).join('\n')}`,
    reason: 'no product fits; the nearest ones are shown',
    cards: near,
  }
}

/** Those that are called so; all where the shop calls none so. */
function narrowed(cards: ProductCard[], names: readonly string[] = []): ProductCard[] {
  const own = cards.filter((card) => names.some((name) => textOf(card).includes(name)))
  return own.length > 0 ? own : cards
}

/** Those that are described so, word by word; a word that fits none of them says nothing of products. */
function described(cards: ProductCard[], words: readonly string[]): ProductCard[] {
  return words.reduce((left, word) => {
    const own = left.filter((card) => textOf(card).includes(word))
    return own.length > 0 ? own : left
  }, cards)
}

function fits(card: ProductCard, { from = 0, to = Number.POSITIVE_INFINITY, inStock, measures }: Filter): boolean {
  const price = Number(card.price)
  if (price < from || price > to || (inStock && !(card.stock && card.stock > 0))) return false
  const text = measures.length > 0 ? textOf(card) : ''
  return measures.every((measure) => says(text, measure))
}

/** Whether a product has a measure in its name or its details. */
function says(text: string, { amount, unit }: Measure): boolean {
  const figure = amount.replace('.', '\\.')
  const spelt = unit === 'in' ? '(?:in(?:ch(?:es)?)?\\b|"|″)' : unit === 'ft' ? '(?:ft|feet|foot)\\b' : `${unit.replace(/s$/, '')}s?\\b`
  return new RegExp(`(?<![\\d.])${figure}(?:\\.0)?[\\s-]?${spelt}`).test(text)
}

function textOf({ name, category = '', details = [] }: ProductCard): string {
  return fold([name, category, ...details.map(({ label, value }) => `${label} ${value}`)].join(' · '))
}

/** What can be had first, then by price, the cheapest first unless the dearest are asked for. */
function sorted(cards: ProductCard[], sort: Filter['sort']): ProductCard[] {
  const direction = sort === 'dearest' ? -1 : 1
  const isGone = ({ stock }: ProductCard) => (stock === 0 ? 1 : 0)
  return cards.toSorted((a, b) => isGone(a) - isGone(b) || direction * (Number(a.price) - Number(b.price)))
}
