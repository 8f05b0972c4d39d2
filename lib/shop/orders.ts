import { createHash } from 'node:crypto'
import { toDecimal } from './money.ts'
import type { Order, OrderItem, ShopStore, ShopTransaction } from './ports.ts'
import { ShopError } from './shop-error.ts'

/** What is asked for: the price is what the customer was told, and must still be the catalogue's. */
export interface OrderWish {
  customerId: string
  items: Array<{ sku: string; quantity: number; unitPriceCents: number }>
}

interface Means {
  store: ShopStore
  orderId: () => string
  /** Epoch milliseconds. */
  now: () => number
}

/** Places and cancels orders. Every method throws a ShopError when it cannot be. */
export function createOrders({ store, orderId, now }: Means) {
  /**
   * Places an order and takes its units from the stock, all or nothing. With a `key` it is placed once: the same key
   * again gives the order that it made, and the same key with another wish is refused.
   */
  function place(wish: OrderWish, key?: string): Promise<Order> {
    return store.transact(async (tx) => {
      const fingerprint = fingerprintOf(wish)
      const made = key === undefined ? undefined : await tx.orderOfKey(key)
      if (made) return repeated(tx, made, fingerprint)
      if (!(await tx.customer(wish.customerId))) throw new ShopError('CustomerNotFoundError', `There is no customer ${wish.customerId}`)
      const items: OrderItem[] = []
      for (const item of wish.items) items.push(await take(tx, item))
      const at = now()
      const order: Order = {
        id: orderId(),
        customerId: wish.customerId,
        status: 'submitted',
        paymentStatus: 'pending',
        items,
        createdAt: at,
        updatedAt: at,
      }
      await tx.addOrder(order)
      if (key !== undefined) await tx.keepKey(key, { orderId: order.id, fingerprint })
      return order
    })
  }

  /** Cancels a submitted order of this customer and gives its units back. One that is cancelled already stays as it is. */
  function cancel(id: string, customerId: string): Promise<Order> {
    return store.transact(async (tx) => {
      const order = await tx.order(id)
      // Somebody else's order does not exist.
      if (order?.customerId !== customerId) throw new ShopError('OrderNotFoundError', `There is no order ${id} of this customer`)
      if (order.status === 'cancelled') return order
      if (order.status !== 'submitted') {
        throw new ShopError('OrderStateError', `Order ${id} is ${order.status}; only a submitted order can be cancelled`)
      }
      const cancelled = { status: 'cancelled', paymentStatus: released(order.paymentStatus), updatedAt: now() } as const
      await tx.setState(id, cancelled)
      for (const { sku, quantity } of order.items) await tx.takeStock(sku, -quantity)
      return { ...order, ...cancelled }
    })
  }

  return { place, cancel }
}

async function repeated(tx: ShopTransaction, made: { orderId: string; fingerprint: string }, fingerprint: string): Promise<Order> {
  if (made.fingerprint !== fingerprint) {
    throw new ShopError(
      'IdempotencyKeyError',
      `This idempotency key belongs to order ${made.orderId}, which has other items or another customer`,
    )
  }
  const order = await tx.order(made.orderId)
  return order ?? Promise.reject(new ShopError('OrderNotFoundError', `Order ${made.orderId} is gone`))
}

async function take(tx: ShopTransaction, { sku, quantity, unitPriceCents }: OrderWish['items'][number]): Promise<OrderItem> {
  const product = await tx.product(sku)
  if (!product) throw new ShopError('ProductNotFoundError', `There is no product ${sku}`)
  if (!product.isActive) throw new ShopError('ProductNotFoundError', `Product ${sku} is no longer sold`)
  if (product.priceCents !== unitPriceCents) {
    throw new ShopError('PriceMismatchError', `${sku} costs $${toDecimal(product.priceCents)}, not $${toDecimal(unitPriceCents)}`)
  }
  if (!(await tx.takeStock(sku, quantity))) {
    throw new ShopError(
      'InsufficientInventoryError',
      `Insufficient inventory for ${sku}: ${product.stock} available, ${quantity} requested`,
    )
  }
  return { sku, name: product.name, quantity, unitPriceCents }
}

function released(payment: Order['paymentStatus']): Order['paymentStatus'] {
  if (payment === 'paid') return 'refunded'
  return payment === 'pending' ? 'released' : payment
}

/** The same for the same wish, whatever the order of its items. */
function fingerprintOf({ customerId, items }: OrderWish): string {
  const lines = items.map(({ sku, quantity, unitPriceCents }) => `${sku} ${quantity} ${unitPriceCents}`).sort()
  return createHash('sha256')
    .update([customerId, ...lines].join('\n'))
    .digest('base64url')
}

export function totalCents({ items }: Pick<Order, 'items'>): number {
  return items.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0)
}
