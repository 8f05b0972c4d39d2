import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The tables of operators, and what finds the sessions that they hold. */
export const operatorTables: Migration = {
  async up(db) {
    await db.schema
      .createTable('operators')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('login', 'text', (column) => column.notNull().unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('disabled', 'integer', (column) => column.notNull())
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('operator_lines')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('operator', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('lines_of_operator').on('operator_lines').column('operator').execute()
    await db.schema.createIndex('sessions_held').on('sessions').column('active_minute').where(sql.ref('operator'), 'is not', null).execute()
  },
}
