import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The tables of tools: what was trusted, what was called, what was changed. */
export function toolTables(clustered: string): Migration {
  return {
    async up(db) {
      await db.schema
        .createTable('tool_pins')
        .addColumn('server', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('tool_pins_pk', ['server', 'name'])
        .modifyEnd(sql.raw(clustered))
        .execute()
      await db.schema
        .createTable('tool_calls')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('session_key', 'text', (column) => column.notNull())
        .addColumn('turn', 'text', (column) => column.notNull())
        .addColumn('tool', 'text', (column) => column.notNull())
        .addColumn('customer_id', 'text')
        .addColumn('args', 'text', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('ms', 'integer', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .modifyEnd(sql.raw(clustered))
        .execute()
      // One row for what is done at most once: the key is the approval that allowed it.
      await db.schema
        .createTable('effects')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('session_key', 'text', (column) => column.notNull())
        .addColumn('tool', 'text', (column) => column.notNull())
        .addColumn('args', 'text', (column) => column.notNull())
        .addColumn('customer_id', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('before', 'text')
        .addColumn('result', 'text')
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .modifyEnd(sql.raw(clustered))
        .execute()
      await db.schema
        .createIndex('effects_unsettled')
        .on('effects')
        .column('updated_at')
        .where(sql.ref('state'), '=', sql.lit('sent'))
        .execute()
    },
  }
}
