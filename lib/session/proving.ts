import type { ApprovalAction, EditAction, Receipt, SendAction } from '#lib/protocol/actions.ts'
import { mayHoldSecret } from '#lib/protocol/credentials.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { type Decided, decide, isOpen, isProof } from './approvals.ts'
import type { Change, createAsking } from './asking.ts'
import type { Said } from './entries.ts'
import type {
  Actor,
  ApprovalProofs,
  Bus,
  Credentials,
  Customer,
  Identified,
  Identify,
  SessionRef,
  SessionStore,
  Transaction,
} from './ports.ts'
import { receipt } from './receipt.ts'
import { customerOf, runningAnswer, write } from './record.ts'
import { heardThen, hearIn, saidByForm, signIn, signOut } from './signing-in.ts'

/**
 * The verbs by which a visitor proves something: who they are, and that they want what a tool would do. What proves it is used
 * before anything is written, and nothing of it is.
 */

interface ProvingDeps {
  store: Pick<SessionStore, 'find' | 'transact'>
  bus: Pick<Bus, 'publish'>
  asking: ReturnType<typeof createAsking>
  identify: Identify
  proofs: ApprovalProofs
  now: () => number
  change: <V = StoredMessage>(
    ref: SessionRef,
    options: { make?: boolean },
    work: (tx: Transaction) => Promise<Change<V>>,
  ) => Promise<Change<V>>
}

type Take = (tx: Transaction, said: Said) => Promise<Change>

export function createProving({ store, bus, asking, identify, proofs, now, change }: ProvingDeps) {
  /** Messages with credentials that are being dealt with, by session and name. */
  const guesses = new Map<string, Promise<Receipt>>()

  /**
   * A message, or one in place of the last; taken once, however often it is sent under its name. An e-mail address with a PIN in it
   * is looked at first, and the message is stored without them.
   */
  async function say(actor: Actor, ref: SessionRef, { text, client_msg_id }: SendAction | EditAction, take: Take): Promise<Receipt> {
    const session = mayHoldSecret(text) ? await store.find(ref.key) : undefined
    const { credentials, confirms, ...heard } = hearIn(session, text)
    const said = client_msg_id === undefined ? heard : { ...heard, client_msg_id }
    if (credentials) return sayCredentials(actor, ref, credentials, said, take)
    // The receipt of what was a PIN when it was said first, and is only a number now.
    const again = (known: StoredMessage) => repeated(known, known.content === heardThen(text) ? { ...said, text: known.content } : said)
    const { value: known, events } = await change(ref, { make: true }, async (tx) => {
      const approved = confirms === undefined ? undefined : await confirm(tx, ref, confirms, said)
      return approved ?? take(tx, said)
    })
    return known ? again(known) : receipt(theMessage(events), client_msg_id)
  }

  /** Messages of one name come one after the other, so that one sent twice at once is one guess. */
  function sayCredentials(actor: Actor, ref: SessionRef, credentials: Credentials, said: Said, take: Take): Promise<Receipt> {
    const guess = () => guessOnce(actor, ref, credentials, said, take)
    if (said.client_msg_id === undefined) return guess()
    const name = `${ref.key}\n${said.client_msg_id}`
    const mine = (guesses.get(name) ?? Promise.resolve()).then(guess, guess)
    guesses.set(name, mine)
    return mine.finally(() => guesses.get(name) === mine && guesses.delete(name))
  }

  async function guessOnce(actor: Actor, ref: SessionRef, credentials: Credentials, said: Said, take: Take): Promise<Receipt> {
    const { client_msg_id } = said
    const before =
      client_msg_id === undefined ? undefined : await store.transact(ref, { make: true }, (tx) => tx.messageByClientId(client_msg_id))
    if (before) return repeated(before, said)
    const identified = await identify(credentials, { actor, ref })
    const { value: known, events } = await change(ref, { make: true }, async (tx) => {
      const taken = await take(tx, { ...said, sign_in: identified.outcome })
      if (taken.value || identified.outcome !== 'verified') return taken
      return { ...taken, events: [...taken.events, ...(await signIn(tx, identified.customer))] }
    })
    if (known) return repeated(known, said)
    return { ...receipt(theMessage(events), client_msg_id), ...outcomeOf(identified) }
  }

  /**
   * Signs a visitor in; with `says` the conversation goes on with it, as when it was said. Does nothing unless `verified`. Throws
   * `conflict` in a session of another customer.
   */
  async function signInBy(actor: Actor, ref: SessionRef, credentials: Credentials, { says }: { says: boolean }): Promise<Receipt> {
    const identified = await identify(credentials, { actor, ref })
    if (identified.outcome !== 'verified') return outcomeOf(identified)
    const { customer } = identified
    const { events } = await change(ref, { make: true }, async (tx) => {
      const taken = says ? await asking.send(tx, { text: saidByForm(credentials), sign_in: 'verified' }) : { events: [] }
      return { ...taken, events: [...taken.events, ...(await signIn(tx, customer))] }
    })
    return { ...receipt(events.at(-1)), ...outcomeOf(identified) }
  }

  /**
   * Takes a visitor for the customer that the site vouches for. Where they are that customer already, it only holds on. Throws
   * `conflict` in a session of another customer: what was said there is not theirs.
   */
  async function vouch(ref: SessionRef, customer: Customer): Promise<Receipt> {
    const record = await store.find(ref.key)
    if (record && isVouched(customerOf(record, now()), customer)) return { duplicate: true }
    const { events } = await change(ref, { make: true }, async (tx) => {
      const known = customerOf(tx.session, now())
      if (known?.id !== customer.id) return { events: await signIn(tx, customer) }
      if (known.via === 'pin') return { events: [] }
      tx.session.customer = { ...customer, until: Math.max(known.until ?? 0, customer.until ?? 0) }
      return { events: [] }
    })
    return events.length > 0 ? { ...receipt(events.at(-1)), identity: 'verified' } : { duplicate: true }
  }

  /** Forgets who the visitor is, ends what runs for them, and every line to the session. */
  async function signOutOf(ref: SessionRef): Promise<Receipt> {
    const { events } = await change(ref, {}, async (tx) => {
      const customer = customerOf(tx.session, now())
      if (!customer) return { events: [] }
      const running = runningAnswer(tx.session)
      const ended = running ? await asking.endAnswer(tx, running, 'stopped') : { events: [], closed: [] }
      return { ...ended, events: [...ended.events, ...(await signOut(tx, customer, now()))] }
    })
    if (events.length === 0) return { duplicate: true }
    bus.publish(ref.key, { type: 'ended' })
    return { ...receipt(events.at(-1)), identity: 'out' }
  }

  /** The visitor's own decision. Throws `not_found`, `forbidden` for a wrong proof, `conflict` for one that comes too late. */
  async function approve(ref: SessionRef, action: ApprovalAction): Promise<Receipt> {
    const { events, value } = await change<Decided>(ref, {}, async (tx) => {
      const approval = tx.session.approvals.find(({ id }) => id === action.approval_id)
      const isProved = approval !== undefined && isProof(action, proofs(ref, approval))
      return carriedOut(tx, decide(tx.session, action, isProved, now()))
    })
    if (value?.refusal) throw value.refusal
    return events.length > 0 ? receipt(events.at(-1)) : { duplicate: true }
  }

  /** A message that confirms an open approval by its code; undefined for one that confirms none. */
  async function confirm(tx: Transaction, ref: SessionRef, code: string, said: Said): Promise<Change | undefined> {
    if (said.client_msg_id !== undefined && (await tx.messageByClientId(said.client_msg_id))) return undefined
    const approval = tx.session.approvals.find((one) => isOpen(one, now()) && isProof(asAction(one.id, code), proofs(ref, one)))
    if (!approval) return undefined
    const decided = decide(tx.session, asAction(approval.id, code), true, now())
    if (!decided.carryOut) return undefined
    const { message, events } = await asking.note(tx, said)
    const done = await carriedOut(tx, decided, [message])
    return { events: [...events, ...done.events], opened: done.opened ?? [] }
  }

  async function carriedOut(tx: Transaction, decided: Decided, asked: string[] = []): Promise<Change<Decided>> {
    const events = await write(tx, ...decided.entries)
    const { carryOut } = decided
    const opened = carryOut ? [asking.carryOut(tx, { kind: 'approved', approval: carryOut.id }, asked)] : []
    return { events, opened, value: decided }
  }

  /** Takes back what an approval had done; whether that is still possible, its turn finds out. Asked for twice, it is done once. */
  async function undo(ref: SessionRef, approval: string): Promise<Receipt> {
    const { opened = [] } = await change(ref, {}, async (tx) => {
      const { approvals, turns, customer } = tx.session
      const done = approvals.find(({ id, state }) => id === approval && state === 'approved')
      if (!done || done.customerId !== customerOf({ customer }, now())?.id)
        throw new DeskError('not_found', 'There is nothing to take back under this id.')
      const runs = turns.some(({ effect }) => effect?.approval === approval)
      return { events: [], opened: runs ? [] : [asking.carryOut(tx, { kind: 'undo', approval })] }
    })
    return opened.length > 0 ? {} : { duplicate: true }
  }

  return { say, signIn: signInBy, signOut: signOutOf, vouch, approve, undo }
}

/** Whether nothing of it is new. */
function isVouched(known: Customer | undefined, { id, until = 0 }: Customer): boolean {
  return known?.id === id && (known.via === 'pin' || (known.until ?? 0) >= until)
}

function asAction(approval_id: string, code: string): ApprovalAction {
  return { type: 'approval', approval_id, decision: 'approve', code }
}

/** The receipt of a message that was sent before. Throws `mismatch` where its name was another message's. */
function repeated(known: StoredMessage, { text, client_msg_id }: Said): Receipt {
  if (known.content !== text) throw new DeskError('mismatch', 'This client_msg_id was used for another message.')
  return { ...receipt(known, client_msg_id), duplicate: true }
}

function theMessage(events: StoredEvent[]): StoredEvent | undefined {
  return events.findLast((event) => event.type === 'message' && event.role === 'visitor')
}

function outcomeOf(identified: Identified): Pick<Receipt, 'identity' | 'retry_after'> {
  const { outcome } = identified
  return outcome !== 'verified' && identified.retryAfter !== undefined
    ? { identity: outcome, retry_after: identified.retryAfter }
    : { identity: outcome }
}
