import { expect, test } from 'vitest'
import { silent, tempDirectory } from '#lib/session/fixtures.ts'
import { sessionStoreContract } from '#lib/session/session-store.contract.ts'
import { createSessionStore, storeEpoch } from './session-store.ts'
import { openSqlite } from './sqlite-database.ts'

sessionStoreContract('SQLite', async (now) => {
  const directory = tempDirectory()
  let made = 0
  let database = await openSqlite(directory.path, silent)
  const store = async () => createSessionStore(database, await storeEpoch(database, () => `epoch-${++made}`), now)
  return {
    store: await store(),
    async reopen() {
      await database.close()
      database = await openSqlite(directory.path, silent)
      return store()
    },
    async close() {
      await database.close()
      directory.remove()
    },
  }
})

test('two stores have two epochs, each its own for life', async () => {
  const directory = tempDirectory()
  const database = await openSqlite(directory.path, silent)
  expect(await storeEpoch(database, () => 'first')).toBe('first')
  expect(await storeEpoch(database, () => 'second')).toBe('first')
  await database.close()
  directory.remove()
})
