import { hear } from '#lib/protocol/credentials.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { expireAll } from './approvals.ts'
import { signedIn, signedOut } from './entries.ts'
import type { Credentials, Customer, SessionRecord, Transaction } from './ports.ts'
import { write } from './record.ts'

/**
 * Who the visitor is. Proved by e-mail and PIN, or vouched for by the site that shows the desk; either gives the session a new
 * token, so that whoever knew the old one is out. A session stays its customer's when they have signed out: what was said in it is
 * nobody else's to read.
 */

/** Makes the session the customer's. Throws `conflict` in a session that is or was another's. */
export async function signIn(tx: Transaction, customer: Customer): Promise<StoredEvent[]> {
  const { session } = tx
  if (session.customer && session.customer.id !== customer.id) {
    throw new DeskError('conflict', 'This session is of another customer. Please begin a new one.')
  }
  session.customer = customer
  session.tokenVersion += 1
  delete session.awaitsPin
  return write(tx, signedIn(customer))
}

/** Ends what the customer may do at `now`, in epoch milliseconds. */
export async function signOut(tx: Transaction, customer: Customer, now: number): Promise<StoredEvent[]> {
  const { session } = tx
  const voided = expireAll(session)
  session.customer = { ...customer, until: now }
  delete session.awaitsPin
  session.tokenVersion += 1
  return write(tx, ...voided, signedOut())
}

/** What stands in the log in the place of a form that was filled in. */
export function saidByForm({ email }: Credentials): string {
  return `I have signed in as ${email}.`
}

/** A message as it may be stored, and what is used of it at once. */
export function hearIn(session: Pick<SessionRecord, 'awaitsPin'> | undefined, text: string): ReturnType<typeof hear> {
  return hear(text, session?.awaitsPin)
}

/** A message as it is stored where a PIN was asked for, whether one is still or not. */
export function heardThen(text: string): string {
  return hear(text, { email: '' }).text
}
