import { silent, tempDirectory } from '#lib/session/fixtures.ts'
import type { Log } from '#lib/session/ports.ts'
import { createShopStore } from '#lib/store/shop-store.ts'
import { openSqlite } from '#lib/store/sqlite-database.ts'
import { demoContents, readDemoShop } from './demo/demo-shop.ts'
import { hashPin } from './pin.ts'
import type { ShopContents } from './ports.ts'
import { openShop } from './shop.ts'

/** A shop over a real database, with a clock and order numbers of the test's own. */

export const PEPPER = 'a pepper for tests, of some length'
/** Two customers of the demo shop: Alice has PIN 1234. */
export const alice = { id: '6ea330a1-a66d-48b5-91a4-c01ea887ae22', email: 'alice@example.com', pin: '1234' }
export const ben = { id: 'd5a9422a-8bc0-4311-beb8-6c57a81100a1', email: 'ben@example.com', pin: '4826' }
export const NOW = Date.UTC(2026, 10, 25, 12)

interface Options {
  refuseDemoPins?: boolean
  empty?: boolean
  log?: Log
}

/** Made once for all tests of a file: hashes take their time. */
let contents: Promise<ShopContents> | undefined

/** `empty`: to be filled by the shop itself. */
export async function shopForTests({ refuseDemoPins = false, empty = false, log = silent }: Options = {}) {
  const directory = tempDirectory()
  const database = await openSqlite(directory.path, silent)
  const store = createShopStore(database)
  contents ??= demoContents(readDemoShop(NOW), (id, pin) => hashPin(PEPPER, id, pin))
  if (!empty) await store.replaceAll(await contents)
  let orders = 0
  let hour = 0
  const open = () =>
    openShop({
      store,
      pepper: PEPPER,
      refuseDemoPins,
      orderId: () => `00000000-0000-4000-8000-${String(++orders).padStart(12, '0')}`,
      now: () => NOW + hour * 3_600_000,
      log,
    })
  return {
    shop: await open(),
    store,
    database,
    reopen: open,
    later(hours: number) {
      hour += hours
    },
    async close() {
      await database.close()
      directory.remove()
    },
  }
}
