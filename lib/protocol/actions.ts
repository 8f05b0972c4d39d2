import { z } from 'zod'
import { cursor } from './events.ts'
import { clientMessageId, fileId, MAX_TEXT, messageId } from './ids.ts'

/** What an actor can ask of a session, whichever door the wish comes through. */

/** Files with one message, at most. */
const MAX_ATTACHMENTS = 5

const anyText = z.string().max(MAX_TEXT, `a message has at most ${MAX_TEXT} characters`)
const text = anyText.refine((value) => value.trim() !== '', 'the message is empty')

/** Text, or files with or without it. */
export const sendAction = z
  .object({
    type: z.literal('message'),
    text: anyText,
    client_msg_id: clientMessageId.optional(),
    attachments: z.array(fileId).max(MAX_ATTACHMENTS, `a message has at most ${MAX_ATTACHMENTS} files`).optional(),
  })
  .refine((message) => message.text.trim() !== '' || message.attachments?.length, { path: ['text'], error: 'the message is empty' })

/** The visitor's last message in other words: it and its answer are replaced, and what it says now is answered. */
export const editAction = z.object({ type: z.literal('edit'), message_id: messageId, text, client_msg_id: clientMessageId.optional() })
/** The last answer once more. */
const regenerateAction = z.object({ type: z.literal('regenerate') })

const typingAction = z.object({ type: z.literal('typing'), is_typing: z.boolean() })
const readAction = z.object({ type: z.literal('read'), seq: z.number().int().positive() })
const stopAction = z.object({ type: z.literal('stop') })
const closeAction = z.object({ type: z.literal('close') })
const handoffAction = z.object({ type: z.literal('handoff'), reason: z.string().max(500).optional() })

/** A grade for the whole session, or a thumb for one answer. */
export const rating = z.union([z.number().int().min(1).max(5), z.enum(['up', 'down'])], { error: 'takes 1 to 5, "up" or "down"' })

export const feedbackAction = z.object({
  type: z.literal('feedback'),
  rating,
  message_id: messageId.optional(),
  comment: z.string().max(2000).optional(),
})

/** Proves who the visitor is to the shop. Neither value is kept, logged or shown to anybody. */
export const signInAction = z.object({
  type: z.literal('sign_in'),
  email: z.string().min(3).max(254),
  pin: z.string().regex(/^\d{4}$/, 'a PIN has four digits'),
})
const signOutAction = z.object({ type: z.literal('sign_out') })

/** The visitor's own click on an approval card, or the code that stands in its place for clients without cards. */
const approvalAction = z.object({
  type: z.literal('approval'),
  approval_id: z.string().min(1).max(64),
  decision: z.enum(['approve', 'reject']),
  token: z.string().max(128).optional(),
  code: z.string().max(16).optional(),
})

/** Takes an effect back that allows it still. */
const undoAction = z.object({ type: z.literal('undo'), effect_id: z.string().min(1).max(64) })

/** An operator takes the session, from whom it is with; `name` is what the visitor reads where the operator has no account. */
const takeAction = z.object({
  type: z.literal('take'),
  name: z.string().trim().min(1).max(60).optional(),
  from: z.string().max(60).optional(),
})
/** … and hands it back to the assistant. */
const releaseAction = z.object({ type: z.literal('release') })
/** A remark that the visitor never sees. */
const noteAction = z.object({ type: z.literal('note'), text })

export const action = z.discriminatedUnion('type', [
  sendAction,
  editAction,
  regenerateAction,
  typingAction,
  readAction,
  stopAction,
  closeAction,
  handoffAction,
  feedbackAction,
  signInAction,
  signOutAction,
  approvalAction,
  undoAction,
  takeAction,
  releaseAction,
  noteAction,
])
export type Action = z.infer<typeof action>
export type SendAction = z.infer<typeof sendAction>
export type EditAction = z.infer<typeof editAction>
export type FeedbackAction = z.infer<typeof feedbackAction>
export type ApprovalAction = z.infer<typeof approvalAction>
export type TakeAction = z.infer<typeof takeAction>

/** What a connection says of itself: where it stands, who it is, what it wants to hear. */
export const hello = cursor.partial().extend({
  type: z.literal('hello'),
  deltas: z.boolean().default(true),
  token: z.string().max(4096).optional(),
  locale: z.string().max(35).optional(),
})
export type Hello = z.infer<typeof hello>

/** The receipt of an action: where the message stands in the log, if it was one. */
export interface Receipt {
  message_id?: string
  client_msg_id?: string
  seq?: number
  /** The action had been taken before; nothing happened now. */
  duplicate?: boolean
  /** What became of an e-mail address and a PIN; `verified` or `out`: the session has a new token, the old one is void. */
  identity?: SignInOutcome | 'out'
  /** Seconds after which another try makes sense, where it was `locked`. */
  retry_after?: number
}

/** What becomes of an e-mail address and a PIN. `wrong` for an address that nobody has, too; `locked`: the PIN was not looked at. */
export type SignInOutcome = 'verified' | 'wrong' | 'locked' | 'unavailable'
