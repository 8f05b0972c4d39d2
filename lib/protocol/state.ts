import type { ApprovalRequest, LiveEvent, StoredEvent, StoredMessage } from './events.ts'

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
  /** The person who holds the session. */
  operator: { name: string } | undefined
  /** Messages that no longer stand: said in other words since, or answered anew. */
  replaced: Readonly<Record<string, true>>
  /** Thumbs by message, and the grade of the whole session. */
  thumbs: Readonly<Record<string, 'up' | 'down'>>
  grade: number | undefined
  surveyDue: boolean
  typing: { role: 'visitor' | 'assistant' | 'operator' } | undefined
  /** Who is signed in. */
  customer: { name: string; via: 'pin' | 'site' } | undefined
  /** What became of approvals that were asked for; absent while they are open. */
  approvals: Readonly<Record<string, 'approve' | 'reject' | 'expired'>>
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
  operator: undefined,
  replaced: {},
  thumbs: {},
  grade: undefined,
  surveyDue: false,
  typing: undefined,
  customer: undefined,
  approvals: {},
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
    case 'operator_joined':
      // Whoever joins answers from now on: what was asked before is theirs.
      return { ...shown(state, event), status: 'human', operator: event.operator, open: [], running: undefined }
    case 'operator_left':
      return { ...shown(state, event), status: 'active', operator: undefined, typing: undefined }
    case 'session_closed':
      return { ...shown(state, event), status: 'closed', operator: undefined, running: undefined }
    case 'session_reopened':
      return { ...state, status: 'active', surveyDue: false }
    case 'session_reset':
      return { ...emptyState, epoch: state.epoch, customer: state.customer, items: [event] }
    case 'identity':
      return { ...shown(state, event), customer: customerIn(event) }
    case 'approval_request':
      // Asked for once more, it stands at the end and no longer where it stood.
      return shown({ ...state, items: state.items.filter((item) => !isSameRequest(item, event)) }, event)
    case 'approval':
      return { ...state, approvals: { ...state.approvals, [event.approval_id]: event.decision } }
    case 'feedback_request':
      return { ...state, surveyDue: true }
    case 'feedback':
      return withFeedback(state, event)
    case 'system':
    case 'broadcast':
    case 'error':
    case 'note':
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
  // While a person holds the session nothing that is asked waits for the assistant.
  if (event.role === 'visitor') return state.status === 'human' ? next : { ...next, open: [...state.open, event.message_id] }
  const running = state.running?.message_id === event.message_id ? undefined : state.running
  const final = event.status === 'complete' || event.status === 'stopped'
  return { ...next, running, open: final ? without(state.open, event.in_reply_to) : state.open, typing: undefined }
}

function withFeedback(state: SessionState, event: Extract<StoredEvent, { type: 'feedback' }>): SessionState {
  const { rating, message_id } = event
  if (typeof rating === 'number') return { ...state, grade: rating, surveyDue: false }
  return message_id ? { ...state, thumbs: { ...state.thumbs, [message_id]: rating } } : state
}

function customerIn({ state, name, via = 'pin' }: Extract<StoredEvent, { type: 'identity' }>): SessionState['customer'] {
  return state === 'signed_in' && name !== undefined ? { name, via } : undefined
}

function isSameRequest(item: StoredEvent, request: ApprovalRequest): boolean {
  return item.type === 'approval_request' && item.approval_id === request.approval_id
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
