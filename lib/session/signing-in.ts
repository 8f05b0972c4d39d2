import { hear } from '#lib/protocol/credentials.ts'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { expireAll } from './approvals.ts'
import { signedIn, signedOut } from './entries.ts'
import type { Credentials, Customer, SessionRecord, Transaction } from './ports.ts'
import { write } from './record.ts'

/**
 * Who the visitor is. Proved by e-mail and PIN, or vouched for by the site that shows the desk; either gives the session a new
 * token, so that whoever knew the old one is out. What was to be approved by another customer is void.
 */

/** Makes the session the customer's. */
export async function signIn(tx: Transaction, customer: Customer): Promise<StoredEvent[]> {
  const { session } = tx
  const others = session.customer && session.customer.id !== customer.id ? expireAll(session) : []
  session.customer = customer
  session.tokenVersion += 1
  delete session.awaitsPin
  return write(tx, ...others, signedIn(customer))
}

/** Makes it nobody's. */
export async function signOut(tx: Transaction): Promise<StoredEvent[]> {
  const { session } = tx
  const voided = expireAll(session)
  delete session.customer
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
