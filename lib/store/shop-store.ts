import type { Insertable, Kysely } from 'kysely'
import type { OrderFilter, ProductFilter, ShopStore, ShopTransaction } from '#lib/shop/ports.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { customerOf, itemRows, orderOf, orderRow, productOf, productRow } from './shop-rows.ts'

/** Rows that one statement inserts: SQLite binds a limited number of values. */
const ROWS = 500

/** The embedded shop's products, customers and orders, over either database. */
export function createShopStore(database: Database): ShopStore {
  const { read } = database
  return {
    ...reads(read),

    async customerByEmail(email) {
      const row = await read.selectFrom('shop_customers').selectAll().where('email', '=', email).executeTakeFirst()
      return row && { ...customerOf(row), pinHash: row.pin_hash }
    },

    async isEmpty() {
      return (await read.selectFrom('shop_products').select('sku').limit(1).executeTakeFirst()) === undefined
    },

    transact: (work) => database.transact((db) => work(transaction(db))),

    replaceAll: ({ products, customers, orders }) =>
      database.transact(async (db) => {
        for (const table of tables) await db.deleteFrom(table).execute()
        await insert(db, 'shop_products', products.map(productRow))
        await insert(
          db,
          'shop_customers',
          customers.map(({ pinHash: pin_hash, ...customer }) => ({ ...customer, pin_hash })),
        )
        await insert(db, 'shop_orders', orders.map(orderRow))
        await insert(db, 'shop_order_items', orders.flatMap(itemRows))
      }),
  }
}

const tables = ['shop_products', 'shop_customers', 'shop_orders', 'shop_order_items', 'shop_order_keys'] as const

async function insert<T extends (typeof tables)[number]>(db: Kysely<Schema>, table: T, rows: Array<Insertable<Schema[T]>>): Promise<void> {
  for (let first = 0; first < rows.length; first += ROWS) {
    await db
      .insertInto<(typeof tables)[number]>(table)
      .values(rows.slice(first, first + ROWS))
      .execute()
  }
}

function reads(db: Kysely<Schema>) {
  async function items(ids: string[]) {
    if (ids.length === 0) return []
    return db.selectFrom('shop_order_items').selectAll().where('order_id', 'in', ids).orderBy('order_id').orderBy('line').execute()
  }

  return {
    async products({ category, isActive }: ProductFilter) {
      let query = db.selectFrom('shop_products').selectAll()
      if (category !== undefined) query = query.where('category', '=', category)
      if (isActive !== undefined) query = query.where('is_active', '=', isActive ? 1 : 0)
      return (await query.orderBy('sku').execute()).map(productOf)
    },

    async product(sku: string) {
      const row = await db.selectFrom('shop_products').selectAll().where('sku', '=', sku).executeTakeFirst()
      return row && productOf(row)
    },

    async customer(id: string) {
      const row = await db.selectFrom('shop_customers').selectAll().where('id', '=', id).executeTakeFirst()
      return row && customerOf(row)
    },

    async orders({ customerId, status, limit }: OrderFilter) {
      let query = db.selectFrom('shop_orders').selectAll()
      if (customerId !== undefined) query = query.where('customer_id', '=', customerId)
      if (status !== undefined) query = query.where('status', '=', status)
      const rows = await query.orderBy('created_at', 'desc').orderBy('id').limit(limit).execute()
      const byOrder = Map.groupBy(await items(rows.map(({ id }) => id)), ({ order_id }) => order_id)
      return rows.map((row) => orderOf(row, byOrder.get(row.id) ?? []))
    },

    async order(id: string) {
      const row = await db.selectFrom('shop_orders').selectAll().where('id', '=', id).executeTakeFirst()
      return row && orderOf(row, await items([id]))
    },
  }
}

function transaction(db: Kysely<Schema>): ShopTransaction {
  return {
    ...reads(db),

    async takeStock(sku, units) {
      const { numUpdatedRows } = await db
        .updateTable('shop_products')
        .set(({ eb }) => ({ stock: eb('stock', '-', units) }))
        .where('sku', '=', sku)
        .where('stock', '>=', units)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    async addOrder(order) {
      await insert(db, 'shop_orders', [orderRow(order)])
      await insert(db, 'shop_order_items', itemRows(order))
    },

    async setState(id, { status, paymentStatus: payment_status, updatedAt: updated_at }) {
      await db.updateTable('shop_orders').set({ status, payment_status, updated_at }).where('id', '=', id).execute()
    },

    async orderOfKey(key) {
      const row = await db.selectFrom('shop_order_keys').selectAll().where('key', '=', key).executeTakeFirst()
      return row && { orderId: row.order_id, fingerprint: row.fingerprint }
    },

    async keepKey(key, { orderId: order_id, fingerprint }) {
      await db.insertInto('shop_order_keys').values({ key, order_id, fingerprint }).execute()
    },
  }
}
