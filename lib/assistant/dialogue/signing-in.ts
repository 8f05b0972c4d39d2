import type { StoredMessage } from '#lib/protocol/events.ts'
import { type Reply, signInFirst, type Turn } from './reply.ts'

/** What is said about who the visitor is. The looking itself is done before a message gets here. */

type Outcome = Exclude<StoredMessage['sign_in'], undefined | 'verified'>

/** A sign-in that did not come about. It says the same whatever was wrong. */
export function notSignedIn(outcome: Outcome, email: string | undefined, { say }: Pick<Turn, 'say'>): Reply {
  const form = { kind: 'sign_in' as const, ...(email === undefined ? {} : { email }) }
  const reply = { text: say[outcome], reason: `signing in: ${outcome}`, cards: [form] }
  if (outcome === 'locked') return { text: say.locked, reason: reply.reason, failed: true }
  return outcome === 'wrong' && email !== undefined ? { ...reply, awaitsPin: { email } } : reply
}

/** Asks for what is missing to sign in. */
export function signIn({ wish, memory: { customer }, say }: Turn): Reply {
  if (wish.email !== undefined) {
    const { email } = wish
    return { text: say.askPin, reason: 'an e-mail address was given', cards: [{ kind: 'sign_in', email }], awaitsPin: { email } }
  }
  if (wish.hidesPin) return signInFirst(say.askEmail, 'a PIN was given without an e-mail address')
  if (customer) return { text: say.signedInAs(customer.name), reason: 'is signed in already' }
  return signInFirst(say.askBoth, 'asked to sign in')
}

export function whoAmI({ memory: { customer }, say }: Turn): Reply {
  if (customer) return { text: say.signedInAs(customer.name), reason: 'asked who they are', options: [say.reply.orders] }
  return signInFirst(say.notSignedIn, 'asked who they are')
}

export function signOut({ memory: { customer }, say }: Turn): Reply {
  return {
    text: customer ? say.signOutHint : say.notSignedIn,
    reason: 'asked to sign out',
    ...(customer ? {} : { cards: [{ kind: 'sign_in' as const }] }),
  }
}
