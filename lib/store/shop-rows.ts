import type { Category, Customer, Order, OrderItem, Product } from '#lib/shop/ports.ts'
import type { CustomerRow, OrderItemRow, OrderRow, ProductRow } from './shop-schema.ts'

/** Between the rows of the shop's tables and what the shop speaks of. */

export function productOf(row: ProductRow): Product {
  return {
    sku: row.sku,
    name: row.name,
    category: row.category as Category,
    priceCents: row.price_cents,
    stock: row.stock,
    isActive: row.is_active === 1,
    specifications: JSON.parse(row.specifications),
  }
}

export function productRow(product: Product): ProductRow {
  const { sku, name, category, stock } = product
  const specifications = JSON.stringify(product.specifications)
  return { sku, name, category, price_cents: product.priceCents, stock, is_active: product.isActive ? 1 : 0, specifications }
}

/** Without the hash of the PIN: who asks for a customer does not get it by the way. */
export function customerOf({ id, name, email, role, address }: CustomerRow): Customer {
  return { id, name, email, role, address }
}

export function orderOf(row: OrderRow, items: OrderItemRow[]): Order {
  const { carrier, tracking, shipped_at } = row
  return {
    id: row.id,
    customerId: row.customer_id,
    status: row.status as Order['status'],
    paymentStatus: row.payment_status as Order['paymentStatus'],
    items: items.map(itemOf),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    ...(carrier !== null && tracking !== null && { shipment: { carrier, tracking, shippedAt: Number(shipped_at) } }),
  }
}

function itemOf({ sku, name, quantity, unit_price_cents }: OrderItemRow): OrderItem {
  return { sku, name, quantity, unitPriceCents: unit_price_cents }
}

export function orderRow(order: Order): OrderRow {
  return {
    id: order.id,
    customer_id: order.customerId,
    status: order.status,
    payment_status: order.paymentStatus,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
    carrier: order.shipment?.carrier ?? null,
    tracking: order.shipment?.tracking ?? null,
    shipped_at: order.shipment?.shippedAt ?? null,
  }
}

export function itemRows(order: Order): OrderItemRow[] {
  return order.items.map(({ sku, name, quantity, unitPriceCents }, line) => {
    return { order_id: order.id, line, sku, name, quantity, unit_price_cents: unitPriceCents }
  })
}
