import type { Card, OrderCard, ProductCard } from '#lib/protocol/cards.ts'
import type { Customer, Proposal } from '#lib/session/ports.ts'
import type { Caller, Gateway, OfferedTool, ToolOutcome } from '#lib/tools/ports.ts'

/** A small shop behind a gateway, in memory: the same policies and cards as the real one, for tests of the dialogue. */

export const alice: Customer = { id: 'c-alice', name: 'Alice', email: 'alice@example.com', via: 'pin', mayOrder: true }
export const bob: Customer = { id: 'c-bob', name: 'Bob', email: 'bob@example.com', via: 'pin', mayOrder: true }

const product = (sku: string, name: string, price: string, stock: number, details: Record<string, string> = {}): ProductCard => ({
  kind: 'product',
  sku,
  name,
  category:
    ({ MON: 'Monitors', COM: 'Computers', ACC: 'Accessories', PRI: 'Printers', NET: 'Networking' } as Record<string, string>)[
      sku.slice(0, 3)
    ] ?? '',
  price,
  currency: 'USD',
  stock,
  details: Object.entries(details).map(([label, value]) => ({ label, value })),
}) // prettier-ignore

const catalogue = () => [
  product('MON-0001', 'Beacon 21.5-inch Full HD Monitor, 75 Hz', '89.99', 28, { Size: '21.5 in', Ports: 'HDMI, VGA' }),
  product('MON-0005', 'Beacon 27-inch Full HD Monitor, 75 Hz', '129.99', 13, { Size: '27 in', Ports: 'HDMI, VGA' }),
  product('MON-0006', 'Beacon 27-inch Full HD Monitor, 100 Hz', '139.50', 0, { Size: '27 in', Ports: 'HDMI' }),
  product('MON-0012', 'Clearview 32-inch 4K Monitor, 60 Hz', '529.99', 26, { Size: '32 in', Ports: 'HDMI, USB-C' }),
  product('MON-0013', 'Clearview 32-inch 4K Monitor, 75 Hz', '469.00', 0, { Size: '32 in', Ports: 'HDMI, USB-C' }),
  product('MON-0018', 'Riptide 27-inch QHD Monitor, 144 Hz', '219.99', 4, { Size: '27 in', Ports: 'HDMI, DisplayPort' }),
  product('MON-0019', 'Riptide 27-inch QHD Monitor, 165 Hz', '259.00', 21, { Size: '27 in', Ports: 'HDMI, DisplayPort' }),
  product('MON-0020', 'Riptide 27-inch QHD Monitor, 180 Hz', '279.99', 16, { Size: '27 in', Ports: 'HDMI, DisplayPort' }),
  product('MON-0054', 'Skerry 24-inch QHD Monitor, 100 Hz', '166.85', 7, { Size: '24 in', Ports: 'HDMI, DisplayPort' }),
  product('COM-0001', 'Tidewater 13 Laptop, Corvane C3, 8 GB, 256 GB SSD', '499.00', 8, { Kind: 'laptop', Memory: '8 GB' }),
  product('COM-0008', 'Tidewater 15 Laptop, Corvane C5, 16 GB, 512 GB SSD', '648.99', 11, { Kind: 'laptop', Memory: '16 GB' }),
  product('COM-0030', 'Skiff Mini PC, Corvane C7, 32 GB, 1 TB SSD', '748.99', 3, { Kind: 'mini PC', Memory: '32 GB' }),
  product('ACC-0010', 'Pebble Wireless Mouse', '19.99', 50, { Kind: 'mouse' }),
  product('PRI-0013', 'Inkwell Ink Printer', '149.00', 5),
]

const order = (
  order_id: string,
  status: OrderCard['status'],
  placed_at: string,
  items: OrderCard['items'],
  tracking?: string,
): OrderCard => ({
  kind: 'order',
  order_id,
  status,
  items,
  total: items.reduce((sum, { quantity, unit_price }) => sum + quantity * Number(unit_price), 0).toFixed(2),
  currency: 'USD',
  placed_at,
  ...(tracking === undefined ? {} : { tracking }),
})

export const ids = {
  shipped: '33736dcc-a7f0-499e-80b5-244a4767e1fa',
  submitted: '4de2f8ad-4cb5-4aa7-85c2-2d3f64dbc8d3',
  ofBob: '0aaaaf81-9638-42a7-a646-5d2824d4589c',
}

const tool = (name: string, properties: object, more: Partial<OfferedTool> = {}): OfferedTool => ({
  name,
  description: `${name} of the shop`,
  parameters: { type: 'object', properties },
  requiresAuth: false,
  sideEffect: false,
  ...more,
})
const text = { type: 'string' }
const items = { type: 'array', items: { type: 'object', properties: { sku: text, quantity: { type: 'integer' } } } }
const tools = [
  tool('list_products', { category: text }),
  tool('search_products', { query: text }),
  tool('get_product', { sku: text }),
  tool('list_orders', { status: text }, { requiresAuth: true }),
  tool('get_order', { order_id: text }, { requiresAuth: true }),
  tool('create_order', { items }, { requiresAuth: true, sideEffect: true }),
  tool('cancel_order', { order_id: text }, { requiresAuth: true, sideEffect: true }),
]

export function createTestShop() {
  const products = catalogue()
  const orders = new Map<string, { customer: string; card: OrderCard }>([
    [
      ids.shipped,
      {
        customer: alice.id,
        card: order(
          ids.shipped,
          'fulfilled',
          '2026-10-30T10:00:00.000Z',
          [{ sku: 'COM-0001', quantity: 1, unit_price: '499.00' }],
          'UPS 1Z999AA15655274506',
        ),
      },
    ],
    [
      ids.submitted,
      {
        customer: alice.id,
        card: order(ids.submitted, 'submitted', '2026-11-24T10:00:00.000Z', [{ sku: 'ACC-0010', quantity: 2, unit_price: '19.99' }]),
      },
    ],
    [
      ids.ofBob,
      {
        customer: bob.id,
        card: order(ids.ofBob, 'submitted', '2026-11-23T10:00:00.000Z', [{ sku: 'MON-0012', quantity: 1, unit_price: '529.99' }]),
      },
    ],
  ]) // prettier-ignore
  const calls: Array<{ name: string; args: unknown; customer: string | undefined }> = []
  const shop = { isDown: false, offers: true }
  let placed = 0

  const gateway: Gateway = {
    offered: () => (shop.offers ? tools : []),
    async call(caller, name, args, signal) {
      signal.throwIfAborted()
      calls.push({ name, args, customer: caller.customer?.id })
      const own = tools.find((one) => one.name === name)
      if (!own) return { status: 'refused', reason: 'unknown', text: 'There is no such tool.' }
      if (own.requiresAuth && !caller.customer) return { status: 'refused', reason: 'sign_in', text: 'The customer must sign in first.' }
      if (shop.isDown) return { status: 'error', text: 'The shop did not answer.' }
      return answer(caller, name, (args ?? {}) as Record<string, unknown>)
    },
  }

  function answer({ customer }: Caller, name: string, args: Record<string, unknown>): ToolOutcome {
    const ofCustomer = [...orders.values()].filter((one) => one.customer === customer?.id).map(({ card }) => card)
    if (name === 'list_products') return found(products.filter(({ category }) => args.category === undefined || category === args.category))
    if (name === 'search_products')
      return found(products.filter((one) => one.name.toLowerCase().includes(String(args.query).toLowerCase())))
    if (name === 'get_product') {
      const one = products.find(({ sku }) => sku === args.sku)
      return one ? found([one]) : { status: 'error', text: 'Error executing tool get_product: Product not found' }
    }
    if (name === 'list_orders') return found(ofCustomer)
    if (name === 'create_order') return propose(customer as Customer, args.items)
    const one = orders.get(String(args.order_id))
    if (!one) return { status: 'error', text: 'Order not found' }
    if (one.customer !== customer?.id) return { status: 'refused', reason: 'not_yours', text: 'This is not an order of the customer.' }
    if (name === 'get_order') return found([one.card])
    return proposal('cancel_order', customer, { order_id: args.order_id }, `Cancel order ${args.order_id}`, one.card)
  }

  function propose(customer: Customer, wanted: unknown): ToolOutcome {
    const lines = Array.isArray(wanted) ? (wanted as Array<{ sku?: unknown; quantity?: unknown }>) : []
    const bound = lines.map(({ sku, quantity }) => ({ product: products.find((one) => one.sku === sku), quantity: Number(quantity) }))
    const isSound =
      bound.length > 0 && bound.every((line) => line.product && Number.isInteger(line.quantity) && line.quantity > 0 && line.quantity <= 99)
    if (!isSound) return { status: 'refused', reason: 'invalid', text: 'These are not products and numbers of them.' }
    const items = bound.map(({ product, quantity }) => ({
      sku: product?.sku ?? '',
      name: product?.name ?? '',
      quantity,
      unit_price: product?.price ?? '0.00',
    }))
    const card: OrderCard = {
      ...order('', 'proposed', '', items),
      total: items.reduce((sum, { quantity, unit_price }) => sum + quantity * Number(unit_price), 0).toFixed(2),
    }
    delete card.order_id
    delete card.placed_at
    return proposal(
      'create_order',
      customer,
      { items },
      `Order ${items.map(({ quantity, sku }) => `${quantity} × ${sku}`).join(', ')} for $${card.total}`,
      card,
    )
  } // prettier-ignore

  function proposal(toolName: string, customer: Customer, args: Record<string, unknown>, summary: string, card: OrderCard): ToolOutcome {
    const own: Proposal = {
      tool: toolName,
      args,
      customerId: customer.id,
      summary,
      card,
      digest: JSON.stringify([toolName, args, customer.id]),
    }
    return { status: 'proposed', proposal: own, text: 'The customer is asked to approve it.' }
  }

  return Object.assign(shop, {
    gateway,
    calls,
    products,
    orders,
    /** Does what was approved, as the effects do. */
    carryOut({ tool: name, args, card, customerId }: Proposal): OrderCard {
      if (name === 'cancel_order') {
        const own = orders.get(String(args.order_id))
        if (own) own.card = { ...own.card, status: 'cancelled' }
        return own?.card ?? card
      }
      const id = `00000000-0000-4000-8000-00000000000${++placed}`
      for (const { sku, quantity } of card.items) {
        const one = products.find((each) => each.sku === sku)
        if (one) one.stock = (one.stock ?? 0) - quantity
      }
      const done: OrderCard = { ...card, order_id: id, status: 'submitted', placed_at: '2026-11-25T12:00:00.000Z' }
      orders.set(id, { customer: customerId, card: done })
      return done
    },
  })
}

function found(cards: Card[]): ToolOutcome {
  const records = cards.map(recordOf)
  return { status: 'ok', text: records.join('\n') || 'Nothing was found.', cards, records }
}

function recordOf(card: Card): string {
  if (card.kind === 'product') return `${card.sku}: ${card.name}, ${card.category}, $${card.price}, ${card.stock} in stock.`
  if (card.kind === 'order')
    return `Order ${card.order_id}: ${card.status}, ${card.items.map(({ quantity, sku }) => `${quantity} × ${sku}`).join(', ')}, total $${card.total}.`
  return ''
} // prettier-ignore
