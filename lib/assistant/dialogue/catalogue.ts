import type { Caller, Gateway } from '#lib/tools/ports.ts'
import { productsOf } from './calls.ts'
import { createNameReader, type NamedProduct, type NameReader } from './slots/names.ts'
import { kindIn, knownCategories } from './slots/products.ts'

/** What the products are called, so that they are recognised in messages. Public, the same for everybody, and read now and then. */
export interface Catalogue {
  namesIn: NameReader
  product: (sku: string) => NamedProduct | undefined
  skus: () => string[]
  /** Its categories that can be asked for, the largest first. */
  categories: string[]
}

/** How long names are good for, and how long it waits before it asks a shop again that failed. */
const FRESH_MS = 10 * 60_000
const RETRY_MS = 30_000
const TIMEOUT_MS = 10_000

interface CatalogueDeps {
  gateway: Gateway
  isCommon: (word: string) => boolean
  now: () => number
}

export function createCatalogues({ gateway, isCommon, now }: CatalogueDeps) {
  let known = catalogueOf([], isCommon)
  let until = 0
  let reading: Promise<void> | undefined

  /** Category by category: a list of everything is cut where it grows too long. What is asked is nobody's answer, so it counts for none. */
  async function read(): Promise<void> {
    const caller: Caller = { session: 'catalogue', turn: `catalogue-${now()}`, customer: undefined }
    const list = (args: object) => gateway.call(caller, 'list_products', args, AbortSignal.timeout(TIMEOUT_MS))
    const outcomes = await Promise.all([list({}), ...knownCategories.map((category) => list({ category }))])
    const products = outcomes.flatMap(productsOf)
    if (products.length > 0) known = catalogueOf(products, isCommon)
    until = now() + (outcomes.every(({ status }) => status === 'ok') ? FRESH_MS : RETRY_MS)
  }

  /** The products as they were told last. Only the first time it is waited for, then the shop is asked beside. */
  return async (): Promise<Catalogue> => {
    if (now() >= until) {
      reading ??= read()
        .catch(() => {
          until = now() + RETRY_MS
        })
        .finally(() => {
          reading = undefined
        })
      if (known.skus().length === 0) await reading
    }
    return known
  }
}

function catalogueOf(
  products: ReadonlyArray<NamedProduct & { category?: string | undefined }>,
  isCommon: (word: string) => boolean,
): Catalogue {
  const bySku = new Map(products.map((product) => [product.sku, product]))
  const sizes = new Map<string, number>()
  for (const { category } of products) if (category && kindIn(category)) sizes.set(category, (sizes.get(category) ?? 0) + 1)
  return {
    namesIn: createNameReader(products, isCommon),
    product: (sku) => bySku.get(sku),
    skus: () => [...bySku.keys()],
    categories: [...sizes].sort((a, b) => b[1] - a[1]).map(([category]) => category),
  }
}
