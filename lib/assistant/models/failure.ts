import { APICallError } from '@ai-sdk/provider'

/**
 * Why a model gave no whole answer. Its message is made of our own words only, so that it may be logged: the errors
 * of the providers' libraries carry what was asked.
 */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'
  /** Where the provider asked for patience: for how long, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, retryAfterMs?: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}

/** What a thrown value means. `now` is in epoch milliseconds, for a Retry-After that names a date. */
export function failureOf(error: unknown, now: number): ModelFailure {
  if (error instanceof ModelFailure) return error
  const cause = causeOf(error)
  if (cause) return cause
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 400) {
    const asked = error.statusCode === 429 ? retryAfter(error.responseHeaders ?? {}, now) : undefined
    return new ModelFailure(`answered ${error.statusCode}`, asked)
  }
  if (APICallError.isInstance(error) && error.statusCode === undefined) return new ModelFailure('could not be reached')
  if (isUnreadable(error) || (error instanceof Error && isUnreadable(error.cause))) {
    return new ModelFailure('said what cannot be read')
  }
  return new ModelFailure('broke off')
}

function isUnreadable(error: unknown): boolean {
  return error instanceof Error && /JSONParse|TypeValidation|InvalidResponse|EmptyResponse/.test(error.name)
}

/** A failure of ours (too many bytes, say) that a library has wrapped. */
function causeOf(error: unknown): ModelFailure | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof ModelFailure) return at
  }
  return undefined
}

/** Milliseconds that `retry-after-ms` or `Retry-After` (seconds or a date) ask for. */
function retryAfter(headers: Record<string, string>, now: number): number | undefined {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (Number.isFinite(exact) && exact >= 0) return exact
  const value = headers['retry-after']
  if (value === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1000
  // Only as HTTP writes dates: Date.parse finds one in nearly everything.
  const date = /^\w{3}, \d{2} \w{3} \d{4} /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isFinite(date) ? Math.max(0, date - now) : undefined
}
