import type { OrderCard } from '#lib/protocol/cards.ts'
import type { Customer, Proposal } from '#lib/session/ports.ts'
import { hashOf } from '../canonical.ts'
import type { ToolOutcome } from '../ports.ts'
import type { ShopArguments } from './arguments.ts'
import { amount, itemLine, orderCard, totalOf } from './cards.ts'
import type { ShopClient } from './client.ts'
import type { Product } from './facts.ts'
import { refused } from './outcomes.ts'

/**
 * The shop's tools that change something. Calling one changes nothing: it comes to what the visitor is asked to approve, bound by our
 * code in every detail, with the prices that the catalogue has at this moment.
 */
export function createProposing(shop: ShopClient) {
  return {
    async create_order({ items }: ShopArguments<'create_order'>, signal: AbortSignal, customer: Customer): Promise<ToolOutcome> {
      if (!shop.has('create_order')) return refused('off', 'Orders cannot be placed here at the moment.')
      const products = await Promise.all(items.map(({ sku }) => shop.product(sku, signal)))
      const troubles = items.flatMap(({ sku, quantity }, index) => trouble(products[index], sku, quantity) ?? [])
      if (troubles.length > 0) return refused('invalid', troubles.join(' '))
      const priced = items.flatMap(({ sku, quantity }, index) => {
        const product = products[index]
        return product ? [{ sku, name: product.name, quantity, unit_price: product.price, currency: product.currency }] : []
      })
      const [currency = 'USD', ...others] = new Set(priced.map((item) => item.currency))
      if (others.length > 0) return refused('invalid', 'These products are priced in different currencies. Please order them one by one.')
      const total = totalOf(priced)
      const card: OrderCard = { kind: 'order', status: 'proposed', items: priced.map(({ currency: _, ...item }) => item), total, currency }
      const args = { customer_id: customer.id, items: priced.map(({ name: _, ...item }) => item) }
      return proposed('create_order', args, customer, {
        summary: `Order ${card.items.map(itemLine).join(', ')} for ${amount(total, currency)}`,
        card,
      })
    },

    async cancel_order({ order_id }: ShopArguments<'cancel_order'>, signal: AbortSignal, customer: Customer): Promise<ToolOutcome> {
      if (!shop.has('cancel_order')) return refused('off', 'Orders cannot be cancelled here. A person can look into it.')
      const order = await shop.order(order_id, customer.id, signal)
      if (!order) return refused('not_yours', `There is no order ${order_id} in this account.`)
      if (order.status !== 'submitted')
        return refused('invalid', `Order ${order.id} is ${order.status}. Only a submitted order can be cancelled.`)
      const card = orderCard(order)
      const what = card.items.length > 0 ? ` (${card.items.map(itemLine).join(', ')}, ${amount(card.total, card.currency)})` : ''
      const args = { customer_id: customer.id, order_id: order.id }
      return proposed('cancel_order', args, customer, { summary: `Cancel order ${order.id}${what}`, card })
    },
  }
}

/** What keeps a product from being ordered, in a sentence. */
function trouble(product: Product | undefined, sku: string, quantity: number): string | undefined {
  if (!product) return `There is no product ${sku}.`
  if (!product.isActive) return `${sku} ${product.name} is no longer sold.`
  const { stock } = product
  if (stock === undefined || stock >= quantity) return undefined
  return stock === 0 ? `${sku} ${product.name} is out of stock.` : `Only ${stock} of ${sku} ${product.name} are in stock.`
}

function proposed(
  tool: string,
  args: Record<string, unknown>,
  { id: customerId }: Customer,
  { summary, card }: Pick<Proposal, 'summary' | 'card'>,
): ToolOutcome {
  const proposal: Proposal = { tool, args, customerId, summary, card, digest: hashOf({ tool, args, customerId }) }
  return { status: 'proposed', proposal, text: `The customer is asked to approve: ${summary}. Nothing was changed yet.` }
}
