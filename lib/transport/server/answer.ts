import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import type { ChatAnswer } from '#lib/protocol/http.ts'
import type { SessionRef } from '#lib/session/ports.ts'
import type { House } from './house.ts'

/** What ends the wait for an answer: the final message, or the response to a command. */
export type Answer = Extract<StoredEvent, { type: 'message' | 'command_response' }>

/** Whether an event is the answer to a visitor's message. */
export function isAnswerTo(messageId: string, event: LiveEvent): event is Answer {
  if (event.type === 'command_response') return event.in_reply_to?.includes(messageId) ?? false
  if (event.type !== 'message' || event.role !== 'assistant') return false
  const final = event.status === 'complete' || event.status === 'stopped'
  return final && (event.in_reply_to?.includes(messageId) ?? false)
}

/** The answer to a message that stands in the log at `seq`; undefined when it has not come before the signal aborts. */
export async function awaitAnswer(house: House, ref: SessionRef, asked: { seq: number; messageId: string }, signal: AbortSignal) {
  const following = await house.sessions.follow(ref, { cursor: { after: asked.seq }, signal })
  for await (const event of following) if (isAnswerTo(asked.messageId, event)) return event
  return undefined
}

/** The body in which HTTP gives an answer. */
export async function answerBody(house: House, ref: SessionRef, answer: Answer, token: string | undefined): Promise<ChatAnswer> {
  const { status, mode } = await house.sessions.status(ref)
  const message = answer.type === 'message' ? answer : undefined
  return {
    response: answer.content,
    reply: answer.content,
    session_id: ref.name,
    ...(token === undefined ? {} : { session_token: token }),
    ...(message && { message_id: message.message_id }),
    tool_calls: null,
    confidence: message?.confidence ?? null,
    citations: message?.citations ?? [],
    ...(message?.decision && { decision: message.decision }),
    ...(message?.options && { options: message.options }),
    handoff: { requested: status === 'waiting' || status === 'human', state: status === 'active' ? 'none' : status },
    mode,
    ...(answer.type === 'command_response' && { command: answer.command, result: answer.result }),
  }
}
