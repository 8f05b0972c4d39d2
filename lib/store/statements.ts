import type { Kysely } from 'kysely'
import { prepare } from './prepare.ts'
import type { EventRow, Schema, SessionRow } from './schema.ts'

/** The statements of the path that every message takes, built once for the database's dialect. */
export function sessionStatements(db: Kysely<Schema>) {
  return {
    session: prepare((value: { key: string }) => db.selectFrom('sessions').selectAll().where('key', '=', value.key)),

    updateSession: prepare((row: SessionRow) =>
      db
        .updateTable('sessions')
        .set({
          last_at: row.last_at,
          active_minute: row.active_minute,
          visitor_seq: row.visitor_seq,
          desk_seq: row.desk_seq,
          reset_seq: row.reset_seq,
          message_count: row.message_count,
          status: row.status,
          holder_version: row.holder_version,
          token_version: row.token_version,
          survey: row.survey,
          turns: row.turns,
          grade: row.grade,
          read_seq: row.read_seq,
        })
        .where('key', '=', row.key),
    ),

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
