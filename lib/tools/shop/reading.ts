import type { Customer } from '#lib/session/ports.ts'
import type { ToolOutcome } from '../ports.ts'
import type { ShopArguments } from './arguments.ts'
import { orderCard, orderRecord, productCard, productRecord } from './cards.ts'
import type { ShopClient } from './client.ts'
import type { Product } from './facts.ts'
import { found, refused } from './outcomes.ts'

/** The shop's tools that only read. For whom is never an argument: it is the customer who is signed in. */
export function createReading(shop: ShopClient) {
  return {
    async list_products(args: ShopArguments<'list_products'>, signal: AbortSignal) {
      const { products, total } = await shop.products(args, signal)
      return listed(args.category ? `in ${args.category}` : '', products, total)
    },
    async search_products({ query }: ShopArguments<'search_products'>, signal: AbortSignal) {
      const { products, total } = await shop.search(query, signal)
      return listed(`for "${query}"`, products, total)
    },
    async get_product({ sku }: ShopArguments<'get_product'>, signal: AbortSignal) {
      const product = await shop.product(sku, signal)
      if (!product) return refused('invalid', `There is no product ${sku}.`)
      return found(`Product ${sku}:`, [{ record: productRecord(product), card: productCard(product) }])
    },
    async get_customer(_: ShopArguments<'get_customer'>, signal: AbortSignal, { id }: Customer) {
      const customer = await shop.customer(id, signal)
      if (!customer) return refused('not_yours', 'The account cannot be read.')
      const email = customer.email === undefined ? '' : ` | E-mail: ${customer.email}`
      return found('The account:', [{ record: `Name: ${customer.name}${email}` }])
    },
    async list_orders({ status }: ShopArguments<'list_orders'>, signal: AbortSignal, { id }: Customer) {
      const orders = await shop.orders(id, { status }, signal)
      const which = status ? ` that are ${status}` : ''
      if (orders.length === 0) return found(`There are no orders${which}.`, [])
      const headline = `${orders.length} ${orders.length === 1 ? 'order' : 'orders'}${which}, the latest first:`
      return found(
        headline,
        orders.map((order) => ({ record: orderRecord(order), card: orderCard(order) })),
      )
    },
    async get_order({ order_id }: ShopArguments<'get_order'>, signal: AbortSignal, { id }: Customer) {
      const order = await shop.order(order_id, id, signal)
      // The same words for an order that is not there and for one of somebody else.
      if (!order) return refused('not_yours', `There is no order ${order_id} in this account.`)
      return found('The order:', [{ record: orderRecord(order), card: orderCard(order) }])
    },
  } satisfies Record<string, (args: never, signal: AbortSignal, customer: Customer) => Promise<ToolOutcome>>
}

function listed(which: string, products: Product[], total: number): ToolOutcome {
  if (products.length === 0) return found(`No products ${which}`.trim().concat('.'), [])
  const facts = products.map((product) => ({ record: productRecord(product), card: productCard(product) }))
  const counted = total > products.length ? `${total} products ${which}, the first ${products.length}` : `${total} products ${which}`
  return found(`${counted.trim()}:`, facts)
}
