import { z } from 'zod'
import { type Action, action, hello } from '../actions.ts'
import { clientMessageId, fileId, MAX_TEXT } from '../ids.ts'

/** What a client may send over a socket, each with frames to try. The test puts every one through the decoder. */

export interface InboundFrame {
  name: string
  summary: string
  schema: z.ZodType
  /** Frames as text. */
  examples: string[]
}

const text = z.string().max(MAX_TEXT)

const plainText = text.meta({
  id: 'PlainTextFrame',
  description: 'Anything that does not begin with `{` is a message as it stands; a JSON string is unquoted.',
})
const pingObject = z.object({ type: z.literal('ping') })
const ping = z
  .union([z.literal('ping'), pingObject])
  .meta({ id: 'PingFrame', description: 'The word (in any case) or the object. Answered by `pong`, never stored.' })

/** A message as an object: the words under the name that each of the original services used. */
const messageFrame = z
  .looseObject({
    type: z.enum(['text', 'message']).optional(),
    content: text.optional().describe('The words. One of `content`, `message`, `text` is needed.'),
    message: text.optional().describe('Another name for `content`.'),
    text: text.optional().describe('Another name for `content`.'),
    client_msg_id: clientMessageId.optional(),
    attachments: z
      .array(fileId)
      .max(5)
      .optional()
      .describe('Files that were sent to `/api/session/{id}/files` before. With them the text may be left out.'),
    metadata: z.unknown().optional().describe('Accepted and passed over.'),
    timestamp: z.string().optional().describe('Accepted and passed over: the server writes its own.'),
  })
  .meta({ id: 'MessageFrame' })

const helloFrame = hello.meta({ id: 'HelloFrame' })

/** Actions that are no messages: their names in the description, what they do, and a frame to try. */
const others: Record<Exclude<Action['type'], 'message'>, Omit<InboundFrame, 'schema' | 'name'> & { id: string }> = {
  edit: {
    id: 'EditFrame',
    summary: 'Say the last message in other words: it and its answer are replaced, and the new one is answered.',
    examples: ['{"type":"edit","message_id":"0f6f7b52-6e0b-4f0e-9a11-3f0a5d1c2b77","text":"How long does express shipping take?"}'],
  },
  regenerate: { id: 'RegenerateFrame', summary: 'Have the last answer written anew.', examples: ['{"type":"regenerate"}'] },
  typing: { id: 'TypingFrame', summary: 'The visitor writes, or has stopped to.', examples: ['{"type":"typing","is_typing":true}'] },
  read: { id: 'ReadFrame', summary: 'The visitor has read up to this seq.', examples: ['{"type":"read","seq":1}'] },
  stop: { id: 'StopFrame', summary: 'End the running answer where it stands.', examples: ['{"type":"stop"}'] },
  close: {
    id: 'CloseFrame',
    summary: 'End the session; a survey follows. A later message opens it again.',
    examples: ['{"type":"close"}'],
  },
  handoff: { id: 'HandoffFrame', summary: 'Ask for a person.', examples: ['{"type":"handoff","reason":"about an invoice"}'] },
  sign_in: {
    id: 'SignInFrame',
    summary: 'Prove who you are to the shop. The receipt says what became of it; neither value is kept.',
    examples: ['{"type":"sign_in","email":"alice@example.com","pin":"1234"}'],
  },
  sign_out: { id: 'SignOutFrame', summary: 'Be nobody again. Every line to the session ends.', examples: ['{"type":"sign_out"}'] },
  approval: {
    id: 'ApprovalFrame',
    summary: 'Decide what an `approval_request` asked for, with the token or the code that came with it.',
    examples: ['{"type":"approval","approval_id":"5f0c7a12-8a43-4a58-9c3e-1f2a6b7c8d90","decision":"approve","code":"K7M2QX"}'],
  },
  undo: {
    id: 'UndoFrame',
    summary: 'Take back what was approved, as long as its card says that it can be.',
    examples: ['{"type":"undo","effect_id":"5f0c7a12-8a43-4a58-9c3e-1f2a6b7c8d90"}'],
  },
  take: {
    id: 'TakeFrame',
    summary: 'For operators: take the session; the assistant is silent from then on. `from` names who holds it, to take it from them.',
    examples: ['{"type":"take","name":"Olivia"}'],
  },
  release: { id: 'ReleaseFrame', summary: 'For operators: hand the session back to the assistant.', examples: ['{"type":"release"}'] },
  note: {
    id: 'NoteFrame',
    summary: 'For operators: a remark that the visitor never sees.',
    examples: ['{"type":"note","text":"Asked twice before."}'],
  },
  feedback: {
    id: 'FeedbackFrame',
    summary: 'Rate the session from 1 to 5, or one answer up or down.',
    examples: ['{"type":"feedback","rating":5}', '{"type":"feedback","rating":"up","message_id":"0f6f7b52-6e0b-4f0e-9a11-3f0a5d1c2b77"}'],
  },
}

const otherFrames: InboundFrame[] = action.options.flatMap((option) => {
  const type = option.shape.type.value
  if (type === 'message') return []
  const { id, ...rest } = others[type]
  const shape: z.ZodRawShape = option.shape
  return [{ name: type, ...rest, schema: z.object(shape).meta({ id }) }]
})

export const inbound: InboundFrame[] = [
  {
    name: 'plain text',
    summary: 'A message, or a command when it begins with `/`.',
    schema: plainText,
    examples: ['Hello from client', '"Hello, how are you?"', '/help'],
  },
  {
    name: 'message',
    summary: 'A message as an object. With a `client_msg_id` it is acknowledged, and sending it again does no harm.',
    schema: messageFrame,
    examples: [
      '{"message":"Your message or command here"}',
      '{"type":"text","content":"Hello, how are you?","metadata":{},"timestamp":"2025-11-02T10:30:00"}',
      '{"type":"message","content":"Hello","client_msg_id":"m-1"}',
    ],
  },
  { name: 'ping', summary: 'Tests the line; also a keep-alive.', schema: ping, examples: ['ping', '{"type":"ping"}'] },
  {
    name: 'hello',
    summary: 'Turns the full protocol on: `resumed`, then all events after the cursor, then everything as it happens.',
    schema: helloFrame,
    examples: ['{"type":"hello"}', '{"type":"hello","epoch":"e1.0","after":2,"deltas":true}'],
  },
  ...otherFrames,
]

/** The body of `/actions`: any inbound object but hello. */
export const actionBody = z
  .union([messageFrame, pingObject, ...otherFrames.map(({ schema }) => schema)])
  .meta({ id: 'ActionRequest', description: 'An inbound frame as an object.' })
