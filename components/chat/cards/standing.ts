import type { OrderCard } from '#lib/protocol/cards.ts'
import type { ApprovalRequest, StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { isFinalAnswer, type SessionState } from '#lib/protocol/state.ts'

/** What became of things that stand in the log, as the events after them say. */

/**
 * What became of an approval that was asked for: `approved` while it is being carried out, `done` once its answer is there;
 * `void` when who is signed in has changed before it was decided.
 */
export type Standing = 'open' | 'approved' | 'done' | 'rejected' | 'expired' | 'void'

export function standingOf({ items, approvals }: Pick<SessionState, 'items' | 'approvals'>, request: ApprovalRequest): Standing {
  const decision = approvals[request.approval_id]
  if (decision === undefined) return 'open'
  if (decision === 'reject') return 'rejected'
  const after = items.filter(({ seq }) => seq > request.seq)
  if (decision === 'approve') return after.some((item) => isOutcome(item, after)) ? 'done' : 'approved'
  const inTime = ({ timestamp }: StoredEvent) => Date.parse(timestamp) < Date.parse(request.expires_at)
  return after.some((item) => item.type === 'identity' && inTime(item)) ? 'void' : 'expired'
}

/** Whether something can still be approved at `now` (epoch milliseconds). */
export function awaitsApproval({ items, approvals }: Pick<SessionState, 'items' | 'approvals'>, now: number): boolean {
  return items.some((item) => item.type === 'approval_request' && !approvals[item.approval_id] && now < Date.parse(item.expires_at))
}

/** An answer to nothing that was asked tells what came of an approval; so does one to `confirm CODE`, whose code the log does not keep. */
function isOutcome(item: StoredEvent, items: readonly StoredEvent[]): boolean {
  const isCode = (id: string) => items.some((one) => one.type === 'message' && one.message_id === id && /^confirm •+$/.test(one.content))
  return isFinalAnswer(item) && (item.in_reply_to ?? []).every(isCode)
}

/** The seq of the last answer to nothing that was asked: it tells what came of something that was approved or taken back. */
export function lastTold(items: readonly StoredEvent[]): number {
  return items.findLast((item) => isFinalAnswer(item) && !item.in_reply_to?.length)?.seq ?? 0
}

/** What is known of an order by now, and the answer that says so: what can be done with the order can be done there. */
export interface OrderNow {
  shownBy: string
  status: OrderCard['status']
}

export function latestOrders(items: readonly StoredEvent[]): ReadonlyMap<string, OrderNow> {
  const shown = answersIn(items).flatMap(({ message_id, cards = [] }) =>
    cards.flatMap((card) =>
      card.kind === 'order' && card.order_id !== undefined ? [[card.order_id, { shownBy: message_id, status: card.status }] as const] : [],
    ),
  )
  return new Map(shown)
}

/** The answer that asked last to sign in. */
export function latestSignIn(items: readonly StoredEvent[]): string | undefined {
  return answersIn(items).findLast(({ cards = [] }) => cards.some(({ kind }) => kind === 'sign_in'))?.message_id
}

function answersIn(items: readonly StoredEvent[]): StoredMessage[] {
  return items.filter((item) => item.type === 'message').filter(({ role }) => role !== 'visitor')
}
