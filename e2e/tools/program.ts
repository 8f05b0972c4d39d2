import { type ChildProcess, spawn } from 'node:child_process'

/** One of the project's own programs, run as people run it, with what it writes. */
export class Program {
  readonly #child: ChildProcess
  readonly ended: Promise<number | null>
  output = ''
  errors = ''
  #listeners = new Set<() => void>()

  constructor(script: string, flags: string[] = [], settings: Record<string, string> = {}) {
    const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH, HOME: process.env.HOME, ...settings }
    this.#child = spawn(process.execPath, [script, ...flags], { env, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text
      for (const listener of this.#listeners) listener()
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text
      for (const listener of this.#listeners) listener()
    })
    this.#child.stdin?.on('error', () => undefined) // It may end before it reads.
    this.ended = new Promise((resolve) => this.#child.on('close', (code) => resolve(code)))
  }

  /** Writes lines to its input. */
  say(...lines: string[]): void {
    this.#child.stdin?.write(lines.map((line) => `${line}\n`).join(''))
  }

  /** Closes its input; resolves with the exit code. */
  finish(): Promise<number | null> {
    this.#child.stdin?.end()
    return this.ended
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Waits until it has written something that fits, on either stream. */
  async writes(pattern: RegExp, ms = 20_000): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const check = () => {
        if (!pattern.test(this.output) && !pattern.test(this.errors)) return
        stop()
        resolve()
      }
      const fail = (why: string) => {
        stop()
        reject(new Error(`${why} before ${pattern}; it wrote:\n${this.output}\n${this.errors}`))
      }
      const timer = setTimeout(() => fail('time was up'), ms)
      const stop = () => {
        clearTimeout(timer)
        this.#listeners.delete(check)
      }
      void this.ended.then(() => fail('the program ended'))
      this.#listeners.add(check)
      check()
    })
  }
}
