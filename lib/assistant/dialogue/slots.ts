import { placesIn, pointsBack, quantityAt, quantityIn } from './slots/amounts.ts'
import { type Filter, filtersIn, withoutFilters } from './slots/filters.ts'
import type { NameMention } from './slots/names.ts'
import { type Kind, kindIn, type SkuMention, skusIn, withoutKinds } from './slots/products.ts'

/** What a message names, whatever it wants with it. */
export interface Slots {
  text: string
  /** Products by number, each with how many; undefined when what is said is no number of things. */
  skus: Array<SkuMention & { quantity: number | undefined }>
  /** Products by name. */
  names: Array<NameMention & { quantity: number | undefined }>
  kind: (Kind & { name: string }) | undefined
  filter: Filter & { isBare: boolean }
  /** Places in the list that was shown last. */
  places: number[]
  /** It points to what was spoken of. */
  pointsBack: boolean
  /** How many, where no product number stands beside it. */
  quantity: number | undefined
  orders: string[]
  email: string | undefined
  /** It held a PIN, which is not in it any more. */
  hidesPin: boolean
}

const orderId = /(?<![\w-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:ord|so)-?\d{3,12}|#\d{3,12})(?![\w-])/gi
const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/gu
const hidden = /••••/g

/** Finds the names of products in a text. */
export type NamesIn = (text: string) => NameMention[]

export function slotsIn(written: string, namesIn: NamesIn): Slots {
  const text = written.replace(orderId, ' ').replace(email, ' ')
  const names = namesIn(text)
  const rest = masked(text, names, ' ')
  return {
    text: written,
    skus: skusIn(text).map((sku) => ({ ...sku, quantity: quantityAt(text, sku.at, sku.written.length) })),
    names: names.map((name) => ({ ...name, quantity: quantityAt(text, name.at, name.written.length) })),
    kind: kindIn(rest),
    filter: filtersIn(rest),
    places: placesIn(text),
    pointsBack: pointsBack(text),
    quantity: quantityIn(text),
    orders: [...written.matchAll(orderId)].map(([id]) => id.replace(/^#/, '')),
    email: written.match(email)?.[0]?.replace(/\.$/, ''),
    hidesPin: written.includes('••••'),
  }
}

/** A message with what it names masked, folded: the shape of a wish. */
export function maskedOf(text: string, namesIn: NamesIn = () => []): string {
  const plain = text.replace(orderId, ' orderslot ').replace(email, ' emailslot ').replace(hidden, ' pinslot ')
  const withoutSkus = masked(plain, skusIn(plain), ' skuslot ')
  return withoutKinds(withoutFilters(masked(withoutSkus, namesIn(withoutSkus), ' skuslot ')), ' kindslot ')
}

function masked(text: string, mentions: ReadonlyArray<{ written: string; at: number }>, instead: string): string {
  return mentions.reduceRight((rest, { written, at }) => `${rest.slice(0, at)}${instead}${rest.slice(at + written.length)}`, text)
}

/** A message without the credentials that it held, and the words that lead to them; empty when nothing else was in it. */
export function withoutCredentials(text: string): string {
  const rest = text.replace(email, '@').replace(hidden, '•')
  return rest
    .split(/(?<=[.!?;\n])\s*|,\s+(?:and\s+)?(?=(?:show|i |order|where|track|list|please)\b)/i)
    .filter((part) => !/[@•]/.test(part) && /[\p{L}\p{N}]/u.test(part))
    .join(' ')
    .trim()
}
