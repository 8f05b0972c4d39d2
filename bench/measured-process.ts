import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server under measurement, in a process of its own, with an empty data directory of its own. */
export interface Measured {
  name: string
  port: number
  dataDir: string
  /** Resident bytes after garbage collection. */
  memory: () => Promise<number>
  /** How often its database has committed, where that is counted. */
  commits: () => Promise<number>
  stop: () => Promise<void>
}

/** How a server is started: the script and its settings. */
export interface Program {
  name: string
  script: string
  settings?: Record<string, string>
  /** Loaded before it, beside what tells its memory. */
  hook?: string
}

export const r0: Program = { name: 'R0', script: 'bench/references/r0-echo.mjs' }
export const r1: Program = { name: 'R1', script: 'bench/references/r1-durable.mjs' }

export const r2: Program = { name: 'R2', script: 'bench/references/r2-ai-sdk.mjs' }

/** The desk, with the limits lifted that would count the load as an attack. */
export const frontdesk: Program = {
  name: 'desk',
  script: 'server.ts',
  settings: {
    RATE_LIMIT: 'off',
    RATE_LIMIT_FRAMES: '1000000',
    RATE_LIMIT_SOCKETS: '100000',
    RATE_LIMIT_SOCKETS_PER_ADDRESS: '100000',
    OFFLINE_PACE_MS: '0',
    LOG_LEVEL: 'warn',
  },
}

/**
 * The server gets a core of its own and this process, the load, another. Else the system likes to put both on one,
 * and an acknowledgement on the wire is measured only when the server has nothing more to do.
 */
const apart = availableParallelism() > 1 && spawnSync('taskset', ['-cp', '1', String(process.pid)]).status === 0
if (!apart) console.log('The server and its load share their cores: latencies are those of the scheduler, too.')

export async function start({ name, script, settings = {}, hook }: Program): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'))
  const env = { NODE_ENV: 'production' as const, PATH: process.env.PATH, PORT: '0', DATA_DIR: dataDir, ...settings }
  const command = [process.execPath, '--expose-gc', '--import', './bench/memory-hook.mjs', ...(hook ? ['--import', hook] : []), script]
  const [program = '', ...args] = apart ? ['taskset', '-c', '0', ...command] : command
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = Number(await said(child, /listens +on port (\d+)/))
  const told = async (pattern: RegExp) => {
    const figure = said(child, pattern)
    child.kill('SIGUSR2')
    return Number(await figure)
  }
  return {
    name,
    port,
    dataDir,
    memory: () => told(/resident (\d+)/),
    commits: () => told(/committed (\d+)/),
    async stop() {
      const ended = new Promise((resolve) => child.on('exit', resolve))
      child.kill('SIGKILL')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** What a process writes, as soon as it fits the pattern: the pattern's first group. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      const [, found] = pattern.exec(output) ?? []
      if (found === undefined) return
      child.stdout?.off('data', read)
      resolve(found)
    }
    child.stdout?.on('data', read)
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}: ${output}`)))
  })
}
