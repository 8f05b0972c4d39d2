import type { Card, OrderCard } from '#lib/protocol/cards.ts'
import type { Customer, Proposal } from '#lib/session/ports.ts'

/** What the assistant may know of tools and how it calls one; and what the tools need of the store. */

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

/** A tool and the hash over its definition that is trusted. */
export interface Pin {
  name: string
  fingerprint: string
}

/** A call as it is kept for the owner: nothing in it that a person wrote. */
export interface ToolCallRecord {
  id: string
  session: string
  turn: string
  tool: string
  customerId?: string | undefined
  args: Record<string, unknown>
  /** A `ToolOutcome`'s status, with the reason of a refusal. */
  outcome: string
  /** How long it took. */
  ms: number
  /** Epoch milliseconds. */
  at: number
}

/**
 * What became of a change that was approved.
 *
 *   intent ──► sent ──► done
 *      │         ├────► refused   the shop said no: nothing was changed
 *      └─────────┴────► unknown   nobody could find out: a person takes over, and it is never sent again
 */
export type EffectState = 'intent' | 'sent' | 'done' | 'refused' | 'unknown'

export interface Effect {
  /** The approval that allowed it, or `undo:` and that approval: also the idempotency key that the shop is given. */
  key: string
  session: string
  tool: string
  args: Record<string, unknown>
  customerId: string
  state: EffectState
  /** The customer's order ids before it was sent, where the shop does not honour keys. */
  before?: string[]
  result?: EffectResult
  /** When it was begun, epoch milliseconds. */
  at: number
  updatedAt: number
}

/** How it ended: the order as it is then, or why there is none. */
export interface EffectResult {
  card?: OrderCard
  reason?: string
}

export interface ToolStore {
  pins(server: string): Promise<Pin[]>
  /** Trusts definitions, in the place of those that were trusted under these names. */
  pin(server: string, pins: Pin[], at: number): Promise<void>
  record(call: ToolCallRecord): Promise<void>
  forgetCalls(before: number): Promise<void>
  effect(key: string): Promise<Effect | undefined>
  /** Begins an effect, unless one of this key was begun; resolves with the one that stands. */
  beginEffect(effect: Omit<Effect, 'result'>): Promise<Effect>
  /** Moves an effect on; false, and nothing happens, when it is not in the state `from` any more. */
  moveEffect(key: string, from: EffectState, to: { state: EffectState; result?: EffectResult; at: number }): Promise<boolean>
  /** What was sent before a time and has no end yet. */
  unsettledEffects(before: number, limit: number): Promise<Effect[]>
}
