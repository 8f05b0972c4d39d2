import type { Log } from '#lib/session/ports.ts'
import type { Database } from './database.ts'

/** What was counted on a day (YYYY-MM-DD). */
export interface DayCount {
  day: string
  count: number
}

const NAME = 'tokens_of_a_day'

/** The tokens of the day, kept over restarts: as they stand, and the function that keeps them. It does not wait; what fails is logged. */
export async function openTally(database: Database, log: Log): Promise<{ start: DayCount | undefined; keep: (now: DayCount) => void }> {
  const row = await database.transact((db) => db.selectFrom('meta').select('value').where('name', '=', NAME).executeTakeFirst())
  return {
    start: row && (JSON.parse(row.value) as DayCount),
    keep(now) {
      const value = JSON.stringify(now)
      database
        .transact((db) =>
          db
            .insertInto('meta')
            .values({ name: NAME, value })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
            .execute(),
        )
        .catch((error) => log.warn({ err: error }, 'the tokens of the day were not kept'))
    },
  }
}
