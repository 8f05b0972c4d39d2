import type { z } from 'zod'
import { type Action, action, type Hello, hello, type Receipt, sendAction } from './actions.ts'
import { DeskError, type ErrorCode, verdict } from './errors.ts'
import type { LiveEvent } from './events.ts'
import { sentenceOf, wording } from './wording.ts'

/**
 * The frames of a WebSocket: a tolerant reader for everything the original services' clients send,
 * and one writer that gives those clients what they read (`content` for some, `message` for others).
 */

/** A ping may name the message it was sent as: then its pong is that message's receipt. */
export interface Ping {
  type: 'ping'
  client_msg_id?: string
}

export type Inbound = Action | Hello | Ping

const frameShapes = new Map<string, z.ZodType<Inbound>>([
  ['hello', hello],
  ...action.options.map((option) => [option.shape.type.value, option] as const),
])

/**
 * Reads one text frame. Anything that is not a JSON object is a message as it stands.
 * Throws a DeskError (`bad_json`, `unknown_type`, `invalid`) whose message names the fault.
 */
export function decodeFrame(frame: string): Inbound {
  const first = frame.trimStart()[0]
  if (first === '{') return decodeObject(parseObject(frame))
  const text = first === '"' ? unquote(frame) : frame
  if (text.trim().toLowerCase() === 'ping') return { type: 'ping' }
  return parse(sendAction, { type: 'message', text }, { text: '' })
}

/** Reads what a frame or an `/actions` body says, once it is known to be an object. */
export function decodeObject(input: Record<string, unknown>): Inbound {
  const { type } = input
  if (type === 'ping') return { type: 'ping' }
  if (type === undefined || type === 'text' || type === 'message') return decodeMessage(input)
  const shape = typeof type === 'string' ? frameShapes.get(type) : undefined
  if (!shape)
    throw new DeskError(
      'unknown_type',
      typeof type === 'string' ? `Unknown frame type "${type.slice(0, 60)}".` : 'The type of a frame is a word.',
    )
  return parse(shape, input)
}

function decodeMessage(input: Record<string, unknown>): Inbound {
  const { attachments, client_msg_id } = input
  const { name, text = attachments == null ? undefined : '' } = textOf(input)
  if (text === undefined) throw new DeskError('invalid', 'A message needs "message", "content" or "text".')
  const named = client_msg_id == null ? {} : { client_msg_id }
  const files = attachments == null ? {} : { attachments }
  const message = parse(sendAction, { type: 'message', text, ...named, ...files }, { text: name })
  if (message.text.trim().toLowerCase() !== 'ping') return message
  return { type: 'ping', ...(message.client_msg_id === undefined ? {} : { client_msg_id: message.client_msg_id }) }
}

function parseObject(frame: string): Record<string, unknown> {
  try {
    return JSON.parse(frame) as Record<string, unknown>
  } catch {
    throw new DeskError('bad_json', 'The frame begins like JSON but does not parse.')
  }
}

function unquote(frame: string): string {
  try {
    const value: unknown = JSON.parse(frame)
    return typeof value === 'string' ? value : frame
  } catch {
    return frame
  }
}

type TextName = 'content' | 'message' | 'text'

/** What somebody says, and the name it came under: the first in `order` that holds anything. */
export function textOf<T>(
  input: Partial<Record<TextName, T>>,
  order: TextName[] = ['content', 'message', 'text'],
): { name: TextName; text: T | undefined } {
  const name = order.find((name) => input[name] != null) ?? 'text'
  return { name, text: input[name] }
}

/**
 * Parses with a schema; the first fault becomes the sentence that the sender reads. `names` says how the sender calls a field
 * that has another name in the schema ('' for text that came without one). Throws DeskError `invalid`.
 */
export function parse<T>(schema: z.ZodType<T>, input: unknown, names?: Record<string, string>): T {
  const result = schema.safeParse(input, { error: wording })
  if (result.success) return result.data
  throw new DeskError('invalid', sentenceOf(result.error.issues, names))
}

/** What a connection receives besides events. */
export type Notice =
  | { type: 'system'; content: string; session_id: string; session_token?: string; epoch: string; last_seq: number; mode: string }
  | { type: 'resumed'; epoch: string; last_seq: number; recovered: boolean }
  | ({ type: 'ack' } & Receipt)
  | { type: 'pong'; content: 'pong'; ts: number; client_msg_id?: string }
  | { type: 'credential'; session_token: string }
  | { type: 'error'; content: string; code: ErrorCode; retryable: boolean; client_msg_id?: string }

const encoded = new WeakMap<LiveEvent, string>()

/** The answer to a ping. */
export function pongFrame({ client_msg_id }: Ping): Extract<Notice, { type: 'pong' }> {
  return { type: 'pong', content: 'pong', ts: Date.now(), ...(client_msg_id === undefined ? {} : { client_msg_id }) }
}

/** An event or notice as one text frame. A frame that bears text carries it as `content` and as `message`. */
export function encodeFrame(frame: LiveEvent | Notice): string {
  return JSON.stringify(twoNames(frame))
}

/** As encodeFrame, for events that many connections receive: written once, remembered as long as the event lives. */
export function encodeEvent(event: LiveEvent): string {
  let text = encoded.get(event)
  if (text === undefined) {
    text = encodeFrame(event)
    encoded.set(event, text)
  }
  return text
}

/** The same, as an object, for JSON answers. */
export function twoNames<T extends object>(frame: T): T & { message?: string } {
  return 'content' in frame && typeof frame.content === 'string' ? { ...frame, message: frame.content } : frame
}

/** A fault as a frame. */
export function errorFrame(error: DeskError, clientMsgId?: string): Notice {
  const { code, message } = error
  return {
    type: 'error',
    content: message,
    code,
    retryable: verdict(code).retryable,
    ...(clientMsgId === undefined ? {} : { client_msg_id: clientMsgId }),
  }
}
