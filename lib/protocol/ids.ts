import { z } from 'zod'

/** Words that stand for doors in addresses and so cannot name a session. */
const reserved = new Set(['chat', 'auth', 'new', 'ui', 'stream'])

/** A session's name as clients see and may choose it. */
export const sessionId = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,64}$/, 'session_id takes 1 to 64 characters of A-Z a-z 0-9 . _ : -')
  // An address cannot end in these: URLs take them for folders.
  .refine((id) => id !== '.' && id !== '..', 'session_id cannot be . or ..')
  .refine((id) => !reserved.has(id), 'session_id is a reserved word')
  .meta({
    id: 'SessionId',
    description: 'Made by the server or chosen by the client. Reserved: chat, auth, new, ui, stream.',
    example: 'user-123',
  })

/** The sender's own name for a message: the same id is the same message, for ever. */
export const clientMessageId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'client_msg_id takes 1 to 128 visible ASCII characters')
  .meta({
    id: 'ClientMessageId',
    description: "The sender's own name for the message: sent again under the same name it is the same message, never a second one.",
  })

/** A file's name, made by the server when it was sent. */
export const fileId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'a file is named by the id that sending it gave')

/** A tool's name, with its server's before it where that is not the shop. */
export const toolName = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, 'a tool is named as the list of tools shows it')

/** A message's name in the log, made by the server. */
export const messageId = z.string().min(1).max(128)

/** The longest text one message may have, in UTF-16 units. */
export const MAX_TEXT = 16_000
