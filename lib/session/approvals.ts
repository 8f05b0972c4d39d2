import type { ApprovalAction } from '#lib/protocol/actions.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Entry } from '#lib/protocol/events.ts'
import type { Approval, ApprovalProofs, Proposal, SessionRecord } from './ports.ts'
import { customerOf } from './record.ts'

/**
 * What a visitor is asked to approve, before a tool may change anything.
 *
 *   pending ──approve──► approved ──► an effect turn carries it out
 *      ├───── reject ──► rejected
 *      └── 5 minutes, or the customer signs out ──► expired
 *
 * What will be done stands in the record from the beginning and is never read from anywhere else: an approval says yes
 * or no, and nothing more.
 */

export const APPROVAL_MS = 5 * 60_000
/** Approvals that are remembered, open ones and others. */
const KEPT = 8

/** Asks for an approval. One that is open for the same thing is asked for again in its place. */
export function requested(session: SessionRecord, proposal: Proposal, { id, now }: { id: string; now: number }): Entry {
  const open = session.approvals.find((one) => isOpen(one, now) && one.digest === proposal.digest)
  const approval: Approval = open ?? { ...proposal, id, expiresAt: now + APPROVAL_MS, state: 'pending' }
  if (!open) session.approvals = [...session.approvals, approval].slice(-KEPT)
  const { tool, summary, card, digest } = approval
  const expires_at = new Date(approval.expiresAt).toISOString()
  return { type: 'approval_request', approval_id: approval.id, tool, summary, card, digest, expires_at, content: summary }
}

export function isOpen({ state, expiresAt }: Approval, now: number): boolean {
  return state === 'pending' && now < expiresAt
}

/** What a decision comes to: what is written, and what its sender is told if it does not stand. */
export interface Decided {
  entries: Entry[]
  /** The approval that is to be carried out. */
  carryOut?: Approval
  refusal?: DeskError
}

/** Decides an open approval. `isProved` says whether the proof that came with the decision is the visitor's. */
export function decide(session: SessionRecord, { approval_id, decision }: ApprovalAction, isProved: boolean, now: number): Decided {
  const approval = session.approvals.find(({ id }) => id === approval_id)
  if (!approval) return refused('not_found', 'There is nothing to approve under this id.')
  if (!isProved) return refused('forbidden', 'This is not the proof of an approval.')
  if (approval.state === (decision === 'approve' ? 'approved' : 'rejected')) return { entries: [] }
  if (approval.state !== 'pending') return refused('conflict', 'This was decided already.')
  if (!isOpen(approval, now)) return { ...refused('conflict', 'The time to approve this is over.'), entries: [expire(approval)] }
  if (decision === 'reject') {
    approval.state = 'rejected'
    return { entries: [{ type: 'approval', approval_id, decision }] }
  }
  if (customerOf(session, now)?.id !== approval.customerId) return refused('conflict', 'Please sign in again first.')
  approval.state = 'approved'
  return { entries: [{ type: 'approval', approval_id, decision }], carryOut: approval }
}

/** Voids what is open, as when the customer signs out. */
export function expireAll(session: SessionRecord): Entry[] {
  return session.approvals.filter(({ state }) => state === 'pending').map(expire)
}

/** Whether the token, or the code, is the one of the approval. */
export function isProof({ token, code }: ApprovalAction, expected: ReturnType<ApprovalProofs>): boolean {
  return token === undefined ? code !== undefined && isSame(code.toUpperCase(), expected.code) : isSame(token, expected.token)
}

/** Takes as long whatever the first difference is. */
function isSame(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length
  for (let at = 0; at < expected.length; at += 1) difference |= given.charCodeAt(at) ^ expected.charCodeAt(at)
  return difference === 0
}

/** Ends an open approval that its visitor does not want any more. */
export function withdrawn(session: SessionRecord, approvalId: string): Entry[] {
  const approval = session.approvals.find(({ id, state }) => id === approvalId && state === 'pending')
  if (!approval) return []
  approval.state = 'rejected'
  return [{ type: 'approval', approval_id: approvalId, decision: 'reject' }]
}

function expire(approval: Approval): Entry {
  approval.state = 'expired'
  return { type: 'approval', approval_id: approval.id, decision: 'expired' }
}

function refused(code: 'not_found' | 'conflict' | 'forbidden', message: string): Decided {
  return { entries: [], refusal: new DeskError(code, message) }
}
