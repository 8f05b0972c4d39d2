import type { Attachment, Entry, StoredEvent } from '#lib/protocol/events.ts'
import { requested, withdrawn } from './approvals.ts'
import { answer as answered, lastResort, lastResortOfEffect, partial, recordOf } from './entries.ts'
import type {
  Blobs,
  Bus,
  CommandRunner,
  Conclusion,
  ExecuteEffect,
  Ids,
  Log,
  LogName,
  OpenTurn,
  Piece,
  Responder,
  SessionRecord,
  SessionRef,
  SessionStore,
  Transaction,
  TurnContext,
} from './ports.ts'
import { closeTurn, customerOf, write } from './record.ts'

/**
 * A turn: from an accepted question to the one message that answers it.
 *
 *   open ──► showing ──► done (complete)
 *    │ ▲        │ └────► done (stopped: the visitor, superseded: a newer question)
 *    │ └─crash──┤
 *    └──────────┴─crash (what was shown stays, marked interrupted) ──► open, next attempt
 *
 * Every change happens in a transaction that first looks whether the turn is still open and the attempt still
 * the current one: a worker that was overtaken, stopped or declared dead writes nothing. Each sentence is on the disk
 * before it is shown, so that a crash can never unsay it.
 */

/** Runs that may die before the question is answered without what killed them. */
const CRASHES_BEFORE_DEGRADED = 2
/** Messages of the past that a responder is given. */
const HISTORY = 30
/** Messages that are looked through for a question after which much was said. */
const SEARCHED = 1000

/** This worker no longer owns the turn. Not a fault: somebody else has finished it or will. */
class Overtaken extends Error {}

export interface TurnDeps {
  store: SessionStore
  bus: Bus
  blobs: Pick<Blobs, 'read'>
  respond: Responder
  runCommand: CommandRunner
  executeEffect: ExecuteEffect
  publish: (ref: SessionRef, events: StoredEvent[], log?: LogName) => void
  ids: Pick<Ids, 'message' | 'approval'>
  now: () => number
  log: Log
}

export type Turns = ReturnType<typeof createTurns>

export function createTurns({ store, bus, blobs, respond, runCommand, executeEffect, publish, ids, now, log }: TurnDeps) {
  const workers = new Map<string, { attempt: number; abort: AbortController; ended: Promise<void> }>()
  let suspects = new Set<string>()
  let draining = false

  /** Works on a turn, in place of any older attempt at it. Returns at once. */
  function start(ref: SessionRef, turn: OpenTurn): void {
    const other = workers.get(turn.id)
    if (draining || (other && other.attempt >= turn.attempt)) return
    other?.abort.abort()
    const abort = new AbortController()
    const ended = work(ref, turn, abort.signal).finally(() => {
      if (workers.get(turn.id)?.abort === abort) workers.delete(turn.id)
    })
    workers.set(turn.id, { attempt: turn.attempt, abort, ended })
  }

  /** Ends this process's work on turns that are closed. The log says already how they ended. */
  function cancel(ref: SessionRef, closed: OpenTurn[]): void {
    for (const turn of closed) {
      const worker = workers.get(turn.id)
      if (!worker) bus.forget(ref.key, turn.messageId)
      else {
        worker.abort.abort()
        // Forgotten when the worker ends. Until then nobody may join what is over, nor the worker add to it.
        bus.seal(ref.key, turn.messageId).catch((error) => log.warn({ err: error, turn: turn.id }, 'an answer was not sealed'))
      }
    }
  }

  async function work(ref: SessionRef, turn: OpenTurn, signal: AbortSignal): Promise<void> {
    try {
      if (turn.crashes > CRASHES_BEFORE_DEGRADED) return await finish(ref, turn, lastWords(turn))
      const context = await prepare(ref, turn)
      if (turn.lane === 'command') await command(ref, turn, context, signal)
      else if (turn.lane === 'effect') await effect(ref, turn, context, signal)
      else await answer(ref, turn, context, signal)
    } catch (error) {
      if (error instanceof Overtaken || signal.aborted) return
      log.error({ err: error, session: ref.key, turn: turn.id, attempt: turn.attempt }, 'a turn failed')
      await retry(ref, turn).catch((cause) => log.error({ err: cause, turn: turn.id }, 'a turn is left to the sweep'))
    } finally {
      bus.forget(ref.key, turn.messageId)
    }
  }

  async function prepare(ref: SessionRef, turn: OpenTurn): Promise<TurnContext> {
    const session = await store.find(ref.key)
    if (!session?.turns.some(({ id }) => id === turn.id)) throw new Overtaken()
    const isQuestion = (message: { message_id: string }) => turn.questions.includes(message.message_id)
    const latest = (limit: number) => store.messages(ref, { after: session.resetSeq, limit })
    let recent = await latest(HISTORY + turn.questions.length)
    if (recent.filter(isQuestion).length < turn.questions.length) recent = await latest(SEARCHED)
    const questions = recent.filter(isQuestion)
    const [first] = questions
    if (!first && turn.questions.length > 0) throw new Error('too much was said since the question')
    const history = recent.filter((message) => message.seq < (first?.seq ?? Number.POSITIVE_INFINITY)).slice(-HISTORY)
    const readFile = ({ file_id }: Attachment) => blobs.read(ref.key, file_id)
    return {
      session: { ...session, customer: customerOf(session, now()) },
      turn,
      questions,
      history,
      readFile,
      degraded: turn.crashes >= CRASHES_BEFORE_DEGRADED,
    }
  }

  async function answer(ref: SessionRef, turn: OpenTurn, context: TurnContext, signal: AbortSignal): Promise<void> {
    const said: Piece = { text: '', citations: [] }
    const pieces = respond(context, signal)
    try {
      for (;;) {
        const next = await pieces.next()
        if (signal.aborted) throw new Overtaken()
        if (next.done) return await conclude(ref, turn, said, next.value)
        const offset = said.text.length
        said.text += next.value.text
        said.citations.push(...next.value.citations)
        await checkpoint(ref, turn, said)
        if (!(await bus.append(ref.key, turn.messageId, offset, next.value))) throw new Overtaken()
      }
    } finally {
      // Tells a model that is still writing that nobody listens; what it makes of that does not matter here.
      pieces.return({}).catch(() => undefined)
    }
  }

  /** Carries out what was approved, and tells of it. */
  async function effect(ref: SessionRef, turn: OpenTurn, context: TurnContext, signal: AbortSignal): Promise<void> {
    const { text, ...conclusion } = await executeEffect(context, signal)
    await conclude(ref, turn, { text, citations: [] }, conclusion)
  }

  async function conclude(ref: SessionRef, turn: OpenTurn, said: Piece, conclusion: Conclusion): Promise<void> {
    await finish(ref, turn, answered(turn, said, conclusion), { awaitsPin: conclusion.awaitsPin }, conclusion)
  }

  async function command(ref: SessionRef, turn: OpenTurn, context: TurnContext, signal: AbortSignal): Promise<void> {
    const { command, result, effect } = await runCommand(context, signal)
    const reset: Entry[] = effect === 'reset' ? [{ type: 'session_reset', content: result.message }] : []
    const response: Entry = { type: 'command_response', command, content: result.message, result, in_reply_to: turn.questions }
    await finish(ref, turn, [...reset, response], effect === 'reset' ? undefined : effect)
  }

  /** The answer's end: its last entries, what the desk notes of it and the end of the turn are one commit. */
  async function finish(
    ref: SessionRef,
    turn: OpenTurn,
    entries: Entry[],
    change: Pick<Partial<SessionRecord>, 'context' | 'awaitsPin'> = {},
    conclusion: Pick<Conclusion, 'proposal' | 'withdraws' | 'record'> = {},
  ): Promise<void> {
    const { proposal, withdraws } = conclusion
    const { events, noted, closed } = await store.transact(ref, {}, async (tx) => {
      closeTurn(tx.session, claim(tx, turn))
      Object.assign(tx.session, change)
      const others = tx.session.turns
      const gone = withdraws === undefined ? [] : withdrawn(tx.session, withdraws)
      const asked = proposal ? [requested(tx.session, proposal, { id: ids.approval(), now: now() })] : []
      const events = await write(tx, ...entries, ...gone, ...asked)
      const aside = recordOf(turn, conclusion)
      const noted = aside.length === 0 ? [] : await tx.append('desk', ...aside)
      return { events, noted, closed: others.filter((other) => !tx.session.turns.includes(other)) }
    })
    publish(ref, events)
    publish(ref, noted, 'desk')
    cancel(ref, closed)
  }

  async function checkpoint(ref: SessionRef, turn: OpenTurn, said: Piece): Promise<void> {
    await store.transact(ref, {}, async (tx) => {
      claim(tx, turn).shown = structuredClone(said)
    })
  }

  /** Gives a turn whose worker died its next attempt. What the dead one had shown stays, marked. */
  async function retry(ref: SessionRef, dead: OpenTurn): Promise<void> {
    const next = await store.transact(ref, {}, async (tx) => {
      const turn = claim(tx, dead)
      const events = turn.shown ? await write(tx, partial(turn, 'interrupted', turn.shown)) : []
      turn.attempt += 1
      turn.crashes += 1
      turn.messageId = ids.message()
      delete turn.shown
      return { turn: structuredClone(turn), events }
    })
    bus.forget(ref.key, dead.messageId)
    publish(ref, next.events)
    start(ref, next.turn)
  }

  /** Takes up every turn that nobody works on, as at the start those of the process before. Returns how many. */
  async function recover(): Promise<number> {
    const orphans = await unattended()
    await Promise.all(orphans.map(takeUp))
    return orphans.length
  }

  /** Takes up turns whose end could not be written; to be called now and then. One look alone could be a moment's. */
  async function sweep(): Promise<void> {
    const orphans = await unattended()
    const seenTwice = orphans.filter(({ turn }) => suspects.has(`${turn.id}:${turn.attempt}`))
    suspects = new Set(orphans.map(({ turn }) => `${turn.id}:${turn.attempt}`))
    await Promise.all(seenTwice.map(takeUp))
  }

  async function unattended() {
    const sessions = await store.withOpenTurns(10_000)
    return sessions.flatMap((ref) => ref.turns.filter(({ id }) => !workers.has(id)).map((turn) => ({ ref, turn })))
  }

  async function takeUp({ ref, turn }: { ref: SessionRef; turn: OpenTurn }): Promise<void> {
    await retry(ref, turn).catch((error) => {
      if (!(error instanceof Overtaken)) log.error({ err: error, turn: turn.id }, 'a turn could not be taken up')
    })
  }

  /** Takes no new work and waits for what runs, at most `ms` milliseconds; the rest is taken up at the next start. */
  async function drain(ms: number): Promise<void> {
    draining = true
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, ms).unref())
    await Promise.race([Promise.all([...workers.values()].map((worker) => worker.ended)), deadline])
    for (const worker of workers.values()) worker.abort.abort()
  }

  return { start, cancel, recover, sweep, drain, working: () => workers.size }
}

/** What ends a turn that died again and again: no question stays without an answer. */
function lastWords(turn: OpenTurn): Entry[] {
  return turn.lane === 'effect' ? lastResortOfEffect(turn) : lastResort(turn)
}

/** The turn as the store has it, if this attempt still owns it. */
function claim(tx: Transaction, { id, attempt }: OpenTurn): OpenTurn {
  const turn = tx.session.turns.find((open) => open.id === id)
  const owned = turn?.attempt === attempt && turn.holderVersion === tx.session.holderVersion
  if (!turn || !owned) throw new Overtaken()
  return turn
}
