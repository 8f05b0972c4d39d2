/** The tables of the embedded shop. Money is whole cents. */

export interface ShopTables {
  shop_products: ProductRow
  shop_customers: CustomerRow
  shop_orders: OrderRow
  shop_order_items: OrderItemRow
  shop_order_keys: OrderKeyRow
}

export interface ProductRow {
  sku: string
  name: string
  category: string
  price_cents: number
  stock: number
  is_active: number
  specifications: string
}

export interface CustomerRow {
  id: string
  name: string
  email: string
  role: string
  address: string
  pin_hash: string
}

export interface OrderRow {
  id: string
  customer_id: string
  status: string
  payment_status: string
  created_at: number
  updated_at: number
  carrier: string | null
  tracking: string | null
  shipped_at: number | null
}

export interface OrderItemRow {
  order_id: string
  line: number
  sku: string
  name: string
  quantity: number
  unit_price_cents: number
}

/** Which order a key made: the same key never makes a second one. */
export interface OrderKeyRow {
  key: string
  order_id: string
  fingerprint: string
}
