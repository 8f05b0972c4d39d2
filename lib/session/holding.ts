import type { Receipt, SendAction, TakeAction } from '#lib/protocol/actions.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import type { Change, createAsking } from './asking.ts'
import { nobodyCame, operatorJoined, operatorLeft, operatorSaid, reopening } from './entries.ts'
import type { Actor, Operator, SessionRecord, SessionRef, SessionStore, Transaction } from './ports.ts'
import { receipt } from './receipt.ts'
import { changeHolder, write } from './record.ts'

/**
 * Who holds a session: the assistant, or one person.
 *
 *   assistant ──a person is asked for──► waiting ──nobody in time──► waiting, and told so
 *       ▲  └───────── takes ──────────┐     │ takes
 *       │                             ▼     ▼
 *       └──────── hands back ─────── operator ──closes──► closed
 *
 * Every change of the holder raises `holderVersion`, and everything that the assistant writes is conditional on it: from the commit
 * in which an operator takes a session the assistant is silent in it, whatever it was about to say.
 */

interface HoldingDeps {
  store: Pick<SessionStore, 'waiting' | 'transact'>
  asking: Pick<ReturnType<typeof createAsking>, 'yieldTo'>
  messageId: () => string
  publishDesk: (ref: SessionRef, events: Awaited<ReturnType<Transaction['append']>>) => void
  change: <V = StoredMessage>(
    ref: SessionRef,
    options: { make?: boolean },
    work: (tx: Transaction) => Promise<Change<V>>,
  ) => Promise<Change<V>>
}

/** The owner's own name, who has a key and no account. */
const OWNER: Operator = { id: 'owner', name: 'Support' }
/** Sessions that are looked at in one run. */
const MOST = 500

export function createHolding({ store, asking, messageId, publishDesk, change }: HoldingDeps) {
  /**
   * An operator takes a session. One that another operator holds is taken only by who names that one (`from`), so that nobody takes
   * it unawares. Throws `conflict`.
   */
  async function take(actor: Actor, ref: SessionRef, { name, from }: TakeAction): Promise<Receipt> {
    const { events } = await change(ref, {}, async (tx) => {
      const { session } = tx
      const me = operatorOf(actor, session, name)
      if (session.operator?.id === me.id) return { events: [] }
      if (session.operator && session.operator.name !== from) throw held(session.operator)
      const ended = await asking.yieldTo(tx)
      const left = session.operator ? await write(tx, operatorLeft(session.operator)) : []
      const opened = await write(tx, ...reopening(session), operatorJoined(me))
      session.operator = me
      changeHolder(session)
      return { events: [...ended.events, ...left, ...opened], closed: ended.closed }
    })
    return events.length > 0 ? receipt(events.at(-1)) : { duplicate: true }
  }

  /** Hands a session back to the assistant. Throws `conflict` for one that somebody else holds. */
  async function release(actor: Actor, ref: SessionRef): Promise<Receipt> {
    const { events } = await change(ref, {}, async (tx) => {
      const { operator } = tx.session
      if (!operator) return { events: [] }
      mustHold(actor, tx.session)
      return { events: await write(tx, operatorLeft(operator)) }
    })
    return events.length > 0 ? receipt(events.at(-1)) : { duplicate: true }
  }

  /** An operator's words, once under their name. Throws `conflict` unless this operator holds the session at that moment. */
  async function say(actor: Actor, ref: SessionRef, said: SendAction): Promise<Receipt> {
    const { client_msg_id } = said
    const { value: known, events } = await change(ref, {}, async (tx) => {
      const before = client_msg_id === undefined ? undefined : await tx.messageByClientId(client_msg_id)
      if (before) return { value: before, events: [] }
      return { events: await write(tx, operatorSaid(messageId(), said, mustHold(actor, tx.session))) }
    })
    if (!known) return receipt(events.at(-1), client_msg_id)
    if (known.content !== said.text) throw new DeskError('mismatch', 'This client_msg_id was used for another message.')
    return { ...receipt(known, client_msg_id), duplicate: true }
  }

  /** A remark in the desk log, which no visitor can read. */
  async function note(actor: Actor, ref: SessionRef, text: string): Promise<Receipt> {
    const events = await store.transact(ref, {}, (tx) =>
      tx.append('desk', { type: 'note', by: operatorOf(actor, tx.session).name, content: text }),
    )
    publishDesk(ref, events)
    return receipt(events[0])
  }

  /** Tells everybody who waits since before a time (epoch ms) that nobody came. No handoff ends in silence. */
  async function tellWhoWaits(before: number): Promise<void> {
    for (const ref of await store.waiting(before, MOST)) {
      await change(ref, {}, async (tx) => {
        const { status, toldNobodyCame, waitingSince = Number.POSITIVE_INFINITY } = tx.session
        if (status !== 'waiting' || toldNobodyCame || waitingSince > before) return { events: [] }
        return { events: await write(tx, nobodyCame('nobody came in time')) }
      })
    }
  }

  return { take, release, say, note, tellWhoWaits }
}

/** Whether somebody works for the company, and may do what operators do. */
export function isOperator({ role }: Actor): boolean {
  return role === 'operator' || role === 'admin'
}

function operatorOf(actor: Actor, session: Pick<SessionRecord, 'operator'>, name?: string): Operator {
  if (actor.operator) return actor.operator
  const own = session.operator?.id === OWNER.id ? session.operator : OWNER
  return name === undefined ? own : { ...OWNER, name }
}

function mustHold(actor: Actor, session: SessionRecord): Operator {
  const me = operatorOf(actor, session)
  if (session.operator?.id === me.id) return session.operator
  throw session.operator ? held(session.operator) : new DeskError('conflict', 'Take the session first.')
}

function held({ name }: Operator): DeskError {
  return new DeskError('conflict', `${name} holds this session.`)
}
