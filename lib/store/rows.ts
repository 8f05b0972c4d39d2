import type { Attachment, Entry, StoredEvent } from '#lib/protocol/events.ts'
import type { SessionRecord } from '#lib/session/ports.ts'
import type { FileRow, SessionRow } from './schema.ts'

/** Between rows and records. */

export function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000)
}

export function recordOf(row: SessionRow): SessionRecord {
  return {
    key: row.key,
    name: row.name,
    incarnation: row.incarnation,
    createdAt: Number(row.created_at),
    lastAt: Number(row.last_at),
    seq: { visitor: row.visitor_seq, desk: row.desk_seq },
    resetSeq: row.reset_seq,
    messageCount: row.message_count,
    status: row.status as SessionRecord['status'],
    holderVersion: row.holder_version,
    tokenVersion: row.token_version,
    survey: row.survey as SessionRecord['survey'],
    ...(row.grade === null ? {} : { grade: JSON.parse(row.grade) }),
    ...(row.waiting_since === null ? {} : { waitingSince: Number(row.waiting_since) }),
    readSeq: row.read_seq,
    ...(row.context === null ? {} : { context: row.context }),
    ...(row.customer === null ? {} : { customer: JSON.parse(row.customer) }),
    ...(row.awaits_pin === null ? {} : { awaitsPin: { email: row.awaits_pin } }),
    approvals: row.approvals === '[]' ? [] : JSON.parse(row.approvals),
    ...(row.operator === null ? {} : { operator: JSON.parse(row.operator) }),
    ...(row.told_nobody_came === 0 ? {} : { toldNobodyCame: true }),
    turns: row.turns === '[]' ? [] : JSON.parse(row.turns),
  }
}

export function rowOf(record: SessionRecord): SessionRow {
  return {
    key: record.key,
    name: record.name,
    incarnation: record.incarnation,
    created_at: record.createdAt,
    last_at: record.lastAt,
    active_minute: minuteOf(record.lastAt),
    visitor_seq: record.seq.visitor,
    desk_seq: record.seq.desk,
    reset_seq: record.resetSeq,
    message_count: record.messageCount,
    status: record.status,
    holder_version: record.holderVersion,
    token_version: record.tokenVersion,
    survey: record.survey,
    turns: JSON.stringify(record.turns),
    grade: record.grade === undefined ? null : JSON.stringify(record.grade),
    waiting_since: record.waitingSince ?? null,
    read_seq: record.readSeq,
    context: record.context ?? null,
    customer: record.customer === undefined ? null : JSON.stringify(record.customer),
    awaits_pin: record.awaitsPin?.email ?? null,
    approvals: JSON.stringify(record.approvals),
    operator: record.operator === undefined ? null : JSON.stringify(record.operator),
    told_nobody_came: record.toldNobodyCame ? 1 : 0,
  }
}

export function eventOf(row: { seq: number; at: number; body: string }, sessionId: string): StoredEvent {
  return placed(JSON.parse(row.body), row.seq, sessionId, Number(row.at))
}

/** An entry in its place in the log; `at` in epoch milliseconds. */
export function placed(entry: Entry, seq: number, sessionId: string, at: number): StoredEvent {
  return { ...entry, seq, session_id: sessionId, timestamp: new Date(at).toISOString() }
}

export function attachmentOf({ id, name, media_type, size }: FileRow): Attachment {
  return { file_id: id, name, media_type: media_type as Attachment['media_type'], size }
}
