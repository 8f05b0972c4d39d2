import type { Attachment, Entry, MessageEntry } from '#lib/protocol/events.ts'
import type { Conclusion, OpenTurn, Piece, SessionRecord } from './ports.ts'

/** The entries that the hall writes itself, and their words. */

/** A question, as its visitor sent it. */
export function question(
  message_id: string,
  content: string,
  client_msg_id: string | undefined,
  attachments: Attachment[] = [],
): MessageEntry {
  const named = client_msg_id === undefined ? {} : { client_msg_id }
  const files = attachments.length === 0 ? {} : { attachments }
  return { type: 'message', message_id, role: 'visitor', content, status: 'complete', ...named, ...files }
}

/** A closed session opens again when something is said. */
export function reopening(session: SessionRecord): Entry[] {
  return session.status === 'closed' ? [{ type: 'session_reopened' }] : []
}

/** A message stands no longer; readers keep it, and what comes after goes without it. */
export function replaced(message_id: string): Entry {
  return { type: 'replaced', message_id }
}

/** A whole answer; after it the wish for a person, if it ends in one. */
export function answer(turn: OpenTurn, said: Piece, conclusion: Conclusion): Entry[] {
  const { confidence, decision, options, handoff } = conclusion
  const message: Entry = {
    type: 'message',
    message_id: turn.messageId,
    role: 'assistant',
    content: said.text,
    status: 'complete',
    in_reply_to: turn.questions,
    citations: said.citations,
    ...(confidence === undefined ? {} : { confidence }),
    ...(decision === undefined ? {} : { decision }),
    ...(options === undefined ? {} : { options }),
  }
  return handoff === undefined ? [message] : [message, personRequested(handoff)]
}

/** What the desk notes of an answer, where there is anything to note. */
export function recordOf({ messageId: message_id }: OpenTurn, { record }: Conclusion): Entry[] {
  return record === undefined ? [] : [{ type: 'answer_record', message_id, ...record }]
}

/** An answer that ends before it is complete, with what was shown of it. */
export function partial(turn: OpenTurn, status: 'stopped' | 'superseded' | 'interrupted', said: Piece | undefined): Entry {
  const { text, citations } = said ?? { text: '', citations: [] }
  const { messageId: message_id, questions: in_reply_to } = turn
  return { type: 'message', message_id, role: 'assistant', content: text, status, in_reply_to, citations }
}

/** The answer of an assistant that failed again and again: no question stays without one. */
export function lastResort(turn: OpenTurn): Entry[] {
  const text = 'I am sorry, I could not work out an answer to this. I can pass your question to a person.'
  const decision = { kind: 'offer_person' as const, reasons: ['the assistant failed three times'] }
  return answer(turn, { text, citations: [] }, { confidence: 0, decision })
}

export function personRequested(reason: string): Entry {
  const content = 'Your wish for a person is noted, together with this conversation. The team can read both.'
  return { type: 'handoff', state: 'requested', reason, content }
}

export function surveyRequest(): Entry {
  return { type: 'feedback_request', content: 'How was this conversation? Your rating helps us improve.' }
}
