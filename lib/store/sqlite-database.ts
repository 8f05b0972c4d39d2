import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect } from 'kysely'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Log } from '#lib/session/ports.ts'
import type { Database } from './database.ts'
import { migrate } from './migrations.ts'
import type { Schema } from './schema.ts'

/** Transactions that share one commit, at most. */
const BATCH = 128

interface Waiting {
  work: (tx: Kysely<Schema>) => Promise<unknown>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/**
 * SQLite in one process: Node's own driver, WAL, every commit synced (`synchronous=FULL`).
 *
 * Transactions that wait at the same time share one commit: each is a savepoint of its own, and none is reported
 * done before the sync. So a busy desk pays for one sync per turn of the event loop, not one per message.
 *
 * Throws a sentence for people when another process has the directory open.
 */
export async function openSqlite(directory: string, log: Log): Promise<Database> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const unlock = takeLock(directory)
  const file = join(directory, 'frontdesk.db')
  let writer: Connection | undefined
  try {
    writer = connect(file)
    await migrate(writer.db, 'without rowid')
  } catch (error) {
    writer?.close()
    unlock()
    throw error
  }
  const reader = connect(file)

  const queue: Waiting[] = []
  let draining: Promise<void> | undefined
  let closed = false

  function transact<T>(work: (tx: Kysely<Schema>) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (closed) return reject(new DeskError('going_away', 'This desk has stopped.', 1))
      queue.push({ work, resolve: resolve as Waiting['resolve'], reject })
      // After this turn's input was read, so that whatever came with it joins the commit.
      draining ??= new Promise((resolve) => setImmediate(() => drain().then(resolve)))
    })
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) await commit(queue.splice(0, BATCH))
    draining = undefined
  }

  async function commit(batch: Waiting[]): Promise<void> {
    const outcomes: Array<() => void> = []
    try {
      writer ??= connect(file)
      writer.begin.run()
      for (const { work, resolve, reject } of batch) {
        writer.savepoint.run()
        try {
          const value = await work(writer.db)
          outcomes.push(() => resolve(value))
        } catch (error) {
          writer.undo.run()
          outcomes.push(() => reject(error))
        }
        writer.release.run()
      }
      writer.commit.run()
    } catch (error) {
      // A failed write or sync leaves open what the file holds. Nothing was acknowledged, and the next commit
      // begins on a connection that has not seen the failure.
      log.error({ err: error }, 'a commit failed')
      writer?.close()
      writer = undefined
      for (const { reject } of batch) reject(new DeskError('unavailable', 'This could not be stored just now. Please try again.', 1))
      return
    }
    for (const settle of outcomes) settle()
  }

  async function close(): Promise<void> {
    closed = true
    await draining
    reader.close()
    writer?.close()
    unlock()
  }

  return { read: reader.db, transact, close }
}

type Connection = ReturnType<typeof connect>

function connect(file: string) {
  const sqlite = new DatabaseSync(file)
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000')
  return {
    db: new Kysely<Schema>({ dialect: new Dialect({ database: adapt(sqlite) }) }),
    begin: sqlite.prepare('BEGIN IMMEDIATE'),
    savepoint: sqlite.prepare('SAVEPOINT work'),
    undo: sqlite.prepare('ROLLBACK TO work'),
    release: sqlite.prepare('RELEASE work'),
    commit: sqlite.prepare('COMMIT'),
    close: () => sqlite.close(),
  }
}

/** SQLite can undo a change of tables, which Kysely does not count on: so a migration is whole or not there. */
class Dialect extends SqliteDialect {
  override createAdapter(): Adapter {
    return new Adapter()
  }
}

class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Node's driver in the shape that Kysely expects; a statement is prepared once per connection. */
function adapt(sqlite: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, ReturnType<typeof wrap>>()
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      let statement = statements.get(sql)
      if (!statement) {
        statement = wrap(sqlite.prepare(sql))
        statements.set(sql, statement)
      }
      return statement
    },
  }
}

function wrap(statement: StatementSync) {
  const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => statement.all(...bind(parameters)),
    run: (parameters: readonly unknown[]) => statement.run(...bind(parameters)),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...bind(parameters)),
  }
}

/**
 * Makes this process the only one that writes here: an exclusive transaction on a file of its own, which the
 * system lets go of when the process dies, however it dies. Returns the release.
 */
function takeLock(directory: string): () => void {
  const lock = new DatabaseSync(join(directory, 'desk.lock'))
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new Error(`${directory} is in use by another Frontdesk. Stop that one, or set DATA_DIR to another directory.`)
  }
  return () => lock.close()
}
