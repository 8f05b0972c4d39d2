import type { OrderCard, ProductCard } from '#lib/protocol/cards.ts'
import type { Order, Product } from './facts.ts'

/** The shop's facts as cards for a page, and as lines of facts that an answer may rest on. */

export function productCard({ sku, name, category, price, currency, stock, details }: Product): ProductCard {
  return {
    kind: 'product',
    ...{ sku, name, price, currency },
    ...(category === undefined ? {} : { category }),
    ...(stock === undefined ? {} : { stock }),
    ...(details.length > 0 ? { details } : {}),
  }
}

/** `[MON-0054] NAME | Category: Monitors | Price: $166.85 | Stock: 7 units | size: 27 in` */
export function productRecord({ sku, name, category, price, currency, stock, isActive, details }: Product): string {
  return [
    `[${sku}] ${name}`,
    ...(category === undefined ? [] : [`Category: ${category}`]),
    `Price: ${amount(price, currency)}`,
    ...(stock === undefined ? [] : [`Stock: ${stock} ${stock === 1 ? 'unit' : 'units'}`]),
    ...(isActive ? [] : ['No longer sold']),
    ...details.map(({ label, value }) => `${label}: ${value}`),
  ].join(' | ')
}

export function orderCard({ id, status, payment, items, total, currency, placedAt, tracking }: Order): OrderCard {
  return {
    kind: 'order',
    order_id: id,
    status,
    ...(payment === undefined ? {} : { payment }),
    items: items.map(({ name, ...item }) => (name === undefined ? item : { ...item, name })),
    ...{ total, currency },
    ...(placedAt === undefined ? {} : { placed_at: placedAt }),
    ...(tracking === undefined ? {} : { tracking }),
  }
}

/** `Order 7c1e…: submitted, 2 × MON-0054 NAME, total $333.70, placed 2026-11-02, payment pending` */
export function orderRecord({ id, status, payment, items, total, currency, placedAt, tracking }: Order): string {
  const facts = [
    status,
    ...items.map(itemLine),
    `total ${amount(total, currency)}`,
    ...(placedAt === undefined ? [] : [`placed ${placedAt.slice(0, 10)}`]),
    ...(payment === undefined ? [] : [`payment ${payment}`]),
    ...(tracking === undefined ? [] : [`tracking ${tracking}`]),
  ]
  return `Order ${id}: ${facts.join(', ')}`
}

/** `2 × MON-0054 NAME` */
export function itemLine({ quantity, sku, name }: OrderCard['items'][number] | Order['items'][number]): string {
  return `${quantity} × ${sku}${name === undefined ? '' : ` ${name}`}`
}

/** `$1,166.85`; other currencies by their letters. */
export function amount(value: string, currency: string): string {
  const grouped = value.replace(/\B(?=(\d{3})+\.)/g, ',')
  return currency === 'USD' ? `$${grouped}` : `${grouped} ${currency}`
}

/** The sum of an order's lines, in whole cents as far as that. */
export function totalOf(items: Array<{ quantity: number; unit_price: string }>): string {
  const cents = items.reduce((sum, { quantity, unit_price }) => sum + quantity * Math.round(Number(unit_price) * 100), 0)
  return (cents / 100).toFixed(2)
}
