import { type Kysely, sql } from 'kysely'

/** Makes the tables of the embedded shop: the whole of the migration `0007-shop`. */
export async function createShopTables<DB>(db: Kysely<DB>, clustered: string): Promise<void> {
  await db.schema
    .createTable('shop_products')
    .addColumn('sku', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('price_cents', 'integer', (column) => column.notNull())
    // The database itself refuses to sell what is not there.
    .addColumn('stock', 'integer', (column) => column.notNull().check(sql`stock >= 0`))
    .addColumn('is_active', 'integer', (column) => column.notNull())
    .addColumn('specifications', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('shop_customers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('pin_hash', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('shop_orders')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('customer_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('payment_status', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('carrier', 'text')
    .addColumn('tracking', 'text')
    .addColumn('shipped_at', 'bigint')
    .execute()
  await db.schema.createIndex('shop_orders_by_customer').on('shop_orders').columns(['customer_id', 'created_at']).execute()
  await db.schema
    .createTable('shop_order_items')
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('line', 'integer', (column) => column.notNull())
    .addColumn('sku', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('quantity', 'integer', (column) => column.notNull())
    .addColumn('unit_price_cents', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('shop_order_items_pk', ['order_id', 'line'])
    .modifyEnd(sql.raw(clustered))
    .execute()
  await db.schema
    .createTable('shop_order_keys')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .execute()
}
