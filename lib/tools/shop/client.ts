import type { Answer } from '../mcp/server.ts'
import type { ShopToolName } from '../policy.ts'
import type { Registry } from '../registry.ts'
import { customerOf, ordersOf, productsOf, refusalOf, type ShopRefusal, totalOf } from './answers.ts'
import type { Order, Product, ShopCustomer } from './facts.ts'

/**
 * The shop's tools as our code calls them, with nothing in them from a model. What is somebody's is given only for whom it is:
 * orders that are not provably the customer's own are not seen by anybody above.
 */

/** The shop has no such tool now: its server is away, or the tool is off. */
export class ToolIsMissing extends Error {
  override readonly name = 'ToolIsMissing'
}

/** The shop answered with an error; `refusal` says which, where the shop decided so. */
export class ShopSaysNo extends Error {
  override readonly name = 'ShopSaysNo'
  readonly refusal: ShopRefusal | undefined

  constructor(refusal: ShopRefusal | undefined) {
    super(`the shop refuses: ${refusal ?? 'no reason that is known'}`)
    this.refusal = refusal
  }
}

export type ShopClient = ReturnType<typeof createShopClient>

/** Orders in a list without owners that are looked at one by one. */
const LOOKED_AT = 10

export function createShopClient(registry: Pick<Registry, 'tool'>) {
  async function ask(name: ShopToolName, args: Record<string, unknown>, options: AskOptions): Promise<Answer> {
    const tool = registry.tool(name)
    if (!tool?.isShop) throw new ToolIsMissing(`the shop has no ${name} now`)
    return tool.server.call(name, args, options)
  }

  async function read(name: ShopToolName, args: Record<string, unknown>, signal: AbortSignal): Promise<Answer> {
    const answer = await ask(name, args, { signal })
    if (answer.isError) throw new ShopSaysNo(refusalOf(answer))
    return answer
  }

  async function products(args: { category?: string | null | undefined }, signal: AbortSignal): Promise<Products> {
    const { category } = args
    return shelf(await read('list_products', { ...(category ? { category } : {}), is_active: true }, signal))
  }

  async function search(query: string, signal: AbortSignal): Promise<Products> {
    return shelf(await read('search_products', { query }, signal))
  }

  /** Undefined for a code that the shop does not know. */
  async function product(sku: string, signal: AbortSignal): Promise<Product | undefined> {
    const found = await orNothing('product', () => read('get_product', { sku }, signal))
    return found && productsOf(found).find((one) => one.sku.toUpperCase() === sku.toUpperCase())
  }

  async function customer(id: string, signal: AbortSignal): Promise<ShopCustomer | undefined> {
    const found = await orNothing('customer', () => read('get_customer', { customer_id: id }, signal))
    const known = found && customerOf(found)
    return known?.id === id ? known : undefined
  }

  /** Undefined for a wrong PIN and an unknown address alike. */
  async function customerByPin(email: string, pin: string, signal: AbortSignal): Promise<ShopCustomer | undefined> {
    const answer = await ask('verify_customer_pin', { email, pin }, { signal })
    if (!answer.isError) return customerOf(answer) ?? Promise.reject(new ShopSaysNo(undefined))
    const refusal = refusalOf(answer)
    if (refusal === 'pin' || refusal === 'customer') return undefined
    throw new ShopSaysNo(refusal)
  }

  /** The customer's own orders, the latest first. What the server lists besides is left out, row by row. */
  async function orders(customerId: string, { status }: { status?: string | null | undefined }, signal: AbortSignal): Promise<Order[]> {
    const listed = ordersOf(await read('list_orders', { customer_id: customerId, ...(status ? { status } : {}) }, signal))
    const own = listed.filter((order) => order.customerId === customerId)
    // Some servers list orders without saying whose they are: each is asked for by itself.
    const unnamed = listed.filter((order) => order.customerId === undefined).slice(0, LOOKED_AT)
    const looked = await Promise.all(unnamed.map(({ id }) => order(id, customerId, signal)))
    const all = [...own, ...looked.flatMap((one) => one ?? [])].filter((one) => !status || one.status === status)
    return all.toSorted((a, b) => (b.placedAt ?? '').localeCompare(a.placedAt ?? ''))
  }

  /** The customer's own order; undefined for one that is not there and for anybody else's. */
  async function order(id: string, customerId: string, signal: AbortSignal): Promise<Order | undefined> {
    const found = await orNothing('order', () => read('get_order', { order_id: id }, signal))
    const order = found && ordersOf(found)[0]
    return order?.customerId === customerId && order.id.toLowerCase() === id.toLowerCase() ? order : undefined
  }

  /** Whether the shop has a tool now, and whether it does a thing once for one key. */
  function has(name: ShopToolName): { honoursKeys: boolean } | undefined {
    const tool = registry.tool(name)
    return tool?.isShop ? { honoursKeys: tool.server.own || tool.definition.honoursKeys } : undefined
  }

  return { ask, products, search, product, customer, customerByPin, orders, order, has }
}

interface AskOptions {
  signal: AbortSignal
  meta?: Record<string, unknown>
}

interface Products {
  products: Product[]
  /** How many there are in all. */
  total: number
}

function shelf(answer: Answer): Products {
  const products = productsOf(answer).filter(({ isActive }) => isActive)
  return { products, total: Math.max(totalOf(answer) ?? 0, products.length) }
}

async function orNothing<T>(refusal: ShopRefusal, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ShopSaysNo && error.refusal === refusal) return undefined
    throw error
  }
}
