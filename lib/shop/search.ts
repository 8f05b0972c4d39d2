import type { Category, Product, Specifications } from './ports.ts'
import { wordsOf } from './words.ts'

/** Finds products by what people call them. */

/** What a word counts where it is found. */
const weight = { kind: 4, name: 3, specification: 1 }
/** The share of a query's words that a product must have to be shown at all. */
const LEAST = 0.5
const ALSO_CALLED: Record<Category, string> = {
  Computers: 'computer PC machine',
  Monitors: 'monitor display screen',
  Printers: 'printer printing',
  Accessories: 'accessory accessories peripheral',
  Networking: 'networking network internet',
}

type Words = Map<string, number>

/** Makes the search. What products are called is read once each; their stock and price may change. */
export function createSearch() {
  const known = new Map<string, Words>()

  function wordsOfProduct(product: Product): Words {
    const key = `${product.sku} ${product.name}`
    const words = known.get(key) ?? readProduct(product)
    known.set(key, words)
    return words
  }

  /** The products that have the most of the query's words, best first; with a product code in it, that product. */
  return function search(products: Product[], query: string): Product[] {
    const codes = skusIn(query)
    if (codes.length > 0) return products.filter(({ sku }) => codes.includes(sku))
    const wanted = [...new Set(wordsOf(query))]
    const scored = products.map((product) => ({ product, ...score(wordsOfProduct(product), wanted) }))
    const most = Math.max(0, ...scored.map(({ found }) => found))
    if (most === 0 || most < wanted.length * LEAST) return []
    const best = scored.filter(({ found }) => found === most)
    // The sort is stable: what is equally good stays in the order of the catalogue.
    return best.sort((a, b) => b.points - a.points).map(({ product }) => product)
  }
}

function score(words: Words, wanted: string[]): { found: number; points: number } {
  const points = wanted.map((word) => pointsOf(words, word))
  return { found: points.filter((each) => each > 0).length, points: points.reduce((sum, each) => sum + each, 0) }
}

function pointsOf(words: Words, wanted: string): number {
  const exact = words.get(wanted)
  if (exact !== undefined) return exact
  let best = 0
  for (const [word, points] of words) if (begins(word, wanted)) best = Math.max(best, points * 0.9)
  return best
}

/** "key" begins "keyboard", and "27" begins "27inch", but "2" does not. */
function begins(word: string, wanted: string): boolean {
  if (!word.startsWith(wanted)) return false
  return /^\d/.test(wanted) ? /^[a-z]/.test(word.slice(wanted.length)) : wanted.length > 2
}

function readProduct({ name, category, specifications }: Product): Words {
  const words: Words = new Map()
  const add = (text: string, points: number) => {
    for (const word of wordsOf(text)) words.set(word, Math.max(points, words.get(word) ?? 0))
  }
  add(name, weight.name)
  add(`${ALSO_CALLED[category]} ${specifications.kind ?? ''}`, weight.kind)
  for (const [key, value] of Object.entries(specifications)) add(phrase(key, value), weight.specification)
  return words
}

/** A specification as people say it: `ram_gb: 16` is "16 gb ram", `curved: true` is "curved", `curved: false` nothing. */
function phrase(key: string, value: Specifications[string]): string {
  const name = key.replaceAll('_', ' ')
  if (typeof value === 'boolean') return value ? name : ''
  if (typeof value !== 'number') return `${name} ${value}`
  const [, what = name, unit = ''] = /^(.*) (gb|in|hz|w|ft)$/.exec(name) ?? []
  const large = unit === 'gb' && value >= 1000 ? ` ${value / 1000} tb` : ''
  return `${value} ${unit} ${what}${large}`
}

const code = /\b(com|mon|pri|acc|net)[- ]?(\d{1,4})\b/gi

/** The product codes in a text as the catalogue writes them: "mon0054", "MON 54" and "mon-0054" are all MON-0054. */
function skusIn(text: string): string[] {
  return [...text.matchAll(code)].map(([, letters = '', digits = '']) => `${letters.toUpperCase()}-${digits.padStart(4, '0')}`)
}

/** A product code as the catalogue writes it, or the text itself if it is none. */
export function toSku(text: string): string {
  return skusIn(text)[0] ?? text.trim().toUpperCase()
}
