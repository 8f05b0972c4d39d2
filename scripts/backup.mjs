import './node-version.mjs'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

// `node scripts/backup.mjs <folder>`: copies the data of a desk, which may be running, into a new folder.
if (existsSync('.env')) process.loadEnvFile('.env')
const from = process.env.DATA_DIR || 'data'
const [to] = process.argv.slice(2)
if (!to || existsSync(to) || !existsSync(join(from, 'frontdesk.db'))) {
  console.error(
    to === undefined
      ? 'Say where to: node scripts/backup.mjs <new folder>'
      : existsSync(to)
        ? `${to} exists already; a backup goes into a new folder.`
        : `There is no data in ${from}: set DATA_DIR.`,
  )
  process.exit(2)
}

try {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const live = new DatabaseSync(join(from, 'frontdesk.db'), { readOnly: true })
  live.prepare('VACUUM INTO ?').run(join(to, 'frontdesk.db'))
  live.close()
  // A desk that runs on the copy is another life of the store: clients that saw what came after it must begin anew.
  const copy = new DatabaseSync(join(to, 'frontdesk.db'))
  copy.exec("DELETE FROM meta WHERE name = 'epoch'")
  copy.close()
  if (existsSync(join(from, 'secrets'))) cpSync(join(from, 'secrets'), join(to, 'secrets'), { recursive: true })
  console.log(`The data of ${from} is in ${to}. To go back to it, start the desk with DATA_DIR=${to}, or put it in place of ${from}.`)
} catch (error) {
  rmSync(to, { recursive: true, force: true })
  console.error(`No backup was made: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
