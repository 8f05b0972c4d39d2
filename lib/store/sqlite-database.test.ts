import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silent, tempDirectory } from '#lib/session/fixtures.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { openSqlite } from './sqlite-database.ts'

type Tx = Kysely<Schema>

let directory: ReturnType<typeof tempDirectory>
let database: Database
let faults: string[]

beforeEach(async () => {
  directory = tempDirectory()
  faults = []
  database = await openSqlite(directory.path, { ...silent, error: (_, message) => faults.push(message) })
})
afterEach(async () => {
  await database.close()
  directory.remove()
})

const put = (name: string) => (tx: Tx) => tx.insertInto('meta').values({ name, value: '' }).execute()
const names = async (from: Tx = database.read) =>
  (await from.selectFrom('meta').select('name').orderBy('name').execute()).map(({ name }) => name)
const outcomes = async (work: Promise<unknown>[]) => (await Promise.allSettled(work)).map(({ status }) => status)

/** A constraint that is looked at when the transaction commits, so that the commit itself fails. */
async function breakCommit(tx: Tx): Promise<void> {
  await sql`create table parent (id integer primary key)`.execute(tx)
  await sql`create table child (parent integer references parent (id) deferrable initially deferred)`.execute(tx)
  await sql`insert into child values (1)`.execute(tx)
}

describe('transactions that wait together', () => {
  test('stand when one of them fails, of which nothing remains', async () => {
    const failing = async (tx: Tx) => {
      await put('half')(tx)
      throw new Error('a change of mind')
    }
    const work = [put('a'), failing, put('b'), put('a'), put('c')].map((each) => database.transact<unknown>(each))
    expect(await outcomes(work)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
    await expect(work[1]).rejects.toThrow('a change of mind')
    expect(await names()).toEqual(['a', 'b', 'c'])
  })

  test('run one after the other, each seeing those before it', async () => {
    const seen = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        database.transact(async (tx) => {
          await put(name)(tx)
          await new Promise(setImmediate)
          return names(tx)
        }),
      ),
    )
    expect(seen).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']])
  })

  test('share a commit, and none is reported done before it', async () => {
    let readable: string[] | undefined
    const first = database.transact(put('a'))
    const second = database.transact(async (tx) => {
      await put('b')(tx)
      readable = await names()
    })
    expect(await first.then(() => names())).toEqual(['a', 'b'])
    await second
    expect(readable).toEqual([])
  })

  test('may be more than share one commit, and may begin while others run', async () => {
    const count = 300
    const work = Array.from({ length: count }, (_, index) => database.transact(put(`${index}`)))
    await work[0]
    work.push(database.transact(put('late')))
    await Promise.all(work)
    expect(await names()).toHaveLength(count + 1)
  })
})

describe('a commit that fails', () => {
  test('fails all that shared it, and the next one succeeds', async () => {
    const work = [database.transact(put('a')), database.transact(breakCommit), database.transact(put('b'))]
    for (const each of work) await expect(each).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 })
    expect(faults).toEqual(['a commit failed'])
    await database.transact(put('c'))
    expect(await names()).toEqual(['c'])
  })

  test('on a new connection that is as strict as the old', async () => {
    await expect(database.transact(breakCommit)).rejects.toThrow()
    const { rows } = await database.transact((tx) => sql`pragma synchronous`.execute(tx))
    expect(rows).toEqual([{ synchronous: 2 }])
  })
})

describe('the file', () => {
  test('is written ahead and synced with every commit', async () => {
    const pragma = async (name: string) => (await database.transact((tx) => sql.raw<object>(`pragma ${name}`).execute(tx))).rows[0]
    expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' })
    expect(await pragma('synchronous')).toEqual({ synchronous: 2 })
  })

  test('lies where only its owner comes', async () => {
    const inside = join(directory.path, 'made')
    await (await openSqlite(inside, silent)).close()
    expect(statSync(inside).mode & 0o777).toBe(0o700)
  })

  test('is whole after closing, in one piece', async () => {
    const last = database.transact(put('a'))
    await database.close()
    await last
    const file = new DatabaseSync(join(directory.path, 'frontdesk.db'), { readOnly: true })
    expect(file.prepare('select name from meta').all()).toMatchObject([{ name: 'a' }])
    expect(file.prepare('pragma integrity_check').get()).toMatchObject({ integrity_check: 'ok' })
    file.close()
    await expect(database.transact(put('b'))).rejects.toMatchObject({ code: 'going_away' })
    database = await openSqlite(directory.path, silent)
  })
})

describe('a second desk on the same directory', () => {
  const sentence = /is in use by another Frontdesk\. Stop that one, or set DATA_DIR/

  test('is refused, and does no harm', async () => {
    await expect(openSqlite(directory.path, silent)).rejects.toThrow(sentence)
    await database.transact(put('a'))
    expect(await names()).toEqual(['a'])
  })

  test('is refused in another process', async () => {
    const script = `import { openSqlite } from '#lib/store/sqlite-database.ts'; await openSqlite(process.argv[1])`
    const other = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, directory.path])
    await expect(other).rejects.toMatchObject({ stderr: expect.stringMatching(sentence) })
  })

  test('may come when the first has closed', async () => {
    await database.close()
    database = await openSqlite(directory.path, silent)
    await database.transact(put('a'))
    expect(await names()).toEqual(['a'])
  })
})
