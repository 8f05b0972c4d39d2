import { z } from 'zod'
import { toDecimal } from '../money.ts'
import { totalCents } from '../orders.ts'
import { type Customer, categories, type Order, orderStates, type Product, paymentStates } from '../ports.ts'

/** How the tools tell of products, customers and orders: to programs by these schemas, to people in these lines. */

const money = z.string().describe('US dollars as a decimal text, like "166.85"')
const currency = z.literal('USD')
const time = z.iso.datetime()

export const productSchema = z.object({
  sku: z.string(),
  name: z.string(),
  category: z.enum(categories),
  price: money,
  currency,
  stock: z.number().int().describe('units that can be ordered'),
  is_active: z.boolean().describe('whether it is still sold'),
  specifications: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
})

export const customerSchema = z.object({
  customer_id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
})

export const orderSchema = z.object({
  order_id: z.string(),
  customer_id: z.string(),
  status: z.enum(orderStates),
  payment_status: z.enum(paymentStates),
  items: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.number().int(), unit_price: money, currency })),
  total: money,
  currency,
  created_at: time,
  updated_at: time,
  shipment: z.object({ carrier: z.string(), tracking_number: z.string(), shipped_at: time }).optional(),
})

export function productData(product: Product): z.input<typeof productSchema> {
  const { priceCents, isActive, ...rest } = product
  return { ...rest, price: toDecimal(priceCents), currency: 'USD', is_active: isActive }
}

export function customerData({ id, name, email, role }: Customer): z.input<typeof customerSchema> {
  return { customer_id: id, name, email, role }
}

export function orderData(order: Order): z.input<typeof orderSchema> {
  const { shipment } = order
  return {
    order_id: order.id,
    customer_id: order.customerId,
    status: order.status,
    payment_status: order.paymentStatus,
    items: order.items.map(({ unitPriceCents, ...item }) => ({ ...item, unit_price: toDecimal(unitPriceCents), currency: 'USD' })),
    total: toDecimal(totalCents(order)),
    currency: 'USD',
    created_at: iso(order.createdAt),
    updated_at: iso(order.updatedAt),
    ...(shipment && {
      shipment: { carrier: shipment.carrier, tracking_number: shipment.tracking, shipped_at: iso(shipment.shippedAt) },
    }),
  }
}

/** The two lines of a product in a list. */
export function productLines({ sku, name, category, priceCents, stock, isActive }: Product): string {
  const gone = isActive ? '' : ' | No longer sold'
  return `[${sku}] ${name}\n  Category: ${category} | Price: $${toDecimal(priceCents)} | Stock: ${stock} units${gone}`
}

/** The two lines of an order in a list. */
export function orderLines(order: Order): string {
  const units = order.items.reduce((sum, { quantity }) => sum + quantity, 0)
  const facts = [
    `Status: ${order.status}`,
    `Payment: ${order.paymentStatus}`,
    `Units: ${units}`,
    `Total: $${toDecimal(totalCents(order))}`,
    `Placed: ${day(order.createdAt)}`,
  ]
  return `[${order.id}]\n  ${facts.join(' | ')}`
}

/** All lines of one order, under a headline. */
export function orderText(headline: string, order: Order): string {
  const { shipment } = order
  return [
    headline,
    `Order ID: ${order.id}`,
    `Customer ID: ${order.customerId}`,
    `Status: ${order.status}`,
    `Payment: ${order.paymentStatus}`,
    `Placed: ${day(order.createdAt)}`,
    ...(shipment ? [`Shipped: ${day(shipment.shippedAt)} with ${shipment.carrier}, tracking number ${shipment.tracking}`] : []),
    'Items:',
    ...order.items.map(({ sku, name, quantity, unitPriceCents }) => {
      return `  ${quantity} x [${sku}] ${name} at $${toDecimal(unitPriceCents)} = $${toDecimal(quantity * unitPriceCents)}`
    }),
    `Total: $${toDecimal(totalCents(order))} USD`,
  ].join('\n')
}

/** What an answer may take, in bytes, without its headline: clients cut what is longer than 32 KiB. */
const BUDGET = 28 * 1024

/** The first items, as many as an answer can hold and `most` allows, in lines and as data. */
export function asManyAsFit<T, Data>(items: T[], most: number, lines: (item: T) => string, data: (item: T) => Data) {
  const shown: { lines: string[]; data: Data[] } = { lines: [], data: [] }
  let size = 0
  for (const item of items.slice(0, most)) {
    const told = { lines: lines(item), data: data(item) }
    size += Buffer.byteLength(told.lines) + Buffer.byteLength(JSON.stringify(told.data))
    if (size > BUDGET && shown.data.length > 0) break
    shown.lines.push(told.lines)
    shown.data.push(told.data)
  }
  return shown
}

/** A list under a headline; items stand apart by an empty line. */
export function listText(headline: string, items: string[]): string {
  return [headline, ...items].join('\n\n')
}

/** "7 products", "1 product". */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

function day(ms: number): string {
  return iso(ms).slice(0, 10)
}
