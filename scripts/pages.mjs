import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const dist = process.env.NEXT_DIST_DIR || '.next'
const mark = join(dist, 'built-from.txt')
const sources = ['app', 'components', 'lib', 'public', 'next.config.mjs', 'tailwind.config.ts', 'postcss.config.mjs', 'package-lock.json']

/** Builds the pages, unless they were built from just these files already. Ends the process with a sentence when it cannot. */
export async function buildPages({ always = false } = {}) {
  // An image carries the built pages without what they were built from.
  if (!always && existsSync(join(dist, 'BUILD_ID')) && !existsSync('components')) return
  const now = await fingerprint()
  if (!always && existsSync(mark) && readFileSync(mark, 'utf8') === now) return
  if (!existsSync(join('node_modules', 'tailwindcss'))) {
    fail('The pages are not built, and what builds them is not installed. Run: npm ci --include=dev')
  }
  console.log('Building the pages (once; about half a minute) …')
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const build = spawn(process.execPath, [next, 'build'], { stdio: ['ignore', 'pipe', 'inherit'], env })
  let output = ''
  build.stdout.on('data', (chunk) => {
    output += chunk
  })
  const code = await new Promise((resolve) => build.on('close', resolve))
  if (code !== 0) fail(`The pages could not be built.\n${output}`)
  writeFileSync(mark, now)
}

function fail(reason) {
  console.error(reason)
  process.exit(1)
}

/** Names the state of all source files by their sizes and times. */
async function fingerprint() {
  const hash = createHash('sha256')
  for (const source of sources) {
    if (!existsSync(source)) continue
    const info = await stat(source)
    const entries = info.isDirectory() ? await readdir(source, { recursive: true, withFileTypes: true }) : []
    const files = info.isDirectory()
      ? entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      : [source]
    for (const file of files.sort()) {
      const { size, mtimeMs } = await stat(file)
      hash.update(`${file} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}
