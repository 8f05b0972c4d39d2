/** What the shop needs of the store. Only plain types: who fulfils them is chosen in `lib/desk.ts`. Money is whole cents. */

export const categories = ['Computers', 'Monitors', 'Printers', 'Accessories', 'Networking'] as const
export type Category = (typeof categories)[number]

export const orderStates = ['draft', 'submitted', 'approved', 'fulfilled', 'cancelled'] as const
export type OrderStatus = (typeof orderStates)[number]

export const paymentStates = ['pending', 'paid', 'refunded', 'released'] as const
export type PaymentStatus = (typeof paymentStates)[number]

/** What a product is made of, by name: `{ size_in: 27, panel: 'IPS', ports: ['HDMI', 'DisplayPort'] }`. */
export type Specifications = Record<string, string | number | boolean | string[]>

export interface Product {
  sku: string
  name: string
  category: Category
  priceCents: number
  /** Units that can be sold; never below 0. */
  stock: number
  /** What is not active is no longer sold. */
  isActive: boolean
  specifications: Specifications
}

export interface Customer {
  id: string
  name: string
  /** In lower case. */
  email: string
  role: string
  address: string
}

/** A customer with what proves that it is them; the hash never leaves the shop. */
export interface CustomerWithPin extends Customer {
  pinHash: string
}

export interface OrderItem {
  sku: string
  /** The name that the product had when it was ordered. */
  name: string
  quantity: number
  unitPriceCents: number
}

export interface Order {
  id: string
  customerId: string
  status: OrderStatus
  paymentStatus: PaymentStatus
  items: OrderItem[]
  /** Epoch milliseconds. */
  createdAt: number
  updatedAt: number
  shipment?: Shipment
}

export interface Shipment {
  carrier: string
  tracking: string
  shippedAt: number
}

export interface ProductFilter {
  category?: Category | undefined
  isActive?: boolean | undefined
}

export interface OrderFilter {
  customerId?: string | undefined
  status?: OrderStatus | undefined
  /** At most so many, the latest. */
  limit: number
}

/** Which order an idempotency key made, and of what. */
export interface KeyedOrder {
  orderId: string
  /** A hash of the arguments that came with the key. */
  fingerprint: string
}

/** What can be read outside a transaction and within. */
interface ShopReads {
  /** In the order of their SKUs. */
  products(filter: ProductFilter): Promise<Product[]>
  product(sku: string): Promise<Product | undefined>
  customer(id: string): Promise<Customer | undefined>
  /** The latest first. */
  orders(filter: OrderFilter): Promise<Order[]>
  order(id: string): Promise<Order | undefined>
}

export interface ShopTransaction extends ShopReads {
  /** Takes units from the stock; false, and nothing is taken, when there are not enough. A negative number gives them back. */
  takeStock(sku: string, units: number): Promise<boolean>
  addOrder(order: Order): Promise<void>
  setState(id: string, state: Pick<Order, 'status' | 'paymentStatus' | 'updatedAt'>): Promise<void>
  orderOfKey(key: string): Promise<KeyedOrder | undefined>
  keepKey(key: string, made: KeyedOrder): Promise<void>
}

export interface ShopContents {
  products: Product[]
  customers: CustomerWithPin[]
  orders: Order[]
}

export interface ShopStore extends ShopReads {
  customerByEmail(email: string): Promise<CustomerWithPin | undefined>
  isEmpty(): Promise<boolean>
  /** Runs `work` alone; resolves after the commit has reached the disk. If `work` throws, nothing of it remains. */
  transact<T>(work: (tx: ShopTransaction) => Promise<T>): Promise<T>
  /** Puts the contents in the place of everything there is, in one transaction. */
  replaceAll(contents: ShopContents): Promise<void>
}
