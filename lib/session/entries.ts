import type { Attachment, Entry, MessageEntry } from '#lib/protocol/events.ts'
import type { Conclusion, Customer, OpenTurn, Operator, Piece, SessionRecord } from './ports.ts'

/** The entries that the hall writes itself, and their words. */

/** A question, as its visitor sent it, without what may not be kept of it. */
export function question(message_id: string, { text, client_msg_id, sign_in }: Said, attachments: Attachment[] = []): MessageEntry {
  const named = client_msg_id === undefined ? {} : { client_msg_id }
  const files = attachments.length === 0 ? {} : { attachments }
  const proved = sign_in === undefined ? {} : { sign_in }
  return { type: 'message', message_id, role: 'visitor', content: text, status: 'complete', ...named, ...files, ...proved }
}

/** What a visitor says. */
export interface Said {
  text: string
  client_msg_id?: string | undefined
  /** What became of an e-mail address and a PIN that were in it. */
  sign_in?: MessageEntry['sign_in']
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
  const { confidence, decision, options, handoff, cards, toolCalls } = conclusion
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
    ...(cards?.length ? { cards } : {}),
    ...(toolCalls?.length ? { tool_calls: toolCalls } : {}),
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

/** The same for something that was approved: nobody knows whether it was done, so a person has to look. */
export function lastResortOfEffect(turn: OpenTurn): Entry[] {
  const text = 'I could not find out whether this was done. Please do not repeat it: a person will look at it and tell you.'
  const decision = { kind: 'hand_over' as const, reasons: ['carrying out an approval failed three times'] }
  return answer(turn, { text, citations: [] }, { decision, handoff: 'an approved change may have been made or not' })
}

export function signedIn({ name, via }: Customer): Entry {
  return { type: 'identity', state: 'signed_in', name, via, content: `Signed in as ${name}.` }
}

export function signedOut(): Entry {
  return { type: 'identity', state: 'signed_out', content: 'Signed out.' }
}

export function personRequested(reason: string): Entry {
  const content = 'Your wish for a person is noted, together with this conversation. The team can read both.'
  return { type: 'handoff', state: 'requested', reason, content }
}

/** Nobody came in time. The wish stands, and whoever comes finds it first. */
export function nobodyCame(reason: string): Entry {
  const content =
    'I am sorry, nobody is free just now. Your request stays at the top of the team’s list, with this whole conversation. You can go on asking me meanwhile.'
  return { type: 'handoff', state: 'unanswered', reason, content }
}

export function operatorJoined({ name }: Operator): Entry {
  return { type: 'operator_joined', operator: { name }, content: `${name} joined the conversation.` }
}

export function operatorLeft({ name }: Operator): Entry {
  return { type: 'operator_left', operator: { name }, content: `${name} left the conversation. The assistant answers again.` }
}

export function operatorSaid(message_id: string, { text, client_msg_id }: Said, { name }: Operator): MessageEntry {
  const named = client_msg_id === undefined ? {} : { client_msg_id }
  return { type: 'message', message_id, role: 'operator', content: text, status: 'complete', author: { name }, ...named }
}

export function surveyRequest(): Entry {
  return { type: 'feedback_request', content: 'How was this conversation? Your rating helps us improve.' }
}
