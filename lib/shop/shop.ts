import type { Log } from '#lib/session/ports.ts'
import { type DemoShop, demoContents, readDemoShop } from './demo/demo-shop.ts'
import { createOrders } from './orders.ts'
import { hashPin, isPin, nobodysHash } from './pin.ts'
import type { Customer, ShopStore } from './ports.ts'
import { createSearch } from './search.ts'

interface ShopSettings {
  store: ShopStore
  /** Secret text that goes into every hash of a PIN and is not in the database. */
  pepper: string
  /** The PINs of the demo customers stand in the source: where strangers come, they are wrong. */
  refuseDemoPins: boolean
  orderId: () => string
  /** Epoch milliseconds. */
  now: () => number
  log: Log
}

export type Shop = Awaited<ReturnType<typeof openShop>>

/** Opens the embedded shop; an empty one is filled with the demo catalogue, customers and orders first. */
export async function openShop({ store, pepper, refuseDemoPins, orderId, now, log }: ShopSettings) {
  const demo = readDemoShop(now())
  const demoPins = new Map(demo.customers.map(({ id, pin }) => [id, pin]))
  if (await store.isEmpty()) {
    await fill(store, pepper, demo)
    log.debug({ products: demo.products.length, customers: demo.customers.length, orders: demo.orders.length }, 'the shop was filled')
  }
  if (refuseDemoPins) log.warn({}, 'the desk is open to strangers: the PINs of the demo customers do not sign anybody in')
  const find = createSearch()

  /** Whose e-mail and PIN these are. The same work is done whether there is such a customer or not. */
  async function verifyPin(email: string, pin: string): Promise<Customer | undefined> {
    const found = await store.customerByEmail(emailOf(email))
    const { pinHash = nobodysHash, ...customer } = found ?? { id: '' }
    const right = await isPin(pepper, customer.id, pin, pinHash)
    if (!found || !right || (refuseDemoPins && demoPins.get(customer.id) === pin)) return undefined
    return customer as Customer
  }

  return {
    ...createOrders({ store, orderId, now }),
    verifyPin,
    /** The products that are sold and fit the query, best first. */
    search: async (query: string) => find(await store.products({ isActive: true }), query),
    products: store.products,
    product: store.product,
    customer: store.customer,
    order: store.order,
    list: store.orders,
  }
}

/** Puts the demo shop in the place of whatever is there. */
export async function fill(store: ShopStore, pepper: string, demo: DemoShop): Promise<void> {
  await store.replaceAll(await demoContents(demo, (customerId, pin) => hashPin(pepper, customerId, pin)))
}

function emailOf(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
