import { z } from 'zod'
import { entry, place, transient } from '../events.ts'
import { chatAnswer, eventPage, sessionList, sessionMade } from '../http.ts'
import { clientMessageId } from '../ids.ts'

/** What the doors answer where no schema validates it: answers are made, not parsed. */

/** What a visitor gets with a wish for approval, and nobody else. */
const provedBy = {
  token: z.string().optional().describe('Proves that the visitor decides, for the visitor alone.'),
  code: z.string().optional().describe('The same, to be typed: `confirm CODE`.'),
}

/** A stored event as clients get it: with its place in the log, and with its text under both names. */
export const storedEvents = entry.options.map((option) => {
  const shape: z.ZodRawShape = option.shape
  const type = option.shape.type.value
  const proofs = type === 'approval_request' ? provedBy : {}
  const second = 'content' in shape ? { message: z.string().describe('Repeats `content`.') } : {}
  return { type, schema: z.object({ ...shape, ...second, ...proofs, ...place.shape }).meta({ id: `${pascal(type)}Event` }) }
})

export const transientEvents = transient.options.map((option) => {
  const type = option.shape.type.value
  return { type, schema: z.object(option.shape).meta({ id: `${pascal(type)}Event` }) }
})

const [first, ...others] = storedEvents.map(({ schema }) => schema)
export const event = z
  .union([first as z.ZodObject, ...others])
  .meta({ id: 'Event', description: 'An entry of the log. Newer servers may send types that are not listed here: pass over them.' })

export const page = eventPage.extend({ events: z.array(event) }).meta({ id: 'EventPage' })

export const pending = z
  .object({ status: z.literal('pending'), session_id: z.string(), session_token: z.string().optional(), message_id: z.string() })
  .meta({ id: 'PendingAnswer' })

const made = chatAnswer.shape.session_token
/** One event of `GET /api/chat/stream`. */
export const chatStreamEvent = z
  .union([
    z.object({ chunk: z.string().describe('The next piece of the answer.') }),
    z.object({
      done: z.literal(true),
      session_id: z.string(),
      session_token: made,
      message_id: z.string().optional(),
      tool_calls: chatAnswer.shape.tool_calls.optional(),
      approval: chatAnswer.shape.approval,
      citations: chatAnswer.shape.citations,
      confidence: chatAnswer.shape.confidence,
      command: chatAnswer.shape.command,
      result: chatAnswer.shape.result,
    }),
    z.object({ error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean() }), detail: z.string() }),
  ])
  .meta({ id: 'ChatStreamEvent' })

export const receipt = z
  .object({
    type: z.literal('ack'),
    session_id: z.string().optional().describe('Stands here, with its token, when the session was just made or has a new one.'),
    session_token: z.string().optional(),
    message_id: z.string().optional(),
    client_msg_id: z.string().optional(),
    seq: z.number().int().optional().describe('Where it stands in the log.'),
    duplicate: z.boolean().optional().describe('It had been done before; nothing happened now.'),
    identity: z
      .enum(['verified', 'wrong', 'locked', 'unavailable', 'out'])
      .optional()
      .describe('What became of an e-mail address and a PIN, or of signing out.'),
    retry_after: z.number().int().optional().describe('Seconds, where it was `locked`.'),
  })
  .meta({ id: 'Receipt' })

export const pong = z
  .object({
    type: z.literal('pong'),
    content: z.string(),
    message: z.string().describe('Repeats `content`.'),
    ts: z.number().describe("The server's clock, epoch milliseconds."),
    client_msg_id: clientMessageId.optional().describe('The message that was only a ping, if it had a name.'),
  })
  .meta({ id: 'Pong' })

export const actionAnswer = z.union([receipt, pong]).meta({ id: 'ActionAnswer' })

export const done = z.object({ status: z.literal('success'), message: z.string(), session_id: z.string() }).meta({ id: 'Done' })

export const handoffNoted = done.extend({ state: z.enum(['active', 'waiting', 'human', 'closed']) }).meta({ id: 'HandoffNoted' })
export const newSession = sessionMade.meta({ id: 'NewSession' })
export const sessions = sessionList.meta({ id: 'SessionList' })

export const stats = z
  .object({
    active_sessions: z.number().int().describe('Sessions with at least one live socket.'),
    total_connections: z.number().int().describe('Live sockets.'),
    uptime: z.number().describe('Seconds since the start.'),
    tokens_today: z.number().int().describe('Tokens that models took today (UTC), questions and answers together.'),
    models: z
      .array(
        z.object({
          model: z.string().describe('Provider and model.'),
          requests: z.number().int(),
          answers: z.number().int().describe('Whole answers.'),
          failures: z.number().int().describe('Requests that brought no whole answer.'),
          input_tokens: z.number().int(),
          output_tokens: z.number().int(),
          cost_usd: z.number().optional().describe('At list price; absent where that is not known.'),
        }),
      )
      .describe('What each model did since the start, in the order in which they are asked.'),
  })
  .meta({ id: 'Stats' })

export const connections = z
  .object({
    connections: z.array(z.object({ connection_id: z.string(), session_id: z.string(), transport: z.string(), connected_at: z.string() })),
    count: z.number().int(),
    active_connections: z.number().int().describe('Repeats `count`.'),
  })
  .meta({ id: 'Connections' })

export const broadcastDone = z
  .object({ status: z.literal('success'), delivered: z.number().int().describe('Sockets that were told.') })
  .meta({ id: 'BroadcastDone' })

export const ready = z.object({ status: z.literal('ready') }).meta({ id: 'Ready' })

/** `session_closed` → `SessionClosed`. */
function pascal(type: string): string {
  return type.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
