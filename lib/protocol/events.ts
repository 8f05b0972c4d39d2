import { z } from 'zod'
import { card, orderCard } from './cards.ts'
import { clientMessageId, fileId, messageId } from './ids.ts'

/**
 * Everything a session's log can hold, and everything a connection can carry besides.
 * A stored event has a `seq`, counted 1, 2, 3 … without gaps in its session; a transient one has none.
 */

export const citation = z
  .object({
    n: z.number().int().positive().describe('The number that stands in the text as [n].'),
    source: z.string().describe('Names the passage among all that the desk knows.'),
    title: z.string(),
    excerpt: z.string().describe('The passage, as it stands in the article.'),
    url: z.string().optional(),
    updated: z.string().optional().describe('The day the article was last changed, YYYY-MM-DD.'),
  })
  .meta({ id: 'Citation' })

export const decision = z
  .object({
    kind: z.enum(['answer', 'clarify', 'offer_person', 'hand_over', 'smalltalk']),
    reasons: z.array(z.string()),
    assistant: z.string().optional().describe('Who wrote the answer: provider and model.'),
    agent: z.string().optional().describe('As which of its agents the assistant answered.'),
  })
  .meta({ id: 'Decision' })

/** A file that a visitor sent: what it is was seen from its bytes, whatever its name says. */
export const attachment = z
  .object({
    file_id: fileId,
    name: z.string().describe('As the visitor named it. Not to be trusted.'),
    media_type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf']),
    size: z.number().int().positive().describe('Bytes.'),
  })
  .meta({ id: 'Attachment' })

/** What a visitor may know of a tool call: that it was made and how it ended. */
export const toolCall = z.object({ name: z.string(), status: z.enum(['ok', 'error', 'refused']) }).meta({ id: 'ToolCall' })

const message = z.object({
  type: z.literal('message'),
  message_id: messageId,
  role: z.enum(['visitor', 'assistant', 'operator', 'system']),
  content: z.string(),
  status: z.enum(['complete', 'stopped', 'superseded', 'interrupted']),
  client_msg_id: clientMessageId.optional().describe("The visitor's own name for the message."),
  in_reply_to: z.array(messageId).optional().describe('Every visitor message that this one answers.'),
  author: z.object({ name: z.string(), avatar: z.string().optional() }).optional(),
  attachments: z.array(attachment).optional(),
  citations: z.array(citation).optional(),
  confidence: z.number().min(0).max(1).optional(),
  decision: decision.optional(),
  options: z.array(z.string()).optional().describe('Replies that the visitor may choose from.'),
  cards: z.array(card).optional().describe('What the tools found, to be shown with the words.'),
  tool_calls: z.array(toolCall).optional().describe('The tools that were called for it, in order.'),
  sign_in: z
    .enum(['verified', 'wrong', 'locked', 'unavailable'])
    .optional()
    .describe('A visitor message that held an e-mail address and a PIN: what became of them. They are not in its text.'),
})

const replaced = z.object({
  type: z.literal('replaced'),
  message_id: messageId.describe('A message that no longer stands: its visitor said it in other words, or asked for another answer.'),
})

const commandResponse = z.object({
  type: z.literal('command_response'),
  command: z.string(),
  content: z.string(),
  result: z.looseObject({ status: z.enum(['success', 'error']), message: z.string() }),
  in_reply_to: z.array(messageId).optional(),
})

const system = z.object({ type: z.literal('system'), content: z.string() })
const broadcast = z.object({ type: z.literal('broadcast'), content: z.string() })

const storedError = z.object({
  type: z.literal('error'),
  code: z.string(),
  content: z.string(),
  retryable: z.boolean(),
})

const handoff = z.object({
  type: z.literal('handoff'),
  state: z.enum(['requested', 'unanswered']).describe('A person was asked for · nobody came in time; the wish stands.'),
  reason: z.string(),
  content: z.string(),
})

/** An operator as visitors know them. */
const operator = z.object({ name: z.string() }).meta({ id: 'Operator' })
const operatorJoined = z.object({ type: z.literal('operator_joined'), operator, content: z.string() })
const operatorLeft = z.object({ type: z.literal('operator_left'), operator, content: z.string() })

/** For the company alone: it stands in the desk log. */
const note = z.object({ type: z.literal('note'), by: z.string(), content: z.string() })

const identity = z.object({
  type: z.literal('identity'),
  state: z.enum(['signed_in', 'signed_out']),
  name: z.string().optional().describe('Of the customer, while one is signed in.'),
  via: z.enum(['pin', 'site']).optional().describe('Proved by e-mail and PIN, or vouched for by the site that shows the desk.'),
  content: z.string(),
})

const approvalRequest = z.object({
  type: z.literal('approval_request'),
  approval_id: z.string(),
  tool: z.string(),
  summary: z.string().describe('What will be done, in one line, written by the desk.'),
  card: orderCard,
  digest: z.string().describe('Names exactly what will be done and for whom; the token and the code are bound to it.'),
  expires_at: z.string(),
  content: z.string(),
})

const approval = z.object({
  type: z.literal('approval'),
  approval_id: z.string(),
  decision: z.enum(['approve', 'reject', 'expired']),
})

const read = z.object({ type: z.literal('read'), role: z.enum(['visitor', 'operator']), up_to: z.number().int() })

const feedback = z.object({
  type: z.literal('feedback'),
  rating: z.union([z.number().int().min(1).max(5), z.enum(['up', 'down'])]),
  message_id: messageId.optional(),
  comment: z.string().optional(),
})

const feedbackRequest = z.object({ type: z.literal('feedback_request'), content: z.string() })
const sessionClosed = z.object({ type: z.literal('session_closed'), reason: z.enum(['idle', 'visitor', 'operator']) })
const sessionReopened = z.object({ type: z.literal('session_reopened') })
const sessionReset = z.object({ type: z.literal('session_reset'), content: z.string() })

/** What the models took for one answer, over all requests that were made for it. */
export const answerUsage = z
  .object({
    model: z.string().describe('Who wrote the answer: provider and model.'),
    requests: z.number().int().nonnegative(),
    input_tokens: z.number().int().nonnegative(),
    output_tokens: z.number().int().nonnegative(),
    cost_usd: z.number().optional().describe('At list price; absent where that is not known.'),
    first_token_ms: z.number().optional().describe('From the request that was answered to the first token of its text.'),
    ms: z.number().describe('From the first request to the last character.'),
  })
  .meta({ id: 'AnswerUsage' })

const answerRecord = z.object({
  type: z.literal('answer_record'),
  message_id: messageId.describe('The answer that it is about.'),
  usage: answerUsage.optional(),
  retrieval: z
    .array(z.object({ source: z.string().describe('Names the article.'), score: z.number() }))
    .optional()
    .describe('The articles that came nearest to the question, best first.'),
})

/** What an event says, before the log gives it its place. */
export const entry = z.discriminatedUnion('type', [
  message,
  replaced,
  commandResponse,
  system,
  broadcast,
  storedError,
  handoff,
  operatorJoined,
  operatorLeft,
  note,
  identity,
  approvalRequest,
  approval,
  read,
  feedback,
  feedbackRequest,
  sessionClosed,
  sessionReopened,
  sessionReset,
  answerRecord,
])
export type Entry = z.infer<typeof entry>
export type MessageEntry = z.infer<typeof message>

/** Where an event stands: its number, its session, its time (ISO 8601). */
export const place = z.object({
  seq: z.number().int().positive(),
  session_id: z.string(),
  timestamp: z.string(),
})
type Place = z.infer<typeof place>

export type StoredEvent = Entry & Place
export type StoredMessage = MessageEntry & Place
export type ApprovalRequest = z.infer<typeof approvalRequest> & Place
export type ToolCall = z.infer<typeof toolCall>
export type Attachment = z.infer<typeof attachment>
export type Citation = z.infer<typeof citation>
export type Decision = z.infer<typeof decision>
export type AnswerUsage = z.infer<typeof answerUsage>
export type AnswerRecord = z.infer<typeof answerRecord>

/** One piece of an answer that is still running; `offset` counts UTF-16 units from the answer's beginning. */
const delta = z.object({
  type: z.literal('delta'),
  message_id: messageId,
  offset: z.number().int().nonnegative(),
  text: z.string(),
  citations: z.array(citation).optional().describe('The citations that this piece refers to for the first time.'),
})
const typing = z.object({
  type: z.literal('typing'),
  role: z.enum(['visitor', 'assistant', 'operator']),
  is_typing: z.boolean(),
})
/** What follows the log but is not in it. */
export const transient = z.discriminatedUnion('type', [delta, typing])
export type TransientEvent = z.infer<typeof transient>

/** What `follow` yields. */
export type LiveEvent = StoredEvent | TransientEvent

/** A point in a session's log: which life of the log, and the last seq that was seen. */
export const cursor = z.object({
  epoch: z.string().max(64).optional().describe('The life of the log that `after` belongs to.'),
  after: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).describe('The last `seq` that was seen.'),
})
export type Cursor = z.infer<typeof cursor>

/** Whether an event is an entry of the log (and so moves the cursor) or only passes by. */
export function isStored(event: LiveEvent): event is StoredEvent {
  return event.type !== 'delta' && event.type !== 'typing'
}
