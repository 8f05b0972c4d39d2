import { type Kysely, sql } from 'kysely'
import { prepare } from './prepare.ts'
import type { EventRow, Schema, SessionRow } from './schema.ts'

/** What changes with nearly every event. */
function everyday({ last_at, visitor_seq, desk_seq, message_count, read_seq, turns }: SessionRow) {
  return { last_at, visitor_seq, desk_seq, message_count, read_seq, turns }
}

/** What changes seldom, and stands in an index or costs nothing to leave out. */
function rare(row: SessionRow) {
  const { active_minute, reset_seq, status, holder_version, token_version, survey, grade, context, waiting_since } = row
  const { customer, awaits_pin, approvals, operator, told_nobody_came } = row
  return {
    ...{ active_minute, reset_seq, status, holder_version, token_version, survey, grade, context, waiting_since },
    ...{ customer, awaits_pin, approvals, operator, told_nobody_came },
  }
}

/** Whether anything changed that `touchSession` leaves out. */
export function changedRarely(before: SessionRow, after: SessionRow): boolean {
  const [was, is] = [rare(before), rare(after)]
  return (Object.keys(was) as Array<keyof typeof was>).some((column) => was[column] !== is[column])
}

/** The statements of the path that every message takes, built once for the database's dialect. */
export function sessionStatements(db: Kysely<Schema>) {
  return {
    session: prepare((value: { key: string }) => db.selectFrom('sessions').selectAll().where('key', '=', value.key)),

    updateSession: prepare((row: SessionRow) =>
      db
        .updateTable('sessions')
        .set({ ...everyday(row), ...rare(row) })
        .where('key', '=', row.key),
    ),

    /** For a row of which nothing rare has changed: SQLite rewrites every index of a column that is set, changed or not. */
    touchSession: prepare((row: SessionRow) => db.updateTable('sessions').set(everyday(row)).where('key', '=', row.key)),

    insertEvent: prepare((row: EventRow) =>
      db.insertInto('events').values({
        session_key: row.session_key,
        log: row.log,
        seq: row.seq,
        type: row.type,
        at: row.at,
        message_id: row.message_id,
        client_msg_id: row.client_msg_id,
        body: row.body,
      }),
    ),

    events: prepare((value: { session_key: string; log: string; after: number; limit: number }) =>
      db
        .selectFrom('events')
        .select(['seq', 'at', 'body'])
        .where('session_key', '=', value.session_key)
        .where('log', '=', value.log)
        .where('seq', '>', value.after)
        .orderBy('seq')
        .limit(value.limit),
    ),

    latestMessages: prepare((value: { session_key: string; after: number; limit: number }) =>
      db
        .selectFrom('events')
        .select(['seq', 'at', 'body'])
        .where('session_key', '=', value.session_key)
        .where('log', '=', 'visitor')
        .where('type', '=', 'message')
        .where('seq', '>', value.after)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('events as later')
                .select('later.seq')
                .whereRef('later.session_key', '=', 'events.session_key')
                .whereRef('later.message_id', '=', 'events.message_id')
                .where('later.type', '=', sql.lit('replaced')),
            ),
          ),
        )
        .orderBy('seq', 'desc')
        .limit(value.limit),
    ),

    messageByClientId: prepare((value: { session_key: string; client_msg_id: string }) =>
      db
        .selectFrom('events')
        .select(['seq', 'at', 'body'])
        .where('session_key', '=', value.session_key)
        .where('client_msg_id', '=', value.client_msg_id),
    ),

    messageById: prepare((value: { session_key: string; message_id: string }) =>
      db
        .selectFrom('events')
        .select(['seq', 'at', 'body'])
        .where('session_key', '=', value.session_key)
        .where('log', '=', 'visitor')
        .where('message_id', '=', value.message_id)
        .where('type', '=', 'message'),
    ),
  }
}
