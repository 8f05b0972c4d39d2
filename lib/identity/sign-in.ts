import type { Credentials, Customer, Identified, Identify, Log } from '#lib/session/ports.ts'
import { accountName, placeName } from './guess-names.ts'
import type { Attempt, GuessLimits, LockoutStore, Reservation } from './ports.ts'

/**
 * Signing in by e-mail and PIN, within the limits on guessing. A guess is counted before it is looked at. An account that nobody has is
 * counted and locked like any other, so that an answer tells nothing of who is a customer. What is locked is only the next sign-in:
 * who is signed in stays so.
 */

export type Verified = { kind: 'verified'; customer: Omit<Customer, 'via' | 'mayOrder'> } | { kind: 'wrong' }
/** Asks the shop, with its own work of the same length whatever the answer is. Throws when the shop cannot be asked. */
export type Verify = (credentials: Credentials, signal: AbortSignal) => Promise<Verified>

interface SignInDeps {
  verify: Verify
  store: LockoutStore
  /** Keys the names under which accounts are counted. */
  secret: string
  /** Accounts that may fail without ever getting it right, of one network in a day and of all in an hour. */
  accountsThatMayFail: number
  newId: () => string
  now: () => number
  log: Pick<Log, 'info' | 'warn'>
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** How long the shop may take. */
const VERIFY_MS = 10_000
/** When an account that waits for the owner is worth another try, in seconds. */
const UNLOCK_S = DAY / 1000
/** Failures that are older are not held against anybody. */
const REMEMBERED_MS = 30 * DAY
const REMEMBERED_ALARMS = 1000

export type SignIn = ReturnType<typeof createSignIn>

export function createSignIn({ verify, store, secret, accountsThatMayFail, newId, now, log }: SignInDeps) {
  const limits: GuessLimits = {
    steps: [
      { failures: 5, lockMs: 15 * MINUTE },
      { failures: 10, lockMs: DAY },
      { failures: 15, lockMs: DAY },
      { failures: 20, lockMs: Number.POSITIVE_INFINITY },
    ],
    place: { accounts: accountsThatMayFail, failures: accountsThatMayFail * 5, windowMs: DAY },
    everywhere: { accounts: accountsThatMayFail, failures: accountsThatMayFail * 25, windowMs: HOUR },
  }
  /** What was said aloud already, and until when (epoch milliseconds) it need not be said again. */
  const said = new Map<string, number>()
  const attemptOf = (email: string, ip: string | undefined): Attempt => {
    return { id: newId(), account: accountName(secret, email), place: ip === undefined ? undefined : placeName(ip) }
  }

  /** Runs a check of a PIN within the limits; what it finds is undefined for a wrong one. */
  async function guarded<T>(attempt: Attempt, check: () => Promise<T | undefined>): Promise<Checked<T>> {
    const reserved = await store.reserve(attempt, limits, now())
    if (!reserved.granted) {
      alarm(attempt, reserved)
      return { refused: true, retryAfter: secondsOf(reserved.retryAfterMs) }
    }
    let found: T | undefined
    try {
      found = await check()
    } catch (error) {
      await store.takeBack(attempt)
      throw error
    }
    if (found !== undefined) await store.clear(attempt.account)
    return { refused: false, found }
  }

  /** Said when it begins; what follows is only more of the same. */
  function alarm({ account, place }: Attempt, { because, retryAfterMs }: Extract<Reservation, { granted: false }>): void {
    const about = because === 'account' ? account : because === 'place' ? (place ?? '') : because
    if ((said.get(about) ?? 0) > now()) return
    if (said.size >= REMEMBERED_ALARMS) said.clear()
    said.set(about, now() + Math.min(retryAfterMs, DAY))
    if (because === 'account') log.warn({ account: account.slice(0, 8) }, 'sign-in: an account is locked after wrong PINs')
    else if (because === 'place') log.warn({ place }, 'sign-in: many accounts fail from one network; it has to wait')
    else log.warn({}, 'sign-in: many accounts fail from many networks; nobody can sign in by PIN for a while')
  }

  const identify: Identify = async ({ email, pin }, { actor }): Promise<Identified> => {
    const credentials = { email: email.trim().toLowerCase(), pin }
    try {
      const checked = await guarded(attemptOf(email, actor.ip), () => asked(credentials))
      if (checked.refused) return { outcome: 'locked', retryAfter: checked.retryAfter }
      const { found } = checked
      if (found === undefined) return { outcome: 'wrong' }
      return { outcome: 'verified', customer: { ...found, via: 'pin', mayOrder: true } }
    } catch (error) {
      // Its name alone: what a client of a shop throws may repeat what it was asked.
      log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'sign-in: the shop could not be asked')
      return { outcome: 'unavailable' }
    }
  }

  async function asked(credentials: Credentials) {
    const verified = await verify(credentials, AbortSignal.timeout(VERIFY_MS))
    return verified.kind === 'verified' ? verified.customer : undefined
  }

  return {
    identify,

    /** The same limits around another way to check a PIN: undefined for a wrong one, and for one that was not looked at. */
    async guard<T>({ email, ip }: { email: string; ip?: string | undefined }, check: () => Promise<T | undefined>): Promise<T | undefined> {
      const checked = await guarded(attemptOf(email, ip), check)
      return checked.refused ? undefined : checked.found
    },

    /** Lets an account sign in again. False if nothing was held against it. */
    unlock: (email: string) => store.clear(accountName(secret, email)),

    /** Forgets failures of long ago; to be called now and then. */
    forget: () => store.forget(now() - REMEMBERED_MS),
  }
}

/** `retryAfter`: seconds. */
type Checked<T> = { refused: true; retryAfter: number } | { refused: false; found: T | undefined }

function secondsOf(ms: number): number {
  return Number.isFinite(ms) ? Math.max(1, Math.ceil(ms / 1000)) : UNLOCK_S
}
