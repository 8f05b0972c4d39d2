import type { ApprovalRequest, StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import type { SessionState } from '#lib/protocol/state.ts'
import type { Unsent } from '#lib/transport/client/outbox.ts'
import { type Standing, standingOf } from './cards/standing.ts'

/** An answer, finished or still being written. */
export interface Answer {
  message_id: string
  text: string
  /** The answer's entry in the log, once it is there. */
  message?: StoredMessage
}

/** What happened in the session besides what was said and asked. */
export type NoteEvent = Exclude<StoredEvent, StoredMessage | ApprovalRequest>

/** What stands in the log on the screen, one under the other. A row keeps its key from its first sight to its last. */
export type Row =
  | { kind: 'day'; key: string; timestamp: string }
  | { kind: 'visitor'; key: string; message: StoredMessage }
  | { kind: 'answer'; key: string; answer: Answer }
  /** An answer that did not come to its end, or has given way to another; `folded` once its question has its whole answer or none. */
  | { kind: 'attempt'; key: string; message: StoredMessage; status: 'interrupted' | 'superseded' | 'replaced'; folded: boolean }
  /** What the visitor has said in other words since. */
  | { kind: 'changed'; key: string; message: StoredMessage }
  | { kind: 'note'; key: string; event: NoteEvent }
  | { kind: 'approval'; key: string; request: ApprovalRequest; standing: Standing }
  | { kind: 'unsent'; key: string; item: Unsent }
  | { kind: 'thinking'; key: string }

type Seen = Pick<SessionState, 'items' | 'running' | 'open' | 'status' | 'replaced' | 'approvals'>

/** Lays a session out in rows. `dayKey` names the day of a time where the visitor is. */
export function rowsOf(log: Seen, unsent: readonly Unsent[], dayKey: (iso: string) => string): Row[] {
  const rows: Row[] = []
  const answered = answeredIn(log)
  let day = ''
  for (const item of log.items) {
    if (isEchoOfReset(item, log.items[0])) continue
    const own = dayKey(item.timestamp)
    if (own !== day) rows.push({ kind: 'day', key: `day-${own}`, timestamp: item.timestamp })
    day = own
    rows.push(item.type === 'approval_request' ? approvalRow(log, item) : rowOf(item, log.replaced, answered))
  }
  if (log.running) rows.push({ kind: 'answer', key: log.running.message_id, answer: log.running })
  const arrived = new Set(log.items.map((item) => (item.type === 'message' ? item.client_msg_id : undefined)))
  for (const item of unsent) {
    if (!arrived.has(item.client_msg_id)) rows.push({ kind: 'unsent', key: item.client_msg_id, item })
  }
  if (isThinking(log)) rows.push({ kind: 'thinking', key: 'thinking' })
  return rows
}

/** Its key is the approval's: asked for once more it stands at the end, and is still the same. */
function approvalRow(log: Seen, request: ApprovalRequest): Row {
  return { kind: 'approval', key: request.approval_id, request, standing: standingOf(log, request) }
}

function rowOf(item: Exclude<StoredEvent, ApprovalRequest>, replaced: Seen['replaced'], answered: ReadonlySet<string>): Row {
  if (item.type !== 'message') return { kind: 'note', key: `note-${item.seq}`, event: item }
  const { role, status, message_id, in_reply_to = [] } = item
  if (role === 'visitor') {
    const key = item.client_msg_id ?? message_id
    return replaced[message_id] ? { kind: 'changed', key, message: item } : { kind: 'visitor', key, message: item }
  }
  if (replaced[message_id]) return { kind: 'attempt', key: message_id, message: item, status: 'replaced', folded: true }
  if (status === 'interrupted' || status === 'superseded') {
    return { kind: 'attempt', key: message_id, message: item, status, folded: in_reply_to.some((id) => answered.has(id) || replaced[id]) }
  }
  return { kind: 'answer', key: message_id, answer: { message_id, text: item.content, message: item } }
}

/** The questions that have their whole answer: it comes once, and after all attempts at it. */
function answeredIn({ items }: Seen): ReadonlySet<string> {
  return new Set(items.flatMap((item) => (item.type === 'message' && item.status === 'complete' ? (item.in_reply_to ?? []) : [])))
}

/** `/clear` says that it has cleared what the reset, which is then the first entry, says as well. */
function isEchoOfReset(item: StoredEvent, first: StoredEvent | undefined): boolean {
  return item.type === 'command_response' && item.command === 'clear' && first?.type === 'session_reset' && item.content === first.content
}

/** Nothing was said yet, or nothing since the log was cleared: the page greets. */
export function isBlank({ items }: Pick<SessionState, 'items'>, unsent: readonly Unsent[]): boolean {
  return unsent.length === 0 && items.every((item) => item.type === 'session_reset' || isEchoOfReset(item, items[0]))
}

/** The assistant has a question before it, and nothing of the answer is shown yet. */
function isThinking({ open, running, status }: Seen): boolean {
  return open.length > 0 && running === undefined && status !== 'human'
}

/** The assistant is at work: there is something that can be stopped. */
export function isBusy(log: Seen): boolean {
  return log.running !== undefined || isThinking(log)
}

/** The message whose replies are offered: the latest, while nothing is said to it. */
export function offeringMessage({ items, running, open, replaced }: Seen, unsent: readonly Unsent[]): string | undefined {
  if (running || open.length > 0 || unsent.length > 0) return undefined
  const last = items.findLast((item) => item.type === 'message' && !replaced[item.message_id])
  if (last?.type !== 'message') return undefined
  return last.options && last.options.length > 0 ? last.message_id : undefined
}

/** A text without the list of its replies at the end: they stand below it as buttons. */
export function withoutReplies(text: string, options: readonly string[]): string {
  const list = options.map((option) => `- ${option}`).join('\n')
  return text.endsWith(`\n${list}`) ? text.slice(0, -list.length).trimEnd() : text
}

/** The visitor's last own words. */
export function lastOwnText({ items, replaced }: Seen, unsent: readonly Unsent[]): string | undefined {
  const sent = items.findLast((item) => item.type === 'message' && item.role === 'visitor' && !replaced[item.message_id])
  return unsent.at(-1)?.text ?? (sent?.type === 'message' ? sent.content : undefined)
}
