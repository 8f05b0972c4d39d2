import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a measurement in a process of its own; resolves with what it printed, one object a round. */
export async function roundsOf<T>(script: string): Promise<T[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env: { ...process.env, NODE_ENV: 'production' } })
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as T)
}
