import './node-version.mjs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { provideBrowser } from './browser.mjs'
import { buildPages } from './pages.mjs'

// `npm test` runs everything; `npm test -- lib/session` only the tests whose path has that in it.
const filters = process.argv.slice(2)

if (filters.length === 0) await mustSucceed(process.execPath, ['scripts/check.mjs'])
provideBrowser()
await buildPages()
await mustSucceed(join('node_modules', '.bin', 'vitest'), ['run', ...filters])

async function mustSucceed(command, args) {
  const child = spawn(command, args, { stdio: 'inherit' })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) process.exit(code ?? 1)
}
