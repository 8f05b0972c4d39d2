import type { LiveEvent, StoredEvent, StoredMessage } from './events.ts'

/**
 * What a reader of a session knows after the events it has seen. Page, widget and console fold the same
 * events with the same function, so they cannot disagree about what happened.
 */
export interface SessionState {
  epoch: string | undefined
  /** The last seq folded in; the next connection resumes after it. */
  seq: number
  /** The log as a person reads it, oldest first. */
  items: readonly StoredEvent[]
  /** The answer that is being written now. */
  running: { message_id: string; text: string } | undefined
  /** Visitor messages that no finished answer lists yet. */
  open: readonly string[]
  status: 'active' | 'waiting' | 'human' | 'closed'
  /** Messages that no longer stand: said in other words since, or answered anew. */
  replaced: Readonly<Record<string, true>>
  /** Thumbs by message, and the grade of the whole session. */
  thumbs: Readonly<Record<string, 'up' | 'down'>>
  grade: number | undefined
  surveyDue: boolean
  typing: { role: 'visitor' | 'assistant' | 'operator' } | undefined
  /** A piece of the running answer was missed: say hello again to get its text whole. */
  gap: boolean
}

export const emptyState: SessionState = {
  epoch: undefined,
  seq: 0,
  items: [],
  running: undefined,
  open: [],
  status: 'active',
  replaced: {},
  thumbs: {},
  grade: undefined,
  surveyDue: false,
  typing: undefined,
  gap: false,
}

/** Folds one event into the state. Pure; an event that was seen before changes nothing. */
export function reduce(state: SessionState, event: LiveEvent): SessionState {
  if (event.type === 'delta') return withDelta(state, event)
  if (event.type === 'typing') return { ...state, typing: event.is_typing ? { role: event.role } : undefined }
  if (event.seq <= state.seq) return state
  return { ...applied(state, event), seq: event.seq }
}

/** Begins again from an empty log, as when the server says that a cursor is of another epoch. */
export function restart(epoch: string): SessionState {
  return { ...emptyState, epoch }
}

function withDelta(state: SessionState, delta: { message_id: string; offset: number; text: string }): SessionState {
  const ended = state.items.some((item) => item.type === 'message' && item.message_id === delta.message_id)
  if (ended) return state
  const have = state.running?.message_id === delta.message_id ? state.running.text : ''
  if (delta.offset > have.length) return { ...state, gap: true }
  const text = have.slice(0, delta.offset) + delta.text
  if (text.length < have.length) return state
  return { ...state, running: { message_id: delta.message_id, text }, gap: false }
}

function applied(state: SessionState, event: StoredEvent): SessionState {
  switch (event.type) {
    case 'message':
      return withMessage(state, event)
    case 'replaced':
      return { ...state, replaced: { ...state.replaced, [event.message_id]: true }, open: without(state.open, [event.message_id]) }
    case 'command_response':
      return { ...shown(state, event), open: without(state.open, event.in_reply_to) }
    case 'handoff':
      return { ...shown(state, event), status: 'waiting' }
    case 'session_closed':
      return { ...shown(state, event), status: 'closed', running: undefined }
    case 'session_reopened':
      return { ...state, status: 'active', surveyDue: false }
    case 'session_reset':
      return { ...emptyState, epoch: state.epoch, items: [event] }
    case 'feedback_request':
      return { ...state, surveyDue: true }
    case 'feedback':
      return withFeedback(state, event)
    case 'system':
    case 'broadcast':
    case 'error':
      return shown(state, event)
    case 'read':
    case 'answer_record':
      return state
    default:
      return ignored(state, event)
  }
}

function withMessage(state: SessionState, event: Extract<StoredEvent, { type: 'message' }>): SessionState {
  const next = shown(state, event)
  if (event.role === 'visitor') return { ...next, open: [...state.open, event.message_id] }
  const running = state.running?.message_id === event.message_id ? undefined : state.running
  const final = event.status === 'complete' || event.status === 'stopped'
  return { ...next, running, open: final ? without(state.open, event.in_reply_to) : state.open, typing: undefined }
}

function withFeedback(state: SessionState, event: Extract<StoredEvent, { type: 'feedback' }>): SessionState {
  const { rating, message_id } = event
  if (typeof rating === 'number') return { ...state, grade: rating, surveyDue: false }
  return message_id ? { ...state, thumbs: { ...state.thumbs, [message_id]: rating } } : state
}

function shown(state: SessionState, event: StoredEvent): SessionState {
  return { ...state, items: [...state.items, event] }
}

function without(open: readonly string[], answered: readonly string[] | undefined): readonly string[] {
  return answered ? open.filter((id) => !answered.includes(id)) : open
}

/** A new kind of event does not compile until it is dealt with above; one from a newer server passes by. */
function ignored(state: SessionState, _event: never): SessionState {
  return state
}

/** Whether an event is an answer of the assistant that ends its questions: nothing more will answer them. */
export function isFinalAnswer(event: LiveEvent): event is StoredMessage {
  return event.type === 'message' && event.role === 'assistant' && (event.status === 'complete' || event.status === 'stopped')
}
