import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import type { SessionState } from '#lib/protocol/state.ts'
import type { Unsent } from '#lib/transport/client/outbox.ts'

/** An answer, finished or still being written. */
export interface Answer {
  message_id: string
  text: string
  /** The answer's entry in the log, once it is there. */
  message?: StoredMessage
}

/** What stands in the log on the screen, one under the other. A row keeps its key from its first sight to its last. */
export type Row =
  | { kind: 'day'; key: string; timestamp: string }
  | { kind: 'visitor'; key: string; message: StoredMessage }
  | { kind: 'answer'; key: string; answer: Answer }
  | { kind: 'note'; key: string; event: Exclude<StoredEvent, StoredMessage> }
  | { kind: 'unsent'; key: string; item: Unsent }
  | { kind: 'thinking'; key: string }

type Seen = Pick<SessionState, 'items' | 'running' | 'open' | 'status'>

/** Lays a session out in rows. `dayKey` names the day of a time where the visitor is. */
export function rowsOf(log: Seen, unsent: readonly Unsent[], dayKey: (iso: string) => string): Row[] {
  const rows: Row[] = []
  let day = ''
  for (const item of log.items) {
    const own = dayKey(item.timestamp)
    if (own !== day) rows.push({ kind: 'day', key: `day-${own}`, timestamp: item.timestamp })
    day = own
    rows.push(rowOf(item))
  }
  if (log.running) rows.push({ kind: 'answer', key: log.running.message_id, answer: log.running })
  const arrived = new Set(log.items.map((item) => (item.type === 'message' ? item.client_msg_id : undefined)))
  for (const item of unsent) {
    if (!arrived.has(item.client_msg_id)) rows.push({ kind: 'unsent', key: item.client_msg_id, item })
  }
  if (isThinking(log)) rows.push({ kind: 'thinking', key: 'thinking' })
  return rows
}

function rowOf(item: StoredEvent): Row {
  if (item.type !== 'message') return { kind: 'note', key: `note-${item.seq}`, event: item }
  if (item.role === 'visitor') return { kind: 'visitor', key: item.client_msg_id ?? item.message_id, message: item }
  return { kind: 'answer', key: item.message_id, answer: { message_id: item.message_id, text: item.content, message: item } }
}

/** The assistant has a question before it, and nothing of the answer is shown yet. */
function isThinking({ open, running, status }: Seen): boolean {
  return open.length > 0 && running === undefined && status !== 'human'
}

/** The assistant is at work: there is something that can be stopped. */
export function isBusy({ open, running, status }: Seen): boolean {
  return running !== undefined || (open.length > 0 && status !== 'human')
}

/** The message whose replies are offered: the latest, while nothing is said to it. */
export function offeringMessage({ items, running, open }: Seen, unsent: readonly Unsent[]): string | undefined {
  if (running || open.length > 0 || unsent.length > 0) return undefined
  const last = items.findLast((item) => item.type === 'message')
  return last?.options && last.options.length > 0 ? last.message_id : undefined
}

/** A text without the list of its replies at the end: they stand below it as buttons. */
export function withoutReplies(text: string, options: readonly string[]): string {
  const list = options.map((option) => `- ${option}`).join('\n')
  return text.endsWith(`\n${list}`) ? text.slice(0, -list.length).trimEnd() : text
}

/** The visitor's last own words. */
export function lastOwnText({ items }: Seen, unsent: readonly Unsent[]): string | undefined {
  const sent = items.findLast((item) => item.type === 'message' && item.role === 'visitor')
  return unsent.at(-1)?.text ?? (sent?.type === 'message' ? sent.content : undefined)
}
