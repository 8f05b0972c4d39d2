import { createHash, timingSafeEqual } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Log } from '#lib/session/ports.ts'

/** Wrong keys that an address may show in a minute. */
const GUESSES = 10

/**
 * Makes the function that tells whether a key is the owner's (or another that opens much: `called` says which). It takes the same time whatever is shown. Who shows wrong ones is
 * logged, without them, and after ten in a minute is not listened to for the rest of it, right key or not:
 * then it throws `rate_limited`. Other addresses are not concerned.
 */
export function createOwnerKey(key: string, log: Log, called = 'admin key') {
  const guesses = new RateLimiterMemory({ points: GUESSES, duration: 60 })
  // Compared as hashes: of equal length whatever was shown, so that time tells nothing.
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(key)

  return async function isOwnerKey(shown: string, ip: string): Promise<boolean> {
    // Counted before it is looked at: many at once are no way around it.
    const { consumedPoints } = await guesses.consume(ip).catch((refused: { msBeforeNext: number }) => {
      const seconds = Math.ceil(refused.msBeforeNext / 1000)
      throw new DeskError('rate_limited', `Too many wrong keys. Please wait ${seconds} seconds.`, seconds)
    })
    if (timingSafeEqual(digest(shown), expected)) {
      await guesses.reward(ip)
      return true
    }
    const pause = consumedPoints >= GUESSES ? ': it is not listened to for the rest of the minute' : ''
    log.warn({ ip, wrong: consumedPoints }, `a wrong ${called} was shown${pause}`)
    return false
  }
}
