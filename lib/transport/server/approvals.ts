import type { LiveEvent } from '#lib/protocol/events.ts'
import type { ChatAnswer } from '#lib/protocol/http.ts'
import type { Answer } from '#lib/session/answer.ts'
import type { Actor, SessionRef } from '#lib/session/ports.ts'
import type { House } from './house.ts'

/**
 * The proofs of a visitor's approval. They are made here, on the way out to the visitor, and stand nowhere else: not in the log, not
 * in what the owner reads.
 */

export interface Reader {
  actor: Actor
  ref: SessionRef
}

/** An event as its reader may have it: a visitor gets the proofs of what can still be approved. */
export function eventFor({ proofs }: Pick<House, 'proofs'>, { actor, ref }: Reader, event: LiveEvent): LiveEvent {
  if (event.type !== 'approval_request' || actor.role !== 'visitor' || Date.parse(event.expires_at) <= Date.now()) return event
  // A new object: what is remembered of the event itself is for everybody.
  return Object.assign({ ...event }, proofs(ref, { id: event.approval_id, digest: event.digest }))
}

/** What the visitor is asked to approve with an answer, for clients without cards. It was written right after it. */
export async function approvalWith(house: House, ref: SessionRef, answer: Answer): Promise<ChatAnswer['approval']> {
  if (answer.type !== 'message') return undefined
  const { events } = await house.sessions.page(ref, { after: answer.seq }, 2)
  const request = events.find((event) => event.type === 'approval_request')
  if (!request) return undefined
  const { approval_id, digest, expires_at, summary } = request
  return { approval_id, code: house.proofs(ref, { id: approval_id, digest }).code, expires_at, summary }
}

/** The line that approves, as the visitor has to send it. It follows the words of an answer, and is not among them in the log. */
export function confirmLine(code: string): string {
  return `\n\nconfirm ${code}`
}
