import type { Migration } from 'kysely/migration'

/** The tables of failed sign-ins: what is held against accounts, and each failure of the last day. */
export const lockoutTables: Migration = {
  async up(db) {
    await db.schema
      .createTable('lockouts')
      .addColumn('account', 'text', (column) => column.primaryKey())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('locked_until', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('guesses')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('place', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('guesses_by_time').on('guesses').column('at').execute()
    await db.schema.createIndex('guesses_by_account').on('guesses').column('account').execute()
  },
}
