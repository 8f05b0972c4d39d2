import type { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import type { Method } from './document.ts'

/** One endpoint, as we write it down; openapi.ts makes the published form of it. */
export interface Operation {
  id: string
  method: Method
  path: string
  /** Other addresses of the same handler: the names that the original services had. */
  aliases?: string[]
  summary: string
  description?: string
  access: Access
  query?: z.ZodObject
  /** Values for the query that make a request to try. */
  queryExample?: Record<string, string | number>
  headers?: Header[]
  body?: Body
  /** A file as the body, of one of these types, or as the field `file` of a form. */
  file?: readonly string[]
  answers: Record<number, Answer>
  /** What can go wrong besides the faults that every endpoint shares. */
  errors: ErrorCode[]
}

/**
 * Who may call: everybody; who shows the session's token (on the own machine its name is enough); the same or the
 * owner; the owner or the own machine; the owner alone; an operator who is signed in at the console.
 */
export type Access = 'open' | 'session' | 'session_or_owner' | 'owner_or_local' | 'owner' | 'operator'

export interface Header {
  name: string
  description: string
  schema: z.ZodType
}

export interface Body {
  schema: z.ZodType
  required: boolean
  /** By name; each passes the schema. */
  examples: Record<string, unknown>
  /** As plain text, where that is understood too. */
  text?: string
}

export interface Answer {
  description: string
  /** The JSON form. */
  schema?: z.ZodType
  examples?: Record<string, unknown>
  /** The forms as bytes. */
  bytes?: readonly string[]
  /** The form as an event stream: what each event's data is, and the stream as it looks on the wire. */
  stream?: { event: z.ZodType; example: string }
}

export interface Chapter {
  tag: string
  description: string
  operations: Operation[]
}
