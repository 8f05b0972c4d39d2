/**
 * The longest message, in UTF-16 units. The protocol's own constant stands beside schemas, which a browser need not
 * load; a test holds the two against each other.
 */
export const MAX_MESSAGE = 16_000

/** From how many characters left on the visitor is told. */
const NEAR = 500

/** What is to be said of a message's length: nothing, how much is left, or how much is too much. */
export function lengthOf(text: string): { left: number } | { over: number } | undefined {
  const left = MAX_MESSAGE - text.length
  if (left < 0) return { over: -left }
  return left <= NEAR ? { left } : undefined
}
