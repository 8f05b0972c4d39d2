import { fold } from '#lib/knowledge/words.ts'

/** By what a visitor narrows products down. */
export interface Filter {
  /** Prices, both included. */
  from?: number
  to?: number
  inStock?: boolean
  /** Measures as a product's name or details have them ("27 in", "16 gb"). */
  measures: Measure[]
  sort?: 'cheapest' | 'dearest'
}

export interface Measure {
  amount: string
  unit: string
}

const amount =
  '(?:\\$|usd|€|eur)?\\s?(\\d[\\d,]*(?:\\.\\d{1,2})?)(?![\\d.]*\\d)\\s?(k\\b)?\\s?(?:\\$|usd|dollars?|bucks|€|eur(?:os?)?|do(?: la)?\\b)?'
const notMeasure = '(?!\\s?-?(?:inch|in\\b(?! stock)|"|gb|tb|hz|ghz|w\\b|ft|feet|cm|zoll|pouces|pulgadas|core))'
const below = new RegExp(
  `(?:under|below|less than|cheaper than|up to|at most|max(?:imum)?(?: of)?|no more than|not more than|within|unter|bis(?: zu)?|hochstens|moins de|sous|jusqu'a|menos de|hasta|duoi|toi da|khong qua|<=?)\\s*${amount}${notMeasure}`,
  'g',
) // prettier-ignore
const above = new RegExp(
  `(?:over|above|more than|at least|from|starting at|min(?:imum)?(?: of)?|uber|ab|mindestens|plus de|a partir de|mas de|desde|tren|tu|>=?)\\s*${amount}${notMeasure}`,
  'g',
) // prettier-ignore
const between = new RegExp(
  `(?:between|zwischen|entre|from|von|de|tu)\\s*${amount}\\s*(?:and|to|-|–|und|bis|et|a|y|den)\\s*${amount}${notMeasure}`,
) // prettier-ignore
const about = new RegExp(`(?:around|about|roughly|approximately|etwa|environ|unos|khoang)\\s*${amount}${notMeasure}`)
const stocked =
  /\b(?:in stock|available(?: now)?|on hand|ready to ship|lieferbar|verfugbar|vorratig|auf lager|en stock|disponibles?|con hang|san hang)\b/
const measure =
  /(?<![\d.])(\d+(?:\.\d+)?)\s?-?(inch(?:es)?|in\b(?! (?:stock|total|all|the|my|black|white|one))|"|″|gb|tb|hz|ghz|w\b|watts?|ft\b|feet|foot|zoll|pouces|pulgadas|-?cores?|4k)(?![a-z])/g
const cheapest =
  /\b(?:cheap(?:est|er)?|lowest price|least expensive|most affordable|affordable|price low(?: to high)?|gunstig(?:ste[rsn]?)?|billig(?:ste[rsn]?)?|moins cher(?:e|s)?|mas barat[oa]s?|re nhat)\b/ // prettier-ignore
const dearest =
  /\b(?:most expensive|highest price|dearest|priciest|price high(?: to low)?|teuerste[rsn]?|plus cher(?:e|s)?|mas car[oa]s?|dat nhat)\b/ // prettier-ignore
/** What "around" a price allows. */
const AROUND = 0.15

const units: Record<string, string> = {
  '"': 'in',
  '″': 'in',
  inch: 'in',
  inches: 'in',
  zoll: 'in',
  pouces: 'in',
  pulgadas: 'in',
  watt: 'w',
  watts: 'w',
  feet: 'ft',
  foot: 'ft',
} // prettier-ignore

/** The filters in a text; `isBare` says that there are none. */
export function filtersIn(text: string): Filter & { isBare: boolean } {
  const plain = fold(text)
  const price = priceIn(plain)
  const measures = [...plain.matchAll(measure)].map(([, amount = '', unit = '']) => ({ amount, unit: units[unit] ?? unit }))
  const sort = cheapest.test(plain) ? ('cheapest' as const) : dearest.test(plain) ? ('dearest' as const) : undefined
  const inStock = stocked.test(plain) && !/\b(?:out of|not in) stock\b/.test(plain)
  const isBare = Object.keys(price).length === 0 && measures.length === 0 && !sort && !inStock
  return { ...price, measures, ...(inStock ? { inStock } : {}), ...(sort ? { sort } : {}), isBare }
}

function priceIn(plain: string): Pick<Filter, 'from' | 'to'> {
  const range = between.exec(plain)
  if (range) return { from: figureOf(range[1], range[2]), to: figureOf(range[3], range[4]) }
  const near = about.exec(plain)
  if (near) {
    const middle = figureOf(near[1], near[2])
    return { from: middle * (1 - AROUND), to: middle * (1 + AROUND) }
  }
  const [to] = [...plain.matchAll(below)].map(([, figure, thousands]) => figureOf(figure, thousands))
  const [from] = [...plain.matchAll(above)].map(([, figure, thousands]) => figureOf(figure, thousands))
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

function figureOf(figure = '', thousands?: string): number {
  return Number(figure.replaceAll(',', '')) * (thousands ? 1000 : 1)
}

/** A text without prices and measures, folded, with what stands for them. */
export function withoutFilters(text: string): string {
  return fold(text)
    .replace(between, ' priceslot ')
    .replace(below, ' priceslot ')
    .replace(about, ' priceslot ')
    .replace(above, ' priceslot ')
    .replace(measure, ' specslot ')
    .replace(/\$\s?\d[\d,.]*/g, ' priceslot ')
}
