import { readFileSync } from 'node:fs'
import { toCents } from '../money.ts'
import type { Category, Customer, Order, OrderItem, Product, ShopContents, Specifications } from '../ports.ts'

/**
 * What a new shop begins with, from the tables beside this file. The times of orders are days before the shop opens, so
 * that "on its way" means the same on every day that somebody tries it.
 */
export interface DemoShop {
  products: Product[]
  customers: DemoCustomer[]
  orders: Order[]
}

export interface DemoCustomer extends Customer {
  pin: string
}

const DAY = 24 * 60 * 60_000

/** Reads the demo shop, as it stands when it opens at `now` (epoch milliseconds). */
export function readDemoShop(now: number): DemoShop {
  const products = rowsOf('products.tsv').map(productOf)
  const customers = rowsOf('customers.tsv').map(customerOf)
  const orders = rowsOf('orders.tsv').map((row) => orderOf(row, { products, customers, now }))
  return { products, customers, orders }
}

/** The demo shop with the PINs hashed. */
export async function demoContents(demo: DemoShop, hash: (customerId: string, pin: string) => Promise<string>): Promise<ShopContents> {
  const customers = demo.customers.map(async ({ pin, ...customer }) => ({ ...customer, pinHash: await hash(customer.id, pin) }))
  return { ...demo, customers: await Promise.all(customers) }
}

type Row = Record<string, string>

function rowsOf(file: string): Row[] {
  const [head = '', ...lines] = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const names = head.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

const categoryOf: Record<string, Category> = {
  COM: 'Computers',
  MON: 'Monitors',
  PRI: 'Printers',
  ACC: 'Accessories',
  NET: 'Networking',
}

function productOf({ sku = '', name = '', price = '', stock, active, specifications = '' }: Row): Product {
  const category = categoryOf[sku.slice(0, 3)]
  if (!category) throw new Error(`products.tsv: ${sku} is of no category`)
  return {
    sku,
    name,
    category,
    priceCents: toCents(price),
    stock: Number(stock),
    isActive: active === 'yes',
    specifications: specificationsOf(specifications),
  }
}

function specificationsOf(text: string): Specifications {
  return Object.fromEntries(
    text.split('; ').map((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return [name, specificationValue(name, value)]
    }),
  )
}

function specificationValue(name: string, value: string): Specifications[string] {
  if (name === 'ports') return value.split(', ')
  if (value === 'yes' || value === 'no') return value === 'yes'
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

function customerOf({ id = '', name = '', email = '', role = '', address = '', pin = '' }: Row): DemoCustomer {
  return { id, name, email, role, address, pin }
}

interface Known {
  products: Product[]
  customers: DemoCustomer[]
  now: number
}

function orderOf(row: Row, { products, customers, now }: Known): Order {
  const { id = '', email, status, payment, placed, changed, carrier = '', tracking = '', items = '' } = row
  const customer = customers.find((each) => each.email === email)
  if (!customer) throw new Error(`orders.tsv: nobody has the address ${email}`)
  const updatedAt = now - Math.round(Number(changed) * DAY)
  return {
    id,
    customerId: customer.id,
    status: status as Order['status'],
    paymentStatus: payment as Order['paymentStatus'],
    items: items.split(', ').map((item) => itemOf(item, products)),
    createdAt: now - Math.round(Number(placed) * DAY),
    updatedAt,
    ...(carrier && { shipment: { carrier, tracking, shippedAt: updatedAt } }),
  }
}

/** `MON-0054x2` at today's price. */
function itemOf(text: string, products: Product[]): OrderItem {
  const [sku = '', quantity] = text.split('x')
  const product = products.find((each) => each.sku === sku)
  if (!product) throw new Error(`orders.tsv: there is no product ${sku}`)
  return { sku, name: product.name, quantity: Number(quantity), unitPriceCents: product.priceCents }
}
