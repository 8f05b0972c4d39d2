import type { Kysely } from 'kysely'
import type { Attempt, FailureBudget, GuessLimits, LockoutStore, Reservation } from '#lib/identity/ports.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

/** What stands in `locked_until` of an account that somebody has to unlock. */
const FOR_GOOD = Number.MAX_SAFE_INTEGER

/** Wrong PINs in the database: each step is one transaction, so that no two guesses are counted as one. */
export function createLockoutStore(database: Database): LockoutStore {
  function reserve(attempt: Attempt, limits: GuessLimits, now: number): Promise<Reservation> {
    return database.transact(async (db) => {
      const { account, id, place = null } = attempt
      const known = await db.selectFrom('lockouts').selectAll().where('account', '=', account).executeTakeFirst()
      const refused = locked(known, now) ?? (await spent(db, attempt, limits, now))
      if (refused) return refused
      const failures = (known?.failures ?? 0) + 1
      const lockMs = limits.steps.find((step) => step.failures === failures)?.lockMs
      const row = { failures, locked_until: lockMs === undefined ? 0 : Math.min(FOR_GOOD, now + lockMs), last_at: now }
      await db
        .insertInto('lockouts')
        .values({ account, ...row })
        .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
        .execute()
      await db.insertInto('guesses').values({ id, account, place, at: now }).execute()
      return { granted: true }
    })
  }

  function takeBack({ id, account }: Attempt): Promise<void> {
    return database.transact(async (db) => {
      const { numDeletedRows } = await db.deleteFrom('guesses').where('id', '=', id).executeTakeFirst()
      // Somebody got it right meanwhile: nothing is held against the account any more.
      if (numDeletedRows === 0n) return
      // While it was looked at, nobody locked the account but guesses that came with it: one less, and the step is not reached.
      await db
        .updateTable('lockouts')
        .set(({ eb }) => ({ failures: eb('failures', '-', 1), locked_until: 0 }))
        .where('account', '=', account)
        .where('failures', '>', 0)
        .execute()
    })
  }

  function clear(account: string): Promise<boolean> {
    return database.transact(async (db) => {
      const { numDeletedRows } = await db.deleteFrom('lockouts').where('account', '=', account).executeTakeFirst()
      await db.deleteFrom('guesses').where('account', '=', account).execute()
      return numDeletedRows > 0n
    })
  }

  async function forget(before: number): Promise<void> {
    await database.transact((db) => db.deleteFrom('lockouts').where('last_at', '<', before).where('locked_until', '<', FOR_GOOD).execute())
  }

  return { reserve, takeBack, clear, forget }
}

function locked(known: Schema['lockouts'] | undefined, now: number): Reservation | undefined {
  const until = Number(known?.locked_until ?? 0)
  if (until <= now) return undefined
  return { granted: false, because: 'account', retryAfterMs: until === FOR_GOOD ? Number.POSITIVE_INFINITY : until - now }
}

/** Refuses where too much has failed lately: from this place, or everywhere. */
async function spent(db: Kysely<Schema>, attempt: Attempt, limits: GuessLimits, now: number): Promise<Reservation | undefined> {
  const { place, everywhere } = limits
  await db
    .deleteFrom('guesses')
    .where('at', '<=', now - Math.max(place.windowMs, everywhere.windowMs))
    .execute()
  const since = (budget: FailureBudget) =>
    db
      .selectFrom('guesses')
      .select(['account', 'at'])
      .where('at', '>', now - budget.windowMs)
      .orderBy('at')
  const here = attempt.place === undefined ? [] : await since(place).where('place', '=', attempt.place).execute()
  if (isSpent(here, attempt, place)) return refusal('place', here, place, now)
  const all = await since(everywhere).execute()
  return isSpent(all, attempt, everywhere) ? refusal('everywhere', all, everywhere, now) : undefined
}

type Guess = Pick<Schema['guesses'], 'account' | 'at'>

function isSpent(guesses: Guess[], { account }: Attempt, budget: FailureBudget): boolean {
  if (guesses.length >= budget.failures) return true
  const accounts = new Set(guesses.map((guess) => guess.account))
  return accounts.size >= budget.accounts && !accounts.has(account)
}

/** Until the oldest failure is no longer counted. */
function refusal(because: 'place' | 'everywhere', guesses: Guess[], { windowMs }: FailureBudget, now: number): Reservation {
  return { granted: false, because, retryAfterMs: Number(guesses[0]?.at ?? now) + windowMs - now }
}
