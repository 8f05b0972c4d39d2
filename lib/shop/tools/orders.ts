import { z } from 'zod'
import { decimal, toCents } from '../money.ts'
import { orderStates } from '../ports.ts'
import { toSku } from '../search.ts'
import { ShopError } from '../shop-error.ts'
import { asManyAsFit, counted, listText, orderData, orderLines, orderSchema, orderText } from './told.ts'
import { describeTool } from './tool.ts'

/** The tools of orders. Who asks and for whom is for the caller to know: they are for those who have the key. */

/** Orders in one answer, at most: the latest. */
const LATEST = 30
const MOST_UNITS = 1000
const MOST_LINES = 50

export const listOrders = describeTool({
  name: 'list_orders',
  title: 'List orders',
  description: `The latest orders, ${LATEST} at most: of one customer, in one state, or all.`,
  input: z.object({
    customer_id: z.uuid().nullish().describe('Only orders of this customer'),
    status: z.enum(orderStates).nullish().describe('Only orders in this state'),
  }),
  output: z.object({ orders: z.array(orderSchema) }),
  readOnly: true,
  destructive: false,
  idempotent: true,
  reach: 'keyholders',
  async run({ shop }, { customer_id, status }) {
    const orders = await shop.list({ customerId: customer_id ?? undefined, status: status ?? undefined, limit: LATEST })
    if (orders.length === 0) return { text: 'No orders found', data: { orders: [] } }
    const shown = asManyAsFit(orders, LATEST, orderLines, orderData)
    return { text: listText(`Found ${counted(shown.data.length, 'order')}:`, shown.lines), data: { orders: shown.data } }
  },
})

export const getOrder = describeTool({
  name: 'get_order',
  title: 'Get an order',
  description: 'One order: its state, payment, items, and the tracking number once it has left.',
  input: z.object({ order_id: z.uuid().describe('The id of the order') }),
  output: orderSchema,
  readOnly: true,
  destructive: false,
  idempotent: true,
  reach: 'keyholders',
  async run({ shop }, { order_id }) {
    const order = await shop.order(order_id)
    if (!order) throw new ShopError('OrderNotFoundError', `There is no order ${order_id}`)
    return { text: orderText('Order', order), data: orderData(order) }
  },
})

const item = z.object({
  sku: z.string().trim().min(1).max(40).describe('The product code, like MON-0054'),
  quantity: z.int().min(1).max(MOST_UNITS),
  unit_price: z
    .string()
    .regex(decimal)
    .describe('The price of one unit as a decimal text, like "166.85"; it must be the one of the catalogue'),
  currency: z.literal('USD').default('USD'),
})

export const createOrder = describeTool({
  name: 'create_order',
  title: 'Place an order',
  description: 'Places an order for a customer and takes its units from the stock. It begins as submitted, its payment as pending.',
  input: z.object({ customer_id: z.uuid().describe('Whose order it is'), items: z.array(item).min(1).max(MOST_LINES) }),
  output: orderSchema,
  readOnly: false,
  destructive: false,
  // Without a key two calls are two orders.
  idempotent: false,
  reach: 'keyholders',
  async run({ shop }, { customer_id, items }, { key }) {
    const wish = items.map(({ sku, quantity, unit_price }) => ({ sku: toSku(sku), quantity, unitPriceCents: toCents(unit_price) }))
    const order = await shop.place({ customerId: customer_id, items: wish }, key)
    return { text: orderText('✓ Order created', order), data: orderData(order) }
  },
})

export const cancelOrder = describeTool({
  name: 'cancel_order',
  title: 'Cancel an order',
  description: 'Cancels an order of a customer that is still submitted, and puts its units back into the stock.',
  input: z.object({ order_id: z.uuid().describe('The id of the order'), customer_id: z.uuid().describe('Whose order it is') }),
  output: orderSchema,
  readOnly: false,
  destructive: true,
  idempotent: true,
  reach: 'keyholders',
  async run({ shop }, { order_id, customer_id }) {
    const order = await shop.cancel(order_id, customer_id)
    return { text: orderText('✓ Order cancelled', order), data: orderData(order) }
  },
})
