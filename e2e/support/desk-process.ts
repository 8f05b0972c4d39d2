import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A desk as its users run it: the built server in a process of its own, on a free port, with data of its own. */
export interface DeskProcess {
  url: string
  dataDir: string
  pid: number
  adminKey: () => string
  /** What the process wrote, for messages when a test fails. */
  output: () => string
  /** Ends it at once, as a power cut of the process would. */
  kill: () => Promise<void>
  /** Asks it to end; resolves with its exit code. */
  terminate: () => Promise<number | null>
  /** Starts it again with the same data and address, after its end. Resolves when it is ready. */
  restart: () => Promise<void>
  /** Ends it and removes its data. */
  dispose: () => Promise<void>
}

const READY_MS = 120_000

/** Starts a desk; resolves when it is ready. `settings` are environment variables. */
export async function startDesk(settings: Record<string, string> = {}): Promise<DeskProcess> {
  const dataDir = settings.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'frontdesk-desk-'))
  let output = ''
  let child: ChildProcess
  let ended: Promise<number | null>
  let port = settings.PORT ?? '0'

  async function run(): Promise<string> {
    const env = {
      NODE_ENV: 'production' as const,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: 'warn',
      OFFLINE_PACE_MS: '0',
      ...settings,
      DATA_DIR: dataDir,
      PORT: port,
    }
    child = spawn(process.execPath, ['server.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    ended = new Promise((resolve) => child.on('exit', (code) => resolve(code)))
    const opened = new Promise<string>((resolve) => {
      const read = (chunk: Buffer) => {
        output += chunk
        const [, listening] = /listens +on port (\d+)/.exec(output.slice(-2000)) ?? []
        if (listening) resolve(listening)
      }
      child.stdout?.on('data', read)
      child.stderr?.on('data', read)
    })
    const failed = ended.then((code) => Promise.reject(new Error(`the desk ended with ${code}:\n${output}`)))
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`the desk did not open:\n${output}`)), READY_MS).unref(),
    )
    return Promise.race([opened, failed, late])
  }

  port = await run()
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    get pid() {
      return child.pid ?? 0
    },
    adminKey: () => readFileSync(join(dataDir, 'secrets', 'admin-key'), 'utf8').trim(),
    output: () => output,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async terminate() {
      child.kill('SIGTERM')
      return ended
    },
    async restart() {
      await ended
      output = ''
      await run()
    },
    async dispose() {
      child.kill('SIGKILL')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
