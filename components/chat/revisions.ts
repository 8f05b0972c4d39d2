import type { StoredMessage } from '#lib/protocol/events.ts'
import { isFinalAnswer, type SessionState } from '#lib/protocol/state.ts'
import type { Unsent } from '#lib/transport/client/outbox.ts'

/** What the visitor may take back: the last message, and the last answer. The desk has the last word (lib/session/asking.ts). */

type Seen = Pick<SessionState, 'items' | 'running' | 'open' | 'status' | 'replaced'>

/** The visitor's last message, while it can be said in other words; one that signed in cannot: what did it is not there any more. */
export function editable(log: Seen, unsent: readonly Unsent[]): string | undefined {
  if (unsent.length > 0 || log.status === 'human') return undefined
  const last = standing(log).findLast(({ role }) => role === 'visitor')
  return last?.sign_in === undefined ? last?.message_id : undefined
}

/** The last answer, while another can be asked for. */
export function repeatable(log: Seen, unsent: readonly Unsent[]): string | undefined {
  if (unsent.length > 0 || log.status === 'human' || log.running || log.open.length > 0) return undefined
  const last = standing(log).findLast((message) => message.role === 'visitor' || isFinalAnswer(message))
  return last?.in_reply_to?.length ? last.message_id : undefined
}

function standing({ items, replaced }: Seen): StoredMessage[] {
  return items.filter((item) => item.type === 'message').filter(({ message_id }) => !replaced[message_id])
}
