import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { lockoutTables } from './lockout-tables.ts'
import { operatorTables } from './operator-tables.ts'
import type { Schema } from './schema.ts'
import { createShopTables } from './shop-tables.ts'
import { toolTables } from './tool-tables.ts'

/** Every change of the tables there ever was, in order. A published one is never edited. */
function migrations(clustered: string): Record<string, Migration> {
  return {
    '0001-log': {
      async up(db) {
        await db.schema
          .createTable('meta')
          .addColumn('name', 'text', (column) => column.primaryKey())
          .addColumn('value', 'text', (column) => column.notNull())
          .execute()
        await db.schema
          .createTable('sessions')
          .addColumn('key', 'text', (column) => column.primaryKey())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('incarnation', 'integer', (column) => column.notNull())
          .addColumn('created_at', 'bigint', (column) => column.notNull())
          .addColumn('last_at', 'bigint', (column) => column.notNull())
          .addColumn('active_minute', 'integer', (column) => column.notNull())
          .addColumn('visitor_seq', 'integer', (column) => column.notNull())
          .addColumn('desk_seq', 'integer', (column) => column.notNull())
          .addColumn('reset_seq', 'integer', (column) => column.notNull())
          .addColumn('message_count', 'integer', (column) => column.notNull())
          .addColumn('status', 'text', (column) => column.notNull())
          .addColumn('holder_version', 'integer', (column) => column.notNull())
          .addColumn('token_version', 'integer', (column) => column.notNull())
          .addColumn('survey', 'text', (column) => column.notNull())
          .addColumn('turns', 'text', (column) => column.notNull())
          .modifyEnd(sql.raw(clustered))
          .execute()
        await db.schema.createIndex('sessions_by_activity').on('sessions').columns(['active_minute', 'key']).execute()
        await db.schema
          .createIndex('sessions_to_close')
          .on('sessions')
          .column('active_minute')
          .where(sql.ref('status'), '!=', sql.lit('closed'))
          .execute()
        await db.schema
          .createIndex('sessions_with_turns')
          .on('sessions')
          .column('key')
          .where(sql.ref('turns'), '!=', sql.lit('[]'))
          .execute()
        // One row an event, kept together and in order for each session.
        await db.schema
          .createTable('events')
          .addColumn('session_key', 'text', (column) => column.notNull())
          .addColumn('log', 'text', (column) => column.notNull())
          .addColumn('seq', 'integer', (column) => column.notNull())
          .addColumn('type', 'text', (column) => column.notNull())
          .addColumn('at', 'bigint', (column) => column.notNull())
          .addColumn('message_id', 'text')
          .addColumn('client_msg_id', 'text')
          .addColumn('body', 'text', (column) => column.notNull())
          .addPrimaryKeyConstraint('events_pk', ['session_key', 'log', 'seq'])
          .modifyEnd(sql.raw(clustered))
          .execute()
        // Sending is idempotent for ever: the database itself refuses a second message of the same name.
        await db.schema
          .createIndex('events_by_client_msg_id')
          .unique()
          .on('events')
          .columns(['session_key', 'client_msg_id'])
          .where(sql.ref('client_msg_id'), 'is not', null)
          .execute()
        await db.schema
          .createTable('erased')
          .addColumn('key_hash', 'text', (column) => column.primaryKey())
          .addColumn('times', 'integer', (column) => column.notNull())
          .execute()
      },
    },
    '0002-marks': {
      async up(db) {
        await db.schema.alterTable('sessions').addColumn('grade', 'text').execute()
        await db.schema
          .alterTable('sessions')
          .addColumn('read_seq', 'integer', (column) => column.notNull().defaultTo(0))
          .execute()
      },
    },
    '0003-context': {
      async up(db) {
        await db.schema.alterTable('sessions').addColumn('context', 'text').execute()
      },
    },
    '0004-replaced': {
      async up(db) {
        await db.schema
          .createIndex('events_replaced')
          .on('events')
          .columns(['session_key', 'message_id'])
          .where(sql.ref('type'), '=', sql.lit('replaced'))
          .execute()
      },
    },
    '0005-files': {
      async up(db) {
        await db.schema
          .createTable('files')
          .addColumn('session_key', 'text', (column) => column.notNull())
          .addColumn('id', 'text', (column) => column.notNull())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('media_type', 'text', (column) => column.notNull())
          .addColumn('size', 'integer', (column) => column.notNull())
          .addColumn('at', 'bigint', (column) => column.notNull())
          .addPrimaryKeyConstraint('files_pk', ['session_key', 'id'])
          .modifyEnd(sql.raw(clustered))
          .execute()
      },
    },
    '0006-waiting': {
      async up(db) {
        await db.schema.alterTable('sessions').addColumn('waiting_since', 'bigint').execute()
      },
    },
    '0007-shop': { up: (db) => createShopTables(db, clustered) },
    '0008-customer': {
      async up(db) {
        await db.schema.alterTable('sessions').addColumn('customer', 'text').execute()
        await db.schema.alterTable('sessions').addColumn('awaits_pin', 'text').execute()
        await db.schema
          .alterTable('sessions')
          .addColumn('approvals', 'text', (column) => column.notNull().defaultTo('[]'))
          .execute()
      },
    },
    '0009-tools': toolTables(clustered),
    '0010-lockouts': lockoutTables,
    '0012-holding': {
      async up(db) {
        await db.schema.alterTable('sessions').addColumn('operator', 'text').execute()
        await db.schema
          .alterTable('sessions')
          .addColumn('told_nobody_came', 'integer', (column) => column.notNull().defaultTo(0))
          .execute()
        await db.schema
          .createIndex('sessions_that_wait')
          .on('sessions')
          .column('waiting_since')
          .where(sql.ref('waiting_since'), 'is not', null)
          .execute()
      },
    },
    '0013-operators': operatorTables,
  }
}

/**
 * Brings the tables up to date. `clustered` is what the dialect adds to a table that is stored in the order of
 * its primary key. Throws the error of the migration that failed; none of that migration remains.
 */
export async function migrate(db: Kysely<Schema>, clustered: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(clustered) } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
