import { z } from 'zod'
import { rating } from './actions.ts'
import { attachment, citation, cursor, decision } from './events.ts'
import { clientMessageId, MAX_TEXT, sessionId } from './ids.ts'

/** Bodies and answers of the HTTP doors. The published description (`/openapi.json`) is made from these. */

/** The largest JSON body that is read, in bytes. */
export const MAX_BODY = 64 * 1024

const messageText = z.string().max(MAX_TEXT)

export const chatBody = z
  .object({
    message: messageText.optional().describe('What the visitor says. One of `message`, `content`, `text` is needed.'),
    content: messageText.optional().describe('Another name for `message`.'),
    text: messageText.optional().describe('Another name for `message`.'),
    session_id: sessionId.nullish().describe('Leave it out to begin a session; the answer names it.'),
    session_token: z.string().max(512).optional().describe("The session's token, for clients that cannot set headers."),
    stream: z.boolean().nullish().describe('Answer as an event stream, as `GET /api/chat/stream` does.'),
    client_msg_id: clientMessageId.nullish(),
    visitor: z.object({ name: z.string().max(200).optional(), email: z.string().max(320).optional() }).optional(),
  })
  .meta({ id: 'ChatRequest', example: { message: 'How long does shipping take?', session_id: 'user-123' } })

export const chatAnswer = z
  .object({
    response: z.string().describe('The whole answer. Empty while an operator holds the session: the answer comes as an event.'),
    reply: z.string().describe('Repeats `response`.'),
    session_id: z.string(),
    session_token: z
      .string()
      .optional()
      .describe('Stands here when the session was just made, or has a new token: the one before is void.'),
    message_id: z.string().optional(),
    tool_calls: z.array(z.object({ name: z.string(), status: z.string() })).nullable(),
    confidence: z.number().nullable().describe('0 to 1: how sure the desk is of the answer.'),
    citations: z.array(citation),
    decision: decision.optional(),
    options: z.array(z.string()).optional().describe('Replies to choose from.'),
    approval: z
      .object({ approval_id: z.string(), code: z.string(), expires_at: z.string(), summary: z.string() })
      .optional()
      .describe('What is to be approved: by the message `confirm CODE`, which `response` ends with too, or by the action `approval`.'),
    handoff: z.object({ requested: z.boolean(), state: z.string() }),
    mode: z.enum(['ai', 'human']),
    command: z.string().optional(),
    result: z.looseObject({ status: z.string(), message: z.string() }).optional(),
  })
  .meta({ id: 'ChatAnswer' })
export type ChatAnswer = z.infer<typeof chatAnswer>

export const fileQuery = z.object({
  name: z.string().max(500).optional().describe("The file's name, where the body is the file itself."),
})

export const fileSent = attachment
  .extend({
    url: z.string().describe('Where the file is, for who may see the session.'),
    session_id: z.string().optional().describe('Stands here, with its token, when the session was just made.'),
    session_token: z.string().optional(),
  })
  .meta({ id: 'FileSent' })

export const streamQuery = z.object({
  message: messageText.optional().describe('What the visitor says. Not needed when only resuming.'),
  session_id: sessionId.optional().describe('Leave it out to begin a session; the last event names it.'),
  client_msg_id: clientMessageId.optional(),
})

export const eventsQuery = cursor.extend({
  log: z.enum(['visitor', 'desk']).default('visitor').describe('`desk`: what only the company may see. It needs the admin key.'),
  after: z.coerce
    .number()
    .int()
    .nonnegative()
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('The last `seq` that you have; events after it are sent.'),
  wait: z.coerce.number().min(0).max(25).default(0).describe('Seconds to wait for news, at most 25.'),
  deltas: z
    .enum(['true', 'false', '1', '0'])
    .optional()
    .describe('Whether a stream (default true) or a wait (default false) hears of running answers.'),
  partial: z
    .string()
    .regex(/^[\w-]{1,128}:\d{1,9}$/, 'takes message_id:length')
    .optional()
    .describe('What of a running answer was had, as message_id:length; a wait ends when there is more.'),
})

export const sessionsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('Sessions in one answer.'),
  before: z.string().max(200).optional().describe('The `next` of the answer before.'),
})

export const feedbackBody = z
  .object({
    session_id: sessionId,
    session_token: z.string().max(512).optional(),
    message_id: z.string().max(128).optional(),
    rating,
    comment: z.string().max(2000).optional(),
    reason: z.string().max(2000).optional(),
  })
  .meta({ id: 'FeedbackRequest' })

export const handoffBody = z
  .object({
    session_id: sessionId,
    session_token: z.string().max(512).optional(),
    reason: z.string().max(500).optional(),
  })
  .meta({ id: 'HandoffRequest' })

export const cookieBody = z.object({ session_token: z.string().max(512).optional() }).meta({ id: 'CookieRequest' })

const broadcastText = z
  .string()
  .max(MAX_TEXT)
  .refine((text) => text.trim() !== '', 'the message is empty')
/** A broadcast as JSON; a body that is no JSON object is the text itself. */
export const broadcastBody = z
  .object({ message: broadcastText.optional(), content: broadcastText.optional().describe('Another name for `message`.') })
  .meta({ id: 'BroadcastRequest' })

export const toolApprovalBody = z
  .object({ fingerprint: z.string().min(1).max(200).describe('The `fingerprint` of the tool that was looked at.') })
  .meta({ id: 'ToolApprovalRequest' })

/** What a stock `useChat()` posts: its whole history, of which only the last user text is taken. */
export const uiBody = z
  .looseObject({
    id: sessionId.nullish(),
    trigger: z.string().optional(),
    messages: z
      .array(
        z.looseObject({
          id: z.string().max(128).optional(),
          role: z.string(),
          parts: z.array(z.looseObject({ type: z.string(), text: z.string().max(MAX_TEXT).optional() })).optional(),
          content: z.string().max(MAX_TEXT).optional(),
        }),
      )
      .min(1)
      .max(10_000),
  })
  .meta({ id: 'UiChatRequest' })

export const sessionMade = z.object({
  status: z.literal('success'),
  message: z.string(),
  session_id: z.string(),
  session_token: z.string().optional(),
})

const status = z.enum(['active', 'waiting', 'human', 'closed'])

export const sessionStatus = z
  .object({
    session_id: z.string(),
    status,
    mode: z.enum(['ai', 'human']),
    operator: z.object({ name: z.string() }).optional(),
    is_authenticated: z.boolean(),
    last_seq: z.number(),
    feedback_due: z.boolean(),
  })
  .meta({ id: 'SessionStatus' })
export type SessionStatus = z.infer<typeof sessionStatus>

const historyItem = z.object({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.string(),
  author: z.object({ name: z.string() }).optional(),
  timestamp: z.string(),
  message_id: z.string().optional(),
})

export const sessionInfo = z
  .object({
    session_id: z.string(),
    message_count: z.number(),
    history: z.array(historyItem),
    is_authenticated: z.boolean(),
    customer_info: z.object({ customer_id: z.string(), name: z.string(), email: z.string() }).nullable(),
  })
  .meta({ id: 'SessionInfo' })
export type SessionInfo = z.infer<typeof sessionInfo>

export const sessionList = z.object({
  sessions: z.array(
    z.object({
      session_id: z.string(),
      key: z.string().describe('Names the session among all owners; equal to session_id for open sessions.'),
      message_count: z.number(),
      last_message: historyItem.nullable(),
      status: status.describe('`waiting`: a person was asked for and none has come yet.'),
      waiting_since: z.string().nullable().describe('When a person was asked for, while one is waited for.'),
      rating: z.number().nullable().describe("The visitor's grade of the session, 1 to 5."),
    }),
  ),
  count: z.number(),
  next: z.string().nullable().describe('Give it as `before` to read on.'),
})

export const eventPage = z
  .object({
    events: z.array(z.looseObject({ type: z.string(), seq: z.number() })),
    last_seq: z.number(),
    epoch: z.string(),
    recovered: z.boolean(),
    has_more: z.boolean(),
    partial: z.object({ message_id: z.string(), text: z.string() }).optional(),
  })
  .meta({ id: 'EventPage' })

export const health = z
  .object({
    status: z.literal('healthy'),
    version: z.string(),
    uptime: z.number().describe('Seconds since the start.'),
    checks: z.record(z.string(), z.object({ status: z.string(), detail: z.string().optional() })),
  })
  .meta({ id: 'Health' })

export const errorShape = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      retryable: z.boolean(),
      request_id: z.string(),
    }),
    detail: z.string(),
  })
  .meta({ id: 'Error' })
