import type { ProductCard } from '#lib/protocol/cards.ts'
import type { ToolOutcome } from '#lib/tools/ports.ts'
import { productsOf } from './calls.ts'
import { failureOf, lineOf, MOST_CARDS, type Reply, type Turn } from './reply.ts'

/** Which products a wish is about, and what the shop says of them now. */

/** A product that is meant, and how many of it. */
export interface Meant {
  sku: string
  /** As it was written, where that was something else. */
  written: string
  /** Undefined when what was said is no number of things. */
  quantity: number | undefined
}

/** The products that a wish names or points to, or what must be asked first. */
export function meantBy({ wish, memory, say, catalogue }: Turn): Meant[] | Reply {
  const named = wish.names.map(({ written, skus, quantity }) => ({ written, skus, quantity }))
  const unclear = named.find(({ skus }) => skus.length > 1)
  if (unclear) return whichOf(unclear.skus, say, catalogue)
  const byNumber = wish.skus.map(({ written, meant, quantity }) => ({ sku: meant, written, quantity }))
  const byName = named.map(({ written, skus: [sku = ''], quantity }) => ({ sku, written, quantity }))
  if (byNumber.length + byName.length > 0) return [...byNumber, ...byName]

  const { shown, focus } = memory
  const quantity = wish.quantity ?? 1
  const one = (sku: string | undefined): Meant[] => (sku === undefined ? [] : [{ sku, written: sku, quantity }])
  if (wish.places.length > 0 && shown.length > 0) return wish.places.flatMap((place) => one(shown.at(place)?.sku))
  if (wish.filter.sort && shown.length > 1) return one(extreme(shown, wish.filter.sort).sku)
  if (focus !== undefined) return one(focus)
  return shown.length === 1 ? one(shown[0]?.sku) : []
}

/** Asks which of several products with that name is meant. */
function whichOf(skus: string[], say: Turn['say'], catalogue: Turn['catalogue']): Reply {
  const products = skus.slice(0, MOST_CARDS).flatMap((sku) => catalogue.product(sku) ?? [])
  return {
    text: `${say.whichOfThese}\n${products.map(({ sku, name }) => `- ${sku}: ${name}`).join('\n')}`,
    reason: 'several products have that name',
    options: products.map(({ sku }) => sku),
  }
}

/** The cheapest of several products, or the dearest. */
export function extreme(products: readonly ProductCard[], sort: 'cheapest' | 'dearest'): ProductCard {
  const sorted = products.toSorted((a, b) => Number(a.price) - Number(b.price))
  return sorted.at(sort === 'cheapest' ? 0 : -1) as ProductCard
}

/** A product as it is now, and what to say of how it was understood. */
export interface Known {
  card: ProductCard
  note: string
}

/** Looks a product up. One that is not there under that number may be one with a slip in it; else the nearest ones are offered. */
export async function lookUp(meant: Meant, turn: Turn): Promise<Known | Reply> {
  const { calls, say } = turn
  const asWritten = meant.written.trim().toUpperCase()
  const tries = [...new Set([meant.sku, ...(/^[A-Z0-9-]+$/.test(asWritten) ? [asWritten] : [])])]
  let last: ToolOutcome | undefined
  for (const sku of tries) {
    last = await calls.call('get_product', { sku })
    const card = productsOf(last).find((one) => one.sku.toUpperCase() === sku.toUpperCase())
    if (card) return { card, note: isSame(meant, card) ? '' : `${say.taken(meant.written, card.sku)} ` }
  }
  const near = nearest(meant.sku, turn.catalogue.skus())
  // An error may also be the answer to a number that does not exist: the shop is there when it can list its products.
  if (near.length === 0 && last?.status !== 'ok') {
    const listed = await calls.call('list_products', {})
    if (listed.status !== 'ok') return failureOf(listed, say)
  }
  const found = await Promise.all(near.map(async (sku) => productsOf(await calls.call('get_product', { sku }))[0]))
  const cards = found.filter((card) => card !== undefined)
  return {
    text: [
      say.unknownProduct(meant.written),
      ...(cards.length > 0 ? [`${say.didYouMean}\n${cards.map((card) => lineOf(card, say)).join('\n')}`] : []),
    ].join(' '),
    reason: `no product ${meant.sku}`,
    cards,
    options: cards.map(({ sku }) => sku),
  }
}

/** A product that was called by its name is not misunderstood. */
function isSame({ written, sku }: Meant, card: ProductCard): boolean {
  return written.toUpperCase() === card.sku.toUpperCase() || !/^[A-Za-z]{3}[\s-_–]*[0-9OoIl]+$/.test(written) || sku === written
}

/** How many slips a number may have, and how many neighbours are offered. */
const SLIPS = 2
const NEIGHBOURS = 3

/** The product numbers that come nearest to one that is none. */
function nearest(wanted: string, skus: readonly string[]): string[] {
  const rated = skus.map((sku) => ({ sku, distance: distanceOf(wanted, sku.toUpperCase()) })).filter(({ distance }) => distance <= SLIPS)
  return rated
    .sort((a, b) => a.distance - b.distance || a.sku.localeCompare(b.sku))
    .slice(0, NEIGHBOURS)
    .map(({ sku }) => sku)
}

/** Characters that are wrong, missing, too many, or swapped with their neighbour. */
function distanceOf(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Number.POSITIVE_INFINITY) + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1, swap))
    }
    ;[before, row] = [row, next]
  }
  return row.at(-1) as number
}
