import type { Answer } from '../mcp/server.ts'
import { type Order, order, type Product, product, type ShopCustomer, shopCustomer } from './facts.ts'
import { customerIn, ordersIn, productsIn } from './text.ts'

/** A shop's answers as facts: from the structure, where there is one that can be read, else from the text. */

export function productsOf({ structured, text }: Answer): Product[] {
  return readable(product, listIn(structured, 'products') ?? listIn(structured, 'product') ?? [structured], productsIn(text))
}

export function ordersOf({ structured, text }: Answer): Order[] {
  return readable(order, listIn(structured, 'orders') ?? listIn(structured, 'order') ?? [structured], ordersIn(text))
}

export function customerOf({ structured, text }: Answer): ShopCustomer | undefined {
  return readable(shopCustomer, listIn(structured, 'customer') ?? [structured], [customerIn(text)])[0]
}

/** How many there are in all, where a list says so. */
export function totalOf({ structured }: Answer): number | undefined {
  const total = typeof structured === 'object' && structured !== null && 'total' in structured ? structured.total : undefined
  return typeof total === 'number' && Number.isInteger(total) ? total : undefined
}

/** `{products: […]}`, the `{result: […]}` of servers that wrap lists, or a list itself. */
function listIn(structured: unknown, name: string): unknown[] | undefined {
  if (Array.isArray(structured)) return structured
  if (typeof structured !== 'object' || structured === null) return undefined
  const found = (structured as Record<string, unknown>)[name] ?? (structured as Record<string, unknown>).result
  return Array.isArray(found) ? found : typeof found === 'object' && found !== null ? [found] : undefined
}

interface Schema<T> {
  safeParse: (value: unknown) => { success: true; data: T } | { success: false }
}

function readable<T>(schema: Schema<T>, structured: unknown[], text: unknown[]): T[] {
  const parsed = (values: unknown[]) =>
    values.flatMap((value) => {
      const result = schema.safeParse(value)
      return result.success ? [result.data] : []
    })
  const facts = parsed(structured)
  return facts.length > 0 ? facts : parsed(text)
}

/** Why a shop refuses, as its answer names it. */
export type ShopRefusal = 'stock' | 'product' | 'price' | 'customer' | 'order' | 'state' | 'key' | 'pin'

const refusals: Array<[RegExp, ShopRefusal]> = [
  [/InsufficientInventoryError|insufficient (?:inventory|stock)|not enough stock|out of stock/i, 'stock'],
  [/PriceMismatchError|price (?:mismatch|has changed)/i, 'price'],
  [/OrderStateError|(?:cannot|can not|can't|only .*) be cancell?ed/i, 'state'],
  [/IdempotencyKeyError/i, 'key'],
  [/PIN (?:is )?incorrect|incorrect PIN|invalid (?:PIN|credentials)/i, 'pin'],
  [/ProductNotFoundError|product .*not found|no product /i, 'product'],
  [/OrderNotFoundError|order .*not found|no order /i, 'order'],
  [/CustomerNotFoundError|customer .*not found|no customer /i, 'customer'],
]

/** The reason of an error that is the shop's own decision; undefined for one that leaves open what was done. */
export function refusalOf({ isError, text }: Answer): ShopRefusal | undefined {
  if (!isError) return undefined
  const head = text.slice(0, 1000)
  return refusals.find(([pattern]) => pattern.test(head))?.[1]
}
