import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { LiveEvent } from '#lib/protocol/events.ts'

/** Where the desk is, and what opens the session. */
export interface Address {
  /** The desk's origin, e.g. `https://desk.example.com`; '' for the page's own. */
  base: string
  sessionId: string
  /** The one that counts now: signing in or out gives another. */
  token: string | undefined
}

/** Where a reader stands in the log. */
export interface Position {
  epoch: string | undefined
  after: number
}

/** How a reading of the log begins. */
export interface Start {
  epoch: string
  /** False when the log begins anew and everything shown so far is void. */
  recovered: boolean
  /** Where the log stood then. */
  last_seq: number
}

/** What a transport tells its owner, never before `open` has returned. */
export interface Listener {
  /** The line stands. */
  opened(start: Start): void
  event(event: LiveEvent): void
  /** The session has another token; the one before is void. */
  credential?: ((token: string) => void) | undefined
  /** The line is gone; a verdict says whether trying again makes sense. */
  closed(verdict: Verdict): void
}

/** Why a line ended: it may be tried again, the session is not ours (any more), or we may not connect at all. */
export type Verdict = 'retry' | 'refused' | 'forbidden'

/** One open line to the desk. */
export interface Line {
  /** Sends an action; resolves with the receipt, or rejects with a SendError. */
  send(action: Action): Promise<Receipt>
  /** Has the running answer told from its beginning again; not needed where every reading does. */
  reread?(): void
  /** Finds out soon whether the line is still one; not needed where every reading does. */
  check?(): void
  /** Ends the line; its listener hears nothing more. */
  close(): void
}

/** A way to the desk. All ways look the same; only the connection knows that there are several. */
export interface Transport {
  name: 'websocket' | 'sse' | 'polling'
  open(address: Address, position: () => Position, listener: Listener): Line
}

/** An action that was not taken. */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly code: string
  /** The same action may be sent again. */
  readonly retryable: boolean

  constructor(code: string, message: string, retryable: boolean) {
    super(message)
    this.code = code
    this.retryable = retryable
  }
}

export const offline = () => new SendError('offline', 'There is no connection.', true)
