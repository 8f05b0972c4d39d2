import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * One database under all stores. The stores speak Kysely and know no dialect; a driver brings the connection,
 * the transactions, and the promise that a resolved `transact` is on the disk.
 */
export interface Database {
  /** For reading what is committed. */
  readonly read: Kysely<Schema>
  /** Runs `work` in a write transaction of its own; if it throws, nothing of it remains. */
  transact<T>(work: (tx: Kysely<Schema>) => Promise<T>): Promise<T>
  close(): Promise<void>
}
