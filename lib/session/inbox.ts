import type { Inbox, InboxRow } from '#lib/protocol/console.ts'
import type { SessionRecord, SessionStore } from './ports.ts'

/** What operators see of all sessions. */

/** Sessions in one look. */
const MOST = 200
/** Characters of a message in the list. */
const GLIMPSE = 160

export type Show = 'waiting' | 'mine' | 'all' | 'closed'

export function createInbox(store: Pick<SessionStore, 'select' | 'messages'>) {
  /** The sessions of one list, as the operator of this id sees them. */
  async function look(show: Show, operator: string): Promise<Inbox> {
    const [records, waiting] = await Promise.all([listed(show, operator), store.select('waiting', MOST)])
    return { sessions: await Promise.all(records.map((record) => row(record, operator))), waiting: waiting.length }
  }

  async function listed(show: Show, operator: string): Promise<SessionRecord[]> {
    if (show === 'mine') return (await store.select('held', MOST)).filter((record) => record.operator?.id === operator)
    return store.select(show === 'all' ? 'open' : show, MOST)
  }

  async function row(record: SessionRecord, operator: string): Promise<InboxRow> {
    const [last] = await store.messages(record, { after: record.resetSeq, limit: 1 })
    const { key, name, status, customer, waitingSince, lastAt, messageCount, grade } = record
    return {
      key,
      session_id: name,
      status,
      operator: record.operator?.name ?? null,
      mine: record.operator?.id === operator,
      customer: customer?.name ?? null,
      waiting_since: waitingSince === undefined ? null : new Date(waitingSince).toISOString(),
      last_at: new Date(lastAt).toISOString(),
      last_message: last ? { role: last.role, content: last.content.slice(0, GLIMPSE) } : null,
      message_count: messageCount,
      rating: grade?.rating ?? null,
    }
  }

  return look
}
