import type { Action, FeedbackAction, Receipt } from '#lib/protocol/actions.ts'
import { hear, mayHoldSecret } from '#lib/protocol/credentials.ts'
import { DeskError, isDeskError } from '#lib/protocol/errors.ts'
import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { type Change, createAsking } from './asking.ts'
import { personRequested, reopening, surveyRequest } from './entries.ts'
import { createHolding, isOperator } from './holding.ts'
import type {
  Actor,
  Allow,
  ApprovalProofs,
  Blobs,
  Bus,
  Credentials,
  Identify,
  Ids,
  LogName,
  SessionRecord,
  SessionRef,
  SessionStore,
  Transaction,
} from './ports.ts'
import { createProving } from './proving.ts'
import { receipt } from './receipt.ts'
import { runningAnswer, write } from './record.ts'
import type { Turns } from './turn.ts'

/**
 * What can be done with a session. Every door, whoever stands before it, calls these verbs and no others.
 * Each verb is one transaction; what it wrote is published after the commit.
 */

export interface ServiceDeps {
  store: SessionStore
  bus: Bus
  turns: Turns
  allow: Allow
  isCommand: (name: string) => boolean
  publish: (ref: SessionRef, events: StoredEvent[], log?: LogName) => void
  ids: Ids
  blobs: Pick<Blobs, 'remove'>
  identify: Identify
  proofs: ApprovalProofs
  now: () => number
}

export type SessionService = ReturnType<typeof createService>

export function createService({ store, bus, turns, allow, isCommand, publish, ids, blobs, identify, proofs, now }: ServiceDeps) {
  const asking = createAsking({ bus, isCommand, ids })
  const proving = createProving({ store, bus, asking, identify, proofs, now, change })
  const publishDesk = (ref: SessionRef, events: StoredEvent[]) => publish(ref, events, 'desk')
  const holding = createHolding({ store, asking, messageId: ids.message, publishDesk, change })

  /**
   * Carries out an action; resolves once its outcome is on the disk. For a message that is the moment of the
   * receipt: from then on it will be answered, whatever happens to this process.
   */
  async function act(actor: Actor, ref: SessionRef, action: Action): Promise<Receipt> {
    if (isOperator(actor)) return operate(actor, ref, action)
    if (writes.has(action.type)) await allow(actor, ref)
    switch (action.type) {
      case 'take':
      case 'release':
      case 'note':
        throw new DeskError('forbidden', 'This is for operators.')
      case 'message':
        return proving.say(actor, ref, action, (tx, said) => asking.send(tx, { ...action, ...said }))
      case 'edit':
        return proving.say(actor, ref, action, (tx, said) => asking.edit(tx, { ...action, ...said }))
      case 'regenerate':
        return regenerate(ref)
      case 'stop':
        return stop(ref)
      case 'typing':
        bus.publish(ref.key, { type: 'live', event: { type: 'typing', role: 'visitor', is_typing: action.is_typing } })
        return {}
      case 'handoff':
        return requestPerson(ref, hear(action.reason ?? 'asked for a person').text)
      case 'close':
        return close(ref, 'visitor')
      case 'read':
        return markRead(ref, action.seq)
      case 'feedback':
        return rate(ref, action.comment === undefined ? action : { ...action, comment: hear(action.comment).text })
      case 'sign_in':
        return proving.signIn(actor, ref, action, { says: true })
      case 'sign_out':
        return proving.signOut(ref)
      case 'approval':
        return proving.approve(ref, action)
      case 'undo':
        return proving.undo(ref, action.effect_id)
    }
  }

  /** What somebody who works for the company may do in a visitor's session. */
  async function operate(actor: Actor, ref: SessionRef, action: Action): Promise<Receipt> {
    switch (action.type) {
      case 'message':
        return holding.say(actor, ref, action)
      case 'take':
        return holding.take(actor, ref, action)
      case 'release':
        return holding.release(actor, ref)
      case 'note':
        return holding.note(actor, ref, action.text)
      case 'typing':
        bus.publish(ref.key, { type: 'live', event: { type: 'typing', role: 'operator', is_typing: action.is_typing } })
        return {}
      case 'read':
        return markRead(ref, action.seq, 'operator')
      case 'stop':
        return stop(ref)
      case 'close':
        return close(ref, 'operator')
      default:
        throw new DeskError('forbidden', 'Only the visitor can do this.')
    }
  }

  async function regenerate(ref: SessionRef): Promise<Receipt> {
    const { events } = await change(ref, {}, asking.regenerate)
    return receipt(events.at(-1))
  }

  /** Ends the running answer where it stands. Nothing runs: nothing happens. Throws `not_found` where nothing was ever said. */
  async function stop(ref: SessionRef): Promise<Receipt> {
    const { events } = await change(ref, {}, async (tx) => {
      const running = runningAnswer(tx.session)
      return running ? asking.endAnswer(tx, running, 'stopped') : { events: [] }
    })
    return receipt(events[0])
  }

  async function requestPerson(ref: SessionRef, reason: string): Promise<Receipt> {
    const { events } = await change(ref, { make: true }, async (tx) => {
      const { status } = tx.session
      if (status === 'waiting' || status === 'human') return { events: [] }
      return { events: await write(tx, ...reopening(tx.session), personRequested(reason)) }
    })
    return events.length ? receipt(events.at(-1)) : { duplicate: true }
  }

  /** Ends a session; the survey follows, once, if the visitor said anything and has not rated. */
  async function close(ref: SessionRef, reason: 'visitor' | 'operator' | 'idle', idleBefore = Number.POSITIVE_INFINITY) {
    const { events } = await change(ref, {}, async (tx) => {
      const { session } = tx
      if (session.status === 'closed' || session.lastAt > idleBefore) return { events: [] }
      const running = runningAnswer(session)
      const ended = running ? await asking.endAnswer(tx, running, 'stopped') : { events: [], closed: [] }
      const survey = session.survey === 'none' && session.messageCount > 0 ? [surveyRequest()] : []
      const closing = await write(tx, { type: 'session_closed', reason }, ...survey)
      return { events: [...ended.events, ...closing], closed: ended.closed }
    })
    return events.length ? receipt(events.at(-1)) : { duplicate: true }
  }

  async function markRead(ref: SessionRef, seq: number, role: 'visitor' | 'operator' = 'visitor'): Promise<Receipt> {
    const { events } = await change(ref, {}, async (tx) => {
      const { session } = tx
      if (seq > session.seq.visitor) throw new DeskError('invalid', 'seq: beyond the end of the log')
      if (role === 'visitor' && seq <= session.readSeq) return { events: [] }
      return { events: await write(tx, { type: 'read', role, up_to: seq }) }
    })
    return events.length ? receipt(events[0]) : { duplicate: true }
  }

  /** A grade may be changed until a comment was given; the same again is no change. Throws `conflict` after that. */
  async function rate(ref: SessionRef, { rating, message_id, comment }: FeedbackAction): Promise<Receipt> {
    if ((typeof rating === 'string') !== (message_id !== undefined)) {
      throw new DeskError('invalid', 'rating: "up" or "down" goes with a message_id, 1 to 5 goes without')
    }
    const { events } = await change(ref, {}, async (tx) => {
      if (message_id !== undefined) {
        const message = await tx.messageById(message_id)
        if (!message || message.role === 'visitor') throw new DeskError('not_found', 'There is no such answer in this session.')
      } else if (tx.session.survey === 'commented') {
        if (isSame(tx.session.grade, rating, comment)) return { events: [] }
        throw new DeskError('conflict', 'This session has been rated already.')
      }
      const more = { ...(message_id ? { message_id } : {}), ...(comment ? { comment } : {}) }
      return { events: await write(tx, { type: 'feedback', rating, ...more }) }
    })
    return events.length ? receipt(events[0]) : { duplicate: true }
  }

  /** Gives a session its record before anything is said in it. */
  async function begin(ref: SessionRef): Promise<void> {
    await store.transact(ref, { make: true }, async () => undefined)
  }

  /** Clears what was said. The log goes on after a `session_reset`; nothing before it is shown again. */
  async function reset(ref: SessionRef): Promise<void> {
    await change(ref, {}, async (tx) => {
      const closed = tx.session.turns.filter(({ lane }) => lane !== 'effect')
      return { closed, events: await write(tx, { type: 'session_reset', content: 'Session reset' }) }
    })
  }

  /** Removes a session for good and ends every connection to it. Throws `not_found`. */
  async function erase(ref: SessionRef): Promise<void> {
    const record = await store.find(ref.key)
    // Before it is forgotten whose they are.
    await blobs.remove(ref.key)
    if (!(await store.erase(ref.key))) throw new DeskError('not_found', 'There is no such session.')
    turns.cancel(ref, record?.turns ?? [])
    bus.publish(ref.key, { type: 'ended' })
  }

  /** Says something in every session named. One that was erased a moment ago is passed over. */
  async function broadcast(refs: SessionRef[], content: string): Promise<void> {
    const tell = (ref: SessionRef) =>
      change(ref, { make: true }, async (tx) => ({ events: await write(tx, { type: 'broadcast', content }) }))
    const unlessGone = (error: unknown) => (isDeskError(error) && error.code === 'not_found' ? undefined : Promise.reject(error))
    await Promise.all(refs.map((ref) => tell(ref).catch(unlessGone)))
  }

  /** Closes the sessions in which nothing happened since `before` (epoch ms). */
  async function closeIdle(before: number): Promise<void> {
    for (const session of await store.idle(before, 500)) await close(session, 'idle', before)
  }

  /** One verb's transaction and, once it is on the disk, its consequences: followers hear, work stops, work begins. */
  async function change<V = StoredMessage>(
    ref: SessionRef,
    options: { make?: boolean },
    work: (tx: Transaction) => Promise<Change<V>>,
  ): Promise<Change<V>> {
    const done = await store.transact(ref, options, work)
    publish(ref, done.events)
    if (done.closed) turns.cancel(ref, done.closed)
    for (const turn of done.opened ?? []) turns.start(ref, turn)
    return done
  }

  /** Signs a visitor in; with `says` the conversation goes on with it. The receipt tells what became of it. */
  async function signIn(actor: Actor, ref: SessionRef, credentials: Credentials, how: { says: boolean }): Promise<Receipt> {
    await allow(actor, ref)
    return proving.signIn(actor, ref, credentials, how)
  }

  /** Whether a message would not be kept as it is: it must not come by a way that others keep. */
  async function holdsSecret(ref: SessionRef, text: string): Promise<boolean> {
    if (!mayHoldSecret(text)) return false
    return hear(text, (await store.find(ref.key))?.awaitsPin).text !== text
  }

  const { tellWhoWaits } = holding
  return { act, holdsSecret, begin, reset, erase, broadcast, closeIdle, tellWhoWaits, signIn, vouch: proving.vouch }
}

/** Whether a grade says nothing that was not said before; a repeated request may leave the comment out. */
function isSame(grade: SessionRecord['grade'], rating: FeedbackAction['rating'], comment: string | undefined): boolean {
  return grade?.rating === rating && (comment === undefined || comment === grade.comment)
}

/** Actions that a visitor could fill the disk with: they count against the limits. */
const writes = new Set<Action['type']>([
  ...(['message', 'edit', 'regenerate', 'handoff', 'feedback', 'read', 'close'] as const),
  ...(['sign_in', 'sign_out', 'approval', 'undo'] as const),
])
