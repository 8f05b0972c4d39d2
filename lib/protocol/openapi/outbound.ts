import { z } from 'zod'
import type { StoredEvent, TransientEvent } from '../events.ts'
import type { Notice } from '../frames.ts'
import { pong, receipt, storedEvents, transientEvents } from './answers.ts'
import { samples } from './samples.ts'

/** What a socket sends, and what it means. */

export interface OutboundFrame {
  name: string
  summary: string
  schema: z.ZodType
  example: object
}

const said = { content: z.string(), message: z.string().describe('Repeats `content`.') }

/** Frames about the connection itself; none of them is in the log. */
const notices: Record<Notice['type'], z.ZodType> = {
  system: z
    .object({
      type: z.literal('system'),
      ...said,
      session_id: z.string(),
      session_token: z.string().optional().describe('Stands here when the session was just made.'),
      epoch: z.string(),
      last_seq: z.number().int(),
      mode: z.string(),
    })
    .meta({ id: 'Greeting' }),
  resumed: z
    .object({ type: z.literal('resumed'), epoch: z.string(), last_seq: z.number().int(), recovered: z.boolean() })
    .meta({ id: 'Resumed' }),
  ack: receipt,
  pong,
  credential: z.object({ type: z.literal('credential'), session_token: z.string() }).meta({ id: 'Credential' }),
  error: z
    .object({ type: z.literal('error'), ...said, code: z.string(), retryable: z.boolean(), client_msg_id: z.string().optional() })
    .meta({ id: 'ErrorNotice' }),
}

const noticeMeanings: Record<Notice['type'], string> = {
  system: 'The first frame of a connection: which session this is.',
  error: 'A frame could not be dealt with. The connection stays.',
  pong: 'The answer to a ping.',
  resumed: 'The answer to hello; the events after the cursor follow. `recovered: false`: forget what you have, they begin at 1.',
  ack: 'A message is on the disk and will be answered. Sent to those who said hello or gave a `client_msg_id`.',
  credential: 'The session has a new token: who signs in or out over this connection gets it. The old one is void.',
}

/** Which events the clients of the original services get, that never say hello. */
const eventMeanings: Record<StoredEvent['type'] | TransientEvent['type'], string> = {
  message: 'Somebody said something. A bare client gets those of the assistant, of operators and of the system, once they are complete.',
  replaced: 'A message no longer stands: it was said in other words, or answered anew. It is kept; what comes after goes without it.',
  command_response: 'The outcome of a slash command.',
  system: 'A note of the desk.',
  broadcast: 'A word of the owner to everybody who is connected. A bare client gets it as `system`.',
  error: 'A turn ended in a fault.',
  handoff: 'A person was asked for. A bare client gets it as `system`.',
  operator_joined: 'A person has taken the session: the assistant is silent. A bare client gets it as `system`.',
  operator_left: 'The assistant answers again. A bare client gets it as `system`.',
  note: 'A remark of an operator, in the desk log: visitors never get it.',
  identity: 'The visitor was signed in, or out. A bare client gets it as `system`.',
  approval_request: 'The visitor is asked to approve what a tool would do; `token` and `code` are the proofs, for the visitor alone.',
  approval: 'What was to be approved was decided, or its time is over.',
  read: 'How far one side has read.',
  feedback: 'A rating was given.',
  feedback_request: 'The conversation is over; a rating is asked for. A bare client gets it as `system`.',
  session_closed: 'The session was closed. A later message opens it again.',
  session_reopened: 'A closed session goes on.',
  session_reset: 'What was said before was cleared.',
  answer_record: 'What an answer took and what it was found in. It stands in the desk log: no socket gets it.',
  delta: 'A piece of an answer that is being written; `offset` counts UTF-16 units. Only after hello, never stored.',
  typing: 'Somebody is writing. Only after hello, never stored.',
}

const events: OutboundFrame[] = [...storedEvents, ...transientEvents].map(({ type, schema }) => {
  return { name: type, summary: eventMeanings[type], schema, example: samples.events[type] }
})

const aboutTheConnection: OutboundFrame[] = (Object.keys(noticeMeanings) as Notice['type'][]).map((type) => {
  return { name: type, summary: noticeMeanings[type], schema: notices[type], example: samples.notices[type] }
})

export const outbound: OutboundFrame[] = [...aboutTheConnection, ...events]
