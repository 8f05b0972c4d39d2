import { action, type Receipt, sendAction } from '#lib/protocol/actions.ts'
import { DeskError, isDeskError } from '#lib/protocol/errors.ts'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { parse } from '#lib/protocol/frames.ts'
import type { ChatAnswer, SessionInfo } from '#lib/protocol/http.ts'
import { sessionId } from '#lib/protocol/ids.ts'
import { type Answer, awaitAnswer, readAnswer } from '#lib/session/answer.ts'
import type { Actor, SessionRef } from '#lib/session/ports.ts'
import { approvalWith } from './approvals.ts'
import type { House } from './house.ts'

/** The door for the program that a desk runs in. It goes through the same hall as every other door. */

export interface AskOptions {
  /** Ends the wait, not the answer: that is written all the same and stands in the history. */
  signal?: AbortSignal
}

/** One session of a desk. Every method throws a DeskError when the desk refuses. */
export interface Session {
  readonly id: string
  /** Says something and waits for the whole answer. */
  ask(text: string, options?: AskOptions): Promise<Answer>
  /** Says something and yields the answer's text as it is written; returns the answer. */
  stream(text: string, options?: AskOptions): AsyncGenerator<string, Answer>
  /** What is to be approved with an answer, and the code for it: it is approved when the visitor says `confirm CODE`. */
  approval(answer: Answer): Promise<ChatAnswer['approval']>
  /** What was said, oldest first. */
  history(): Promise<SessionInfo['history']>
  /** Everything that happens in the session after `after` (0: from its beginning), until the signal aborts. */
  events(options: { after?: number; signal: AbortSignal }): Promise<AsyncIterable<LiveEvent>>
  /** Ends the answer that is being written. */
  stop(): Promise<Receipt>
  /** Clears what was said. */
  reset(): Promise<void>
  /** Removes the session for good; false if there was none. */
  delete(): Promise<boolean>
}

const actor: Actor = { role: 'visitor' }

/** Makes the function that gets sessions by their id, or begins one under a new id. Throws `invalid` for an impossible id. */
export function createInProcessDoor(house: House) {
  const { sessions, access, settings } = house

  return function session(name: string = house.newId()): Session {
    const id = parse(sessionId, name)
    // Looked up each time: after `delete` the same id names another session.
    const here = async (): Promise<SessionRef> => (await access.resolve({ name: id, open: true, make: true })).ref

    async function say(text: string, signal: AbortSignal | undefined) {
      const ref = await here()
      const { seq = 0, message_id: messageId = '' } = await sessions.act(
        actor,
        ref,
        parse(sendAction, { type: 'message', text }, { text: '' }),
      )
      const deadline = AbortSignal.timeout(settings.answerTimeoutMs)
      return { ref, asked: { seq, messageId }, signal: signal ? AbortSignal.any([signal, deadline]) : deadline }
    }

    return {
      id,

      async ask(text, options = {}) {
        const { ref, asked, signal } = await say(text, options.signal)
        return (await awaitAnswer(sessions, ref, asked, signal)) ?? Promise.reject(noAnswer())
      },

      async *stream(text, options = {}) {
        const { ref, asked, signal } = await say(text, options.signal)
        for await (const part of readAnswer(sessions, ref, asked, { signal })) {
          if (part.type !== 'text') return part
          yield part.anew ? `\n\n${part.text}` : part.text
        }
        throw noAnswer()
      },

      approval: async (answer) => approvalWith(house, await here(), answer),

      history: async () => (await sessions.info(await here())).history,

      events: async ({ after = 0, signal }) => sessions.follow(await here(), { cursor: { after }, deltas: true, signal }),

      stop: async () => sessions.act(actor, await here(), parse(action, { type: 'stop' })),

      async reset() {
        await ifThere(sessions.reset(await here()))
      },

      delete: async () => ifThere(sessions.erase(await here())),
    }
  }
}

/** True when it was done; false when there was no session to do it to. */
function ifThere(done: Promise<void>): Promise<boolean> {
  return done.then(
    () => true,
    (error) => (isDeskError(error) && error.code === 'not_found' ? false : Promise.reject(error)),
  )
}

function noAnswer(): DeskError {
  return new DeskError('unavailable', 'There was no answer in time. It will stand in the history.')
}
