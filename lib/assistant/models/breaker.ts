/** Failures in a row after which a provider is left alone. */
export const FAILURES = 5
/** How long it is left alone before one request tries it again, in milliseconds. */
export const REST_MS = 30_000

/** Leave to make one request. Ends with one of the three; what comes after the first is ignored. */
export interface Permit {
  succeeded(): void
  failed(): void
  /** Neither: the visitor went away. */
  leave(): void
}

export type Breaker = ReturnType<typeof createBreaker>

/**
 * Keeps requests from a provider that fails:
 *
 *   closed ──FAILURES in a row──► open ──REST_MS──► one probe ──► closed, or open for REST_MS again
 */
export function createBreaker(now: () => number) {
  let failures = 0
  let openedAt: number | undefined
  let isProbing = false

  return {
    isOpen: () => openedAt !== undefined,
    /** Leave for a request; undefined when none may be made now. */
    enter(): Permit | undefined {
      const isProbe = openedAt !== undefined
      if (isProbe && (isProbing || now() - (openedAt ?? 0) < REST_MS)) return undefined
      if (isProbe) isProbing = true
      let isOver = false
      const end = (settle: () => void) => () => {
        if (isOver) return
        isOver = true
        if (isProbe) isProbing = false
        settle()
      }
      return {
        succeeded: end(() => {
          failures = 0
          openedAt = undefined
        }),
        failed: end(() => {
          failures += 1
          // A request that began before it opened does not make the rest longer.
          if (isProbe || (openedAt === undefined && failures >= FAILURES)) openedAt = now()
        }),
        leave: end(() => undefined),
      }
    },
  }
}
