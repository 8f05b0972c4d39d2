import { z } from 'zod'
import { money, type OrderCard, type ProductCard } from '#lib/protocol/cards.ts'
import { cleanLine } from '../clean.ts'

/**
 * What a shop's answer says, in our words. A shop's structures are read with these schemas, which take what shops write in several
 * ways (a price as a text or a number) and leave out what they do not know; whatever does not fit is not shown to anybody.
 */

const line = (most: number) => z.string().transform((text) => cleanLine(text, most))
const name = line(200).pipe(z.string().min(1))
const code = line(40).pipe(z.string().min(1))
const id = line(64).pipe(z.string().min(1))

/** `166.85`, from a number or from a text with or without `$` and commas. */
const price = z
  .union([z.number(), z.string()])
  .transform((value) => (typeof value === 'number' ? value : Number(value.replace(/[$,\s]|USD/g, '') || Number.NaN)))
  .pipe(z.number().nonnegative().lt(1e9))
  .transform((value) => value.toFixed(2))
  .pipe(money)
const currency = line(8).default('USD')
const whole = z.coerce.number().int()
const time = z.coerce.date().transform((date) => date.toISOString())

const specification = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))])

export const product = z
  .object({
    sku: code,
    name,
    category: line(60).optional(),
    price,
    currency,
    stock: whole.nonnegative().optional(),
    is_active: z.boolean().default(true),
    specifications: z.record(z.string(), specification).default({}),
  })
  .transform(({ is_active, specifications, ...rest }) => ({ ...rest, isActive: is_active, details: details(specifications) }))
export type Product = z.output<typeof product>

const states: Record<string, Exclude<OrderCard['status'], 'proposed'>> = {
  draft: 'draft',
  submitted: 'submitted',
  pending: 'submitted',
  placed: 'submitted',
  approved: 'approved',
  processing: 'approved',
  fulfilled: 'fulfilled',
  shipped: 'fulfilled',
  delivered: 'fulfilled',
  completed: 'fulfilled',
  cancelled: 'cancelled',
  canceled: 'cancelled',
}
const status = z
  .string()
  .transform((text) => states[text.trim().toLowerCase()])
  .pipe(z.enum(['draft', 'submitted', 'approved', 'fulfilled', 'cancelled']))

export const order = z
  .object({
    order_id: id,
    customer_id: id.optional(),
    status,
    payment_status: line(40).optional(),
    items: z
      .array(z.object({ sku: code, name: name.optional(), quantity: whole.positive(), unit_price: price }))
      .max(100)
      .default([]),
    total: price,
    currency,
    created_at: time.optional(),
    shipment: z.object({ carrier: line(60).optional(), tracking_number: line(80).optional() }).optional(),
  })
  .transform(({ order_id, customer_id, payment_status, created_at, shipment, ...rest }) => ({
    ...rest,
    id: order_id,
    customerId: customer_id,
    payment: payment_status?.toLowerCase(),
    placedAt: created_at,
    tracking: [shipment?.carrier, shipment?.tracking_number].filter((part) => part !== undefined).join(' ') || undefined,
  }))
export type Order = z.output<typeof order>

export const shopCustomer = z
  .object({ customer_id: id, name, email: line(254).optional() })
  .transform(({ customer_id, ...rest }) => ({ id: customer_id, ...rest }))
export type ShopCustomer = z.output<typeof shopCustomer>

/** Units that names of measurements end in: `size_in`, `memory_gb`. */
const units: Record<string, string> = { in: 'in', gb: 'GB', tb: 'TB', hz: 'Hz', ghz: 'GHz', kg: 'kg', mm: 'mm', cm: 'cm', w: 'W', h: 'h' }
Object.assign(units, { mbps: 'Mbps', gbps: 'Gbps', ppm: 'ppm', mah: 'mAh', wh: 'Wh', ms: 'ms', nits: 'nits', dpi: 'dpi', mp: 'MP', m: 'm' })
const DETAILS = 24

function details(specifications: Record<string, z.output<typeof specification>>): NonNullable<ProductCard['details']> {
  return Object.entries(specifications)
    .slice(0, DETAILS)
    .map(([key, value]) => {
      const [, stem, unit = ''] = /^(.+)_([a-z]+)$/.exec(key) ?? []
      const known = typeof value === 'number' && stem !== undefined ? units[unit] : undefined
      const label = cleanLine((known === undefined ? key : (stem ?? key)).replace(/_/g, ' '), 60)
      return { label, value: cleanLine(known === undefined ? told(value) : `${value} ${known}`, 200) }
    })
    .filter(({ label, value }) => label !== '' && value !== '')
}

function told(value: z.output<typeof specification>): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(', ') : String(value)
}
