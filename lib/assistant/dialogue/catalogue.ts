import type { Caller, Gateway } from '#lib/tools/ports.ts'
import { productsOf } from './calls.ts'
import { createNameReader, type NamedProduct, type NameReader } from './slots/names.ts'
import { kindIn } from './slots/products.ts'

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

interface CatalogueDeps {
  gateway: Gateway
  isCommon: (word: string) => boolean
  now: () => number
}

export function createCatalogues({ gateway, isCommon, now }: CatalogueDeps) {
  let known = catalogueOf([], isCommon)
  let until = 0
  let reading: Promise<void> | undefined

  async function read(caller: Caller, signal: AbortSignal): Promise<void> {
    const outcome = await gateway.call({ ...caller, customer: undefined }, 'list_products', {}, signal)
    if (outcome.status === 'ok') known = catalogueOf(productsOf(outcome), isCommon)
    until = now() + (outcome.status === 'ok' ? FRESH_MS : RETRY_MS)
  }

  /** The products as they were told last; the first time, and then now and then, the shop is asked. */
  return async (caller: Caller, signal: AbortSignal): Promise<Catalogue> => {
    if (now() >= until) {
      reading ??= read(caller, signal).finally(() => {
        reading = undefined
      })
      // Who waited for somebody else's question that was stopped goes on with what is known.
      await reading.catch(() => signal.throwIfAborted())
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
