import type { Entry, StoredEvent } from '#lib/protocol/events.ts'
import type { Customer, OpenTurn, SessionRecord, SessionRef, Transaction } from './ports.ts'

/** A session before its first event. It gets its row when something is first written. */
export function newRecord(ref: SessionRef, now: number): SessionRecord {
  return {
    ...ref,
    createdAt: now,
    lastAt: now,
    seq: { visitor: 0, desk: 0 },
    resetSeq: 0,
    messageCount: 0,
    status: 'active',
    holderVersion: 0,
    tokenVersion: 0,
    survey: 'none',
    readSeq: 0,
    approvals: [],
    turns: [],
  }
}

/** Writes to the visitor log; the record follows what was written. */
export async function write(tx: Transaction, ...entries: Entry[]): Promise<StoredEvent[]> {
  const events = await tx.append('visitor', ...entries)
  for (const event of events) fold(tx.session, event)
  return events
}

/** The record is what its log says: the server's counterpart of the reducer that clients use. */
function fold(record: SessionRecord, event: StoredEvent): void {
  switch (event.type) {
    case 'message':
      record.messageCount += 1
      break
    case 'replaced':
      record.messageCount -= 1
      break
    case 'session_reset':
      record.resetSeq = event.seq
      record.messageCount = 0
      // What was approved is carried out all the same, and told.
      record.turns = record.turns.filter(({ lane }) => lane === 'effect')
      delete record.awaitsPin
      // Readers begin here from now on: nothing holds that only what stands before says.
      reopen(record)
      break
    case 'handoff':
      record.status = 'waiting'
      if (event.state === 'unanswered') record.toldNobodyCame = true
      else record.waitingSince = Date.parse(event.timestamp)
      break
    case 'operator_joined':
      record.status = 'human'
      noLongerWaits(record)
      break
    case 'operator_left':
      record.status = 'active'
      letGo(record)
      break
    case 'session_closed':
      record.status = 'closed'
      noLongerWaits(record)
      letGo(record)
      break
    case 'session_reopened':
      reopen(record)
      break
    case 'feedback_request':
      record.survey = 'due'
      break
    case 'feedback':
      if (typeof event.rating === 'number') {
        const { rating, comment } = event
        record.survey = comment ? 'commented' : 'rated'
        record.grade = { rating, ...(comment === undefined ? {} : { comment }) }
      }
      break
    case 'read':
      if (event.role === 'visitor') record.readSeq = event.up_to
      break
  }
}

function noLongerWaits(record: SessionRecord): void {
  delete record.waitingSince
  delete record.toldNobodyCame
}

/** No person holds it any more: who still writes for one is fenced off. */
function letGo(record: SessionRecord): void {
  if (!record.operator) return
  delete record.operator
  changeHolder(record)
}

/** Another one holds the session from now on. What is being carried out for the visitor goes on whoever that is. */
export function changeHolder(record: SessionRecord): void {
  record.holderVersion += 1
  for (const turn of record.turns) if (turn.lane === 'effect') turn.holderVersion = record.holderVersion
}

function reopen(record: SessionRecord): void {
  record.status = 'active'
  noLongerWaits(record)
  letGo(record)
  if (record.survey === 'due') record.survey = 'none'
}

/** Who the visitor is proved to be now (epoch ms). Everything that depends on it asks here. */
export function customerOf({ customer }: Pick<SessionRecord, 'customer'>, now: number): Customer | undefined {
  return customer && now < (customer.until ?? Number.POSITIVE_INFINITY) ? customer : undefined
}

/** The answer that is being worked on, if any: a session has one at most. */
export function runningAnswer(record: SessionRecord): OpenTurn | undefined {
  return record.turns.find((turn) => turn.lane === 'answer')
}

/** Takes a turn out of the record; the caller writes how it ended in the same transaction. */
export function closeTurn(record: SessionRecord, turn: OpenTurn): void {
  record.turns = record.turns.filter((open) => open.id !== turn.id)
}
