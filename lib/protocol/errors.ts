/**
 * The one table of errors: what went wrong, as a code, and what each door makes of it.
 * HTTP takes `status`, a socket that must end takes `close`, a client reads `retryable`.
 */
const table = {
  bad_json: { status: 400, retryable: false },
  invalid: { status: 400, retryable: false },
  unknown_type: { status: 400, retryable: false },
  unknown_command: { status: 400, retryable: false },
  unauthorized: { status: 401, close: 4001, retryable: false },
  invalid_credentials: { status: 401, retryable: false },
  forbidden: { status: 403, close: 4003, retryable: false },
  not_found: { status: 404, close: 4001, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  conflict: { status: 409, retryable: false },
  too_large: { status: 413, close: 1009, retryable: false },
  misdirected: { status: 421, close: 4003, retryable: false },
  mismatch: { status: 422, retryable: false },
  rate_limited: { status: 429, close: 4008, retryable: true },
  locked: { status: 429, retryable: true },
  too_many_connections: { status: 429, close: 4008, retryable: true },
  slow_reader: { status: 503, close: 4029, retryable: true },
  going_away: { status: 503, close: 1001, retryable: true },
  unavailable: { status: 503, close: 1013, retryable: true },
  internal: { status: 500, close: 1011, retryable: true },
} as const satisfies Record<string, { status: number; close?: number; retryable: boolean }>

export type ErrorCode = keyof typeof table

export interface ErrorVerdict {
  status: number
  retryable: boolean
  /** The WebSocket close code, for errors that end a connection. */
  close?: number
}

/** An error meant for the person or program on the other side: its message is shown as it is. */
export class DeskError extends Error {
  override readonly name = 'DeskError'
  readonly code: ErrorCode
  /** Seconds after which trying again makes sense (the `Retry-After` header). */
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, message: string, retryAfter?: number) {
    super(message)
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** What each door does with an error of this code. */
export function verdict(code: ErrorCode): ErrorVerdict {
  return table[code]
}

/** All codes, for the published description of the protocol. */
export const errorCodes = Object.keys(table) as ErrorCode[]

/**
 * Recognises a DeskError by its brand: server and route bundles each have their own copy of the class,
 * so `instanceof` would miss half of them.
 */
export function isDeskError(error: unknown): error is DeskError {
  return error instanceof Error && error.name === 'DeskError' && 'code' in error && Object.hasOwn(table, String(error.code))
}

/** Any thrown value as a DeskError. What is not meant for the outside becomes `internal` and shows nothing of itself. */
export function toDeskError(error: unknown): DeskError {
  return isDeskError(error) ? error : new DeskError('internal', 'Something went wrong on our side. Please try again.')
}

export interface ErrorBody {
  error: { code: ErrorCode; message: string; retryable: boolean; request_id: string }
  /** Repeats the message, for clients of the original services, which read `detail`. */
  detail: string
}

/** The one shape in which every HTTP door reports an error. */
export function errorBody(error: DeskError, requestId: string): ErrorBody {
  const { code, message } = error
  return { error: { code, message, retryable: verdict(code).retryable, request_id: requestId }, detail: message }
}
