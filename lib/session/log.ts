import { DeskError } from '#lib/protocol/errors.ts'
import type { Cursor, LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import type { Bus, LogName, SessionRef, SessionStore, Signal } from './ports.ts'

/**
 * The log of a session, as readers see it: pages since a cursor, and a stream that never ends.
 * A reader subscribes first, then reads what it missed, then goes live and drops what it has had;
 * signals only say that there may be news, so a lost or doubled one does no harm.
 */

/** Events are read from the store in pages of this size: a reader that stalls holds one, each event up to 16,000 characters. */
const PAGE = 64
/** A follower that lags by more signals than this stops keeping them and reads the store again. */
const INBOX_LIMIT = 256

export interface Start {
  epoch: string
  last_seq: number
  /** False when the cursor does not belong to this log: the stream begins at 1 and the client starts over. */
  recovered: boolean
}

export interface Following extends AsyncIterable<LiveEvent> {
  start: Start
}

export interface FollowOptions {
  /** Where the reader stands; without it, the stream begins with what comes next. */
  cursor?: Cursor
  /** Whether the pieces of running answers are wanted. */
  deltas?: boolean
  log?: LogName
  /** Whether the reader is still let in; asked at the beginning, and whenever somebody has signed in or out. */
  holds?: () => Promise<boolean>
  signal: AbortSignal
}

export type SessionLog = ReturnType<typeof createLog>

export function createLog(store: SessionStore, bus: Bus) {
  const epochOf = (ref: SessionRef) => `${store.epoch}.${ref.incarnation}`

  /** Where a reader with this cursor begins, and whether it keeps what it has. */
  async function locate(ref: SessionRef, log: LogName, cursor: Cursor | undefined): Promise<Start & { after: number }> {
    const record = await store.find(ref.key)
    // Who came before the session was erased has no part in the next one of its name.
    const life = record?.incarnation ?? (await store.incarnation(ref.key))
    if (life !== ref.incarnation) throw ended()
    const epoch = epochOf(ref)
    const last_seq = record?.seq[log] ?? 0
    if (!cursor) return { epoch, last_seq, recovered: true, after: last_seq }
    const recovered = (cursor.epoch === undefined || cursor.epoch === epoch) && cursor.after <= last_seq
    // A reset is a new beginning: what was said before it is not shown again.
    const floor = log === 'visitor' && record ? Math.max(0, record.resetSeq - 1) : 0
    return { epoch, last_seq, recovered, after: Math.max(recovered ? cursor.after : 0, floor) }
  }

  /** One page of events after a cursor; all of them or, from another epoch, the log from its beginning. */
  async function page(ref: SessionRef, cursor: Cursor, limit: number, log: LogName = 'visitor') {
    const { epoch, last_seq, recovered, after } = await locate(ref, log, cursor)
    const events = last_seq > after ? await store.read(ref, log, after, limit) : []
    return { events, epoch, last_seq, recovered }
  }

  /**
   * Follows a log from a cursor until the signal aborts. Stored events come in order, each exactly once; with
   * `deltas`, running answers come from their first character on.
   * Throws `unauthorized` when the session ends for its readers (erased, or its token replaced).
   */
  async function follow(ref: SessionRef, options: FollowOptions): Promise<Following> {
    const { cursor, deltas = false, log = 'visitor', signal, holds = async () => true } = options
    const inbox = openInbox(bus, ref.key, log, signal)
    try {
      if (!(await holds())) throw ended()
      const { after, ...start } = await locate(ref, log, cursor)
      const events = () => stream(ref, log, after, start.last_seq, deltas, inbox)
      return { start, [Symbol.asyncIterator]: () => whileLetIn(events(), holds) }
    } catch (error) {
      inbox.close()
      throw error
    }
  }

  async function* stream(ref: SessionRef, log: LogName, after: number, last: number, deltas: boolean, inbox: Inbox) {
    let seq = after
    let behind = last > after
    const answers = createAnswers()
    try {
      if (!behind && deltas) yield* answers.joined(await bus.running(ref.key))
      while (!inbox.closed) {
        if (behind || inbox.overflowed()) {
          for await (const event of since(ref, log, seq)) {
            seq = event.seq
            answers.ended(event)
            yield event
          }
          if (deltas) yield* answers.joined(await bus.running(ref.key))
          behind = false
        }
        const signal = inbox.take()
        if (!signal) await inbox.news()
        else if (signal.type === 'ended') throw ended()
        else if (signal.type === 'grown') {
          for (const event of signal.events) {
            if (event.seq <= seq) continue
            if (event.seq !== seq + 1) {
              behind = true
              break
            }
            seq = event.seq
            answers.ended(event)
            yield event
          }
        } else if (signal.event.type !== 'delta') yield signal.event
        else if (deltas) {
          const piece = answers.continued(signal.event)
          if (piece === 'gap') yield* answers.joined(await bus.running(ref.key))
          else if (piece) yield piece
        }
      }
    } finally {
      inbox.close()
    }
  }

  /** Ends before what comes after a change of who is signed in, unless its reader is let in with the token that counts since. */
  async function* whileLetIn(events: AsyncGenerator<LiveEvent>, holds: () => Promise<boolean>): AsyncGenerator<LiveEvent> {
    for await (const event of events) {
      if (tellsWho(event) && !(await holds())) throw ended()
      yield event
    }
  }

  async function* since(ref: SessionRef, log: LogName, after: number): AsyncGenerator<StoredEvent> {
    let seq = after
    for (;;) {
      const events = await store.read(ref, log, seq, PAGE)
      yield* events
      if (events.length < PAGE) return
      seq = events.at(-1)?.seq ?? seq
    }
  }

  return { epochOf, page, follow }
}

/** Whether an event says that somebody has signed in or out. */
function tellsWho(event: LiveEvent): boolean {
  return event.type === 'identity' || (event.type === 'message' && event.sign_in === 'verified')
}

/** What every reader of a session is told that is over for them. */
export function ended(): DeskError {
  return new DeskError('unauthorized', 'This session has ended.')
}

type Inbox = ReturnType<typeof openInbox>

/** What a follower has been told and not yet dealt with. Bounded: beyond the limit it only remembers to read again. */
function openInbox(bus: Bus, key: string, log: LogName, abort: AbortSignal) {
  let signals: Signal[] = []
  let overflow = false
  let wake: (() => void) | undefined
  const inbox = {
    closed: false,
    take: () => signals.shift(),
    overflowed() {
      const was = overflow
      overflow = false
      return was
    },
    news: () =>
      new Promise<void>((resolve) => {
        wake = resolve
        if (signals.length || overflow || inbox.closed) resolve()
      }),
    close() {
      if (inbox.closed) return
      inbox.closed = true
      unsubscribe()
      abort.removeEventListener('abort', inbox.close)
      wake?.()
    },
  }
  const unsubscribe = bus.subscribe(key, (signal) => {
    if (signal.type === 'grown' && signal.log !== log) return
    if (signal.type === 'ended') signals = [signal]
    else if (signals.length < INBOX_LIMIT) signals.push(signal)
    else {
      signals = []
      overflow = true
    }
    wake?.()
  })
  abort.addEventListener('abort', inbox.close)
  if (abort.aborted) inbox.close()
  return inbox
}

/** Which pieces of running answers a follower has had, so that each character comes once. */
function createAnswers() {
  /** Characters had per running answer; Infinity once its message is in the log. */
  const had = new Map<string, number>()

  function continued(event: Extract<LiveEvent, { type: 'delta' }>) {
    const offset = had.get(event.message_id) ?? 0
    const end = event.offset + event.text.length
    if (end <= offset) return undefined
    if (event.offset > offset) return 'gap' as const
    had.set(event.message_id, end)
    if (event.offset === offset) return event
    return { ...event, offset, text: event.text.slice(offset - event.offset) }
  }

  function* joined(running: Awaited<ReturnType<Bus['running']>>): Generator<LiveEvent> {
    for (const { messageId, text, citations } of running) {
      const piece = continued({ type: 'delta', message_id: messageId, offset: 0, text, citations })
      if (piece && piece !== 'gap') yield piece
    }
  }

  function ended(event: StoredEvent) {
    if (event.type !== 'message' || event.role === 'visitor') return
    // A late piece of an answer that is in the log already is dropped; a few are remembered, no more.
    had.set(event.message_id, Number.POSITIVE_INFINITY)
    if (had.size > 16) had.delete(had.keys().next().value as string)
  }

  return { continued, joined, ended }
}
