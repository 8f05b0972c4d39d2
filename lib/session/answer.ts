import { DeskError } from '#lib/protocol/errors.ts'
import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { isFinalAnswer } from '#lib/protocol/state.ts'
import type { SessionLog } from './log.ts'
import type { SessionRef } from './ports.ts'

/** A question that stands in the log, as its receipt names it. */
export interface Asked {
  seq: number
  messageId: string
}

/** What ends the wait for an answer: the final message, or the response to a command. */
export type Answer = Extract<StoredEvent, { type: 'message' | 'command_response' }>

/** The next text of an answer that is being written. */
export interface AnswerText {
  type: 'text'
  messageId: string
  text: string
  /** Where in the message the text ends, in UTF-16 units. */
  end: number
  /** Text of another message was shown before: its writer died, or a newer question was asked. It counts no more. */
  anew: boolean
}

/** How much a reader has had, of which message. */
export interface Had {
  messageId: string
  length: number
}

type Following = Pick<SessionLog, 'follow'>

/** Throws when the question no longer stands: it will have no answer any more, or has one that is out of sight. */
function refuseGone(asked: Asked, event: LiveEvent): void {
  if (event.type === 'session_reset' && event.seq > asked.seq) throw new DeskError('conflict', 'The conversation was cleared.')
  if (event.type === 'replaced' && event.message_id === asked.messageId) throw new DeskError('conflict', 'The message was changed.')
}

/** Whether an event is the answer to a visitor's message. */
function isAnswerTo(messageId: string, event: LiveEvent): event is Answer {
  if (event.type === 'command_response') return event.in_reply_to?.includes(messageId) ?? false
  return isFinalAnswer(event) && (event.in_reply_to?.includes(messageId) ?? false)
}

/** The answer to a question; throws `conflict` when the question no longer stands, undefined when it has not come before the signal aborts. */
export async function awaitAnswer(log: Following, ref: SessionRef, asked: Asked, signal: AbortSignal): Promise<Answer | undefined> {
  const following = await log.follow(ref, { cursor: { after: asked.seq }, signal })
  for await (const event of following) {
    if (isAnswerTo(asked.messageId, event)) return event
    refuseGone(asked, event)
  }
  return undefined
}

/** An answer while it is written: each character once, from where the reader `had` it, and at the end the answer itself. */
export async function* readAnswer(
  log: Following,
  ref: SessionRef,
  asked: Asked,
  { signal, had = { messageId: '', length: 0 } }: { signal: AbortSignal; had?: Had | undefined },
): AsyncGenerator<AnswerText | Answer> {
  let { messageId, length } = had

  function* upTo(message: string, offset: number, text: string): Generator<AnswerText> {
    const anew = message !== messageId && length > 0
    if (message !== messageId) length = 0
    messageId = message
    const fresh = text.slice(Math.max(0, length - offset))
    if (fresh === '') return
    length = offset + text.length
    yield { type: 'text', messageId, text: fresh, end: length, anew }
  }

  const following = await log.follow(ref, { cursor: { after: asked.seq }, deltas: true, signal })
  for await (const event of following) {
    if (event.type === 'delta') yield* upTo(event.message_id, event.offset, event.text)
    else if (isAnswerTo(asked.messageId, event)) {
      yield* upTo(event.type === 'message' ? event.message_id : `command-${event.seq}`, 0, event.content)
      yield event
      return
    } else refuseGone(asked, event)
  }
}
