import { afterEach, expect, test } from 'vitest'
import { silent, tempDirectory } from '#lib/session/fixtures.ts'
import { openSqlite } from './sqlite-database.ts'
import { openTally } from './tally.ts'

const directory = tempDirectory()
afterEach(directory.remove)

test('what was counted last is there after a restart', async () => {
  const before = await openSqlite(directory.path, silent)
  const { start, keep } = await openTally(before, silent)
  expect(start).toBeUndefined()
  for (const count of [10, 20, 30]) keep({ day: '2026-11-25', count })
  await before.close()

  const after = await openSqlite(directory.path, silent)
  expect((await openTally(after, silent)).start).toEqual({ day: '2026-11-25', count: 30 })
  await after.close()
})

test('what cannot be kept is said', async () => {
  const warnings: string[] = []
  const database = await openSqlite(directory.path, silent)
  const { keep } = await openTally(database, { ...silent, warn: (_, message) => warnings.push(message) })
  await database.close()
  keep({ day: '2026-11-25', count: 10 })
  await expect.poll(() => warnings).toEqual(['the tokens of the day were not kept'])
})
