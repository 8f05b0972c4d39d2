import type { Card } from '#lib/protocol/cards.ts'
import type { Customer, Proposal } from '#lib/session/ports.ts'

/** What the assistant may know of tools, and how it calls one. */

/** For whom a tool is called: read from the session by our code, never from what a model wrote. */
export interface Caller {
  /** The session's key. */
  session: string
  turn: string
  customer: Customer | undefined
}

/** A tool as a model is offered it: without the arguments that our code fills in. */
export interface OfferedTool {
  name: string
  description: string
  /** A JSON schema. */
  parameters: Record<string, unknown>
  /** Only for a signed-in customer. */
  requiresAuth: boolean
  /** It changes something, so it needs the visitor's approval. */
  sideEffect: boolean
}

export type ToolOutcome =
  | {
      status: 'ok'
      /** What a model reads: capped, cleaned, plain text. */
      text: string
      /** What a page shows; for a tool of the shop always there, whether it answered in structures or in text. */
      cards: Card[]
      /** The facts that an answer may rest on, one record a line. */
      records: string[]
    }
  /** It would change something: the visitor is asked first. */
  | { status: 'proposed'; proposal: Proposal; text: string }
  /** The policy does not allow it; `sign_in`: it would for a customer who has signed in. */
  | { status: 'refused'; reason: 'sign_in' | 'unknown' | 'invalid' | 'not_yours' | 'off'; text: string }
  /** It failed, or did not answer in time. */
  | { status: 'error'; text: string }

/** The only way to a tool. */
export interface Gateway {
  /** The tools that may be called now. */
  offered(): OfferedTool[]
  /** Never throws but for an aborted signal. */
  call(caller: Caller, name: string, args: unknown, signal: AbortSignal): Promise<ToolOutcome>
}
