import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const INSPECTOR = '@modelcontextprotocol/inspector@2.12.0'

/** Asks the inspector's command line, which npm fetches when it is not there. Throws what it said when it failed. */
export async function askInspector(url: string, ...flags: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run('npx', ['--yes', INSPECTOR, '--cli', url, '--transport', 'http', ...flags], { maxBuffer: 16 * 1024 * 1024 })
  return JSON.parse(stdout)
}
