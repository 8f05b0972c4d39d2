import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Attachment, Entry, StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import type { LogName, SessionRecord, SessionRef, SessionStore, Transaction } from '#lib/session/ports.ts'
import { newRecord } from '#lib/session/record.ts'
import type { Database } from './database.ts'
import { attachmentOf, eventOf, minuteOf, placed, recordOf, rowOf } from './rows.ts'
import type { Schema } from './schema.ts'
import { changedRarely, sessionStatements } from './statements.ts'

/**
 * Sessions and their logs, over either database.
 * `epoch` names this life of the store; `now` gives epoch milliseconds.
 */
export function createSessionStore(database: Database, epoch: string, now: () => number): SessionStore {
  const { read } = database
  const statements = sessionStatements(read)

  function transact<T>(ref: SessionRef, { make = false }, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return database.transact(async (db) => {
      const found = (await statements.session(db, { key: ref.key })).rows[0]
      const life = found?.incarnation ?? (make ? await timesErased(db, ref.key) : undefined)
      // Who came with a name that was erased since holds nothing: neither the new session of that name nor a right to one.
      if (life !== ref.incarnation) throw new DeskError('not_found', 'There is no such session.')
      const session = found ? recordOf(found) : newRecord(ref, now())
      const value = await work(transaction(db, session))
      const row = rowOf(session)
      if (!found) await db.insertInto('sessions').values(row).execute()
      else if (changedRarely(found, row)) await statements.updateSession(db, row)
      else await statements.touchSession(db, row)
      return value
    })
  }

  function transaction(db: Kysely<Schema>, session: SessionRecord): Transaction {
    const { key: session_key, name } = session
    const message = async (found: Promise<{ rows: Array<{ seq: number; at: number; body: string }> }>) => {
      const row = (await found).rows[0]
      return row && (eventOf(row, name) as StoredMessage)
    }
    return {
      session,
      append: (log, ...entries) => append(db, session, log, entries),
      messageByClientId: (client_msg_id) => message(statements.messageByClientId(db, { session_key, client_msg_id })),
      messageById: (message_id) => message(statements.messageById(db, { session_key, message_id })),
      files: (ids) => filesOf(db, session_key, ids),
      async addFile({ file_id: id, ...file }) {
        await db
          .insertInto('files')
          .values({ session_key, id, at: now(), ...file })
          .execute()
      },
      async latestMessages(limit) {
        const { rows } = await statements.latestMessages(db, { session_key, after: session.resetSeq, limit })
        return rows.map((row) => eventOf(row, name) as StoredMessage).reverse()
      },
    }
  }

  async function append(db: Kysely<Schema>, session: SessionRecord, log: LogName, entries: Entry[]): Promise<StoredEvent[]> {
    const at = now()
    const events: StoredEvent[] = []
    for (const entry of entries) {
      session.seq[log] += 1
      const seq = session.seq[log]
      await statements.insertEvent(db, {
        session_key: session.key,
        log,
        seq,
        type: entry.type,
        at,
        message_id: ('message_id' in entry && entry.message_id) || null,
        client_msg_id: ('client_msg_id' in entry && entry.client_msg_id) || null,
        body: JSON.stringify(entry),
      })
      events.push(placed(entry, seq, session.name, at))
    }
    session.lastAt = at
    return events
  }

  async function find(key: string): Promise<SessionRecord | undefined> {
    const row = (await statements.session(read, { key })).rows[0]
    return row && recordOf(row)
  }

  function incarnation(key: string): Promise<number> {
    return timesErased(read, key)
  }

  async function timesErased(db: Kysely<Schema>, key: string): Promise<number> {
    const row = await db.selectFrom('erased').select('times').where('key_hash', '=', hash(key)).executeTakeFirst()
    return row?.times ?? 0
  }

  async function events(ref: SessionRef, log: LogName, after: number, limit: number): Promise<StoredEvent[]> {
    const { rows } = await statements.events(read, { session_key: ref.key, log, after, limit })
    return rows.map((row) => eventOf(row, ref.name))
  }

  async function messages(ref: SessionRef, { after, limit }: { after: number; limit: number }): Promise<StoredMessage[]> {
    const { rows } = await statements.latestMessages(read, { session_key: ref.key, after, limit })
    return rows.map((row) => eventOf(row, ref.name) as StoredMessage).reverse()
  }

  async function filesOf(db: Kysely<Schema>, key: string, ids?: string[]): Promise<Attachment[]> {
    if (ids?.length === 0) return []
    const all = db.selectFrom('files').selectAll().where('session_key', '=', key)
    const rows = await (ids ? all.where('id', 'in', ids) : all).orderBy('at').orderBy('id').execute()
    return rows.map(attachmentOf)
  }

  async function list({ limit, before }: { limit: number; before?: string | undefined }) {
    const latest = read.selectFrom('sessions').selectAll().orderBy('active_minute', 'desc').orderBy('key', 'desc')
    const [, minute, key] = /^(\d{1,15}):(.+)$/.exec(before ?? '') ?? []
    if (before !== undefined && key === undefined) throw new DeskError('invalid', 'before: not a place in this list')
    const page =
      minute === undefined || key === undefined
        ? latest
        : latest.where(({ eb, refTuple, tuple }) => eb(refTuple('active_minute', 'key'), '<', tuple(Number(minute), key)))
    const rows = await page.limit(limit + 1).execute()
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const sessions = rows.slice(0, limit).map(recordOf)
    return {
      sessions: sessions.sort((a, b) => b.lastAt - a.lastAt),
      next: last ? `${last.active_minute}:${last.key}` : null,
    }
  }

  async function count(): Promise<number> {
    const { total } = await read
      .selectFrom('sessions')
      .select(({ fn }) => fn.countAll().as('total'))
      .executeTakeFirstOrThrow()
    return Number(total)
  }

  async function idle(before: number, limit: number): Promise<SessionRecord[]> {
    const rows = await read
      .selectFrom('sessions')
      .selectAll()
      .where('status', '!=', sql.lit('closed'))
      .where('active_minute', '<=', minuteOf(before))
      .where('last_at', '<=', before)
      .where('message_count', '>', 0)
      .limit(limit)
      .execute()
    return rows.map(recordOf)
  }

  async function withOpenTurns(limit: number): Promise<SessionRecord[]> {
    const rows = await read.selectFrom('sessions').selectAll().where('turns', '!=', sql.lit('[]')).limit(limit).execute()
    return rows.map(recordOf)
  }

  async function waiting(before: number, limit: number): Promise<SessionRecord[]> {
    const rows = await read
      .selectFrom('sessions')
      .selectAll()
      .where('waiting_since', 'is not', null)
      .where('waiting_since', '<=', before)
      .where('told_nobody_came', '=', 0)
      .orderBy('waiting_since')
      .limit(limit)
      .execute()
    return rows.map(recordOf)
  }

  async function select(kind: Parameters<SessionStore['select']>[0], limit: number): Promise<SessionRecord[]> {
    const all = read.selectFrom('sessions').selectAll()
    const latest = all.orderBy('active_minute', 'desc').orderBy('last_at', 'desc')
    const queries = {
      waiting: () => all.where('waiting_since', 'is not', null).orderBy('waiting_since'),
      held: () => latest.where('operator', 'is not', null),
      open: () => latest.where('status', '!=', sql.lit('closed')).where('message_count', '>', 0),
      closed: () => latest.where('status', '=', sql.lit('closed')),
    }
    return (await queries[kind]().limit(limit).execute()).map(recordOf)
  }

  function erase(key: string): Promise<boolean> {
    return database.transact(async (db) => {
      const { numDeletedRows } = await db.deleteFrom('sessions').where('key', '=', key).executeTakeFirst()
      if (numDeletedRows === 0n) return false
      await db.deleteFrom('events').where('session_key', '=', key).execute()
      await db.deleteFrom('files').where('session_key', '=', key).execute()
      await db
        .insertInto('erased')
        .values({ key_hash: hash(key), times: 1 })
        .onConflict((conflict) => conflict.column('key_hash').doUpdateSet(({ eb }) => ({ times: eb('erased.times', '+', 1) })))
        .execute()
      return true
    })
  }

  async function filesSize(): Promise<number> {
    const { total } = await read
      .selectFrom('files')
      .select(({ fn }) => fn.sum('size').as('total'))
      .executeTakeFirstOrThrow()
    return Number(total ?? 0)
  }

  const files = (ref: SessionRef) => filesOf(read, ref.key)

  return {
    epoch,
    transact,
    find,
    incarnation,
    read: events,
    messages,
    files,
    filesSize,
    list,
    count,
    idle,
    withOpenTurns,
    waiting,
    select,
    erase,
  }
}

/** The name of this life of the store: made once, kept with the data. */
export function storeEpoch(database: Database, make: () => string): Promise<string> {
  return database.transact(async (db) => {
    const known = await db.selectFrom('meta').select('value').where('name', '=', 'epoch').executeTakeFirst()
    if (known) return known.value
    const value = make()
    await db.insertInto('meta').values({ name: 'epoch', value }).execute()
    return value
  })
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
