import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silent, tempDirectory } from '#lib/session/fixtures.ts'
import { openSqlite } from './sqlite-database.ts'

let directory: ReturnType<typeof tempDirectory>
beforeEach(() => {
  directory = tempDirectory()
})
afterEach(() => directory.remove())

/** Looks at the file, or changes it, as somebody other than the desk. */
function withFile<T>(work: (file: DatabaseSync) => T): T {
  const file = new DatabaseSync(join(directory.path, 'frontdesk.db'))
  try {
    return work(file)
  } finally {
    file.close()
  }
}

const made = () => withFile((file) => file.prepare('select name, sql from sqlite_master order by name').all())
const start = async () => (await openSqlite(directory.path, silent)).close()

test('make the tables at the first start and leave them alone at the next', async () => {
  await start()
  const first = made()
  expect(first.map(({ name }) => name)).toEqual(expect.arrayContaining(['erased', 'events', 'meta', 'sessions']))
  withFile((file) => file.exec("insert into meta values ('kept', 'yes')"))
  await start()
  expect(made()).toEqual(first)
  expect(withFile((file) => file.prepare('select value from meta').all())).toMatchObject([{ value: 'yes' }])
})

// Each of these stands at another statement's place.
test.each(['meta', 'sessions_with_turns', 'erased'])(
  'that fail at %s leave nothing of themselves, and succeed when they may',
  async (name) => {
    withFile((file) => file.exec(`create table ${name} (in_the_way integer)`))
    await expect(start()).rejects.toThrow(/already/)
    expect(
      made()
        .filter((each) => !/kysely/.test(String(each.name)))
        .map((each) => each.name),
    ).toEqual([name])
    withFile((file) => file.exec(`drop table ${name}`))
    await start()
    expect(made().map((each) => each.name)).toContain('erased')
  },
)
