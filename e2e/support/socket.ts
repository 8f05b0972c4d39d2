import { WebSocket } from 'ws'

export type Frame = { type: string; [field: string]: unknown }

/** A socket for tests: keeps every frame and lets a test wait for the one it needs. */
export class TestSocket {
  readonly frames: Frame[] = []
  readonly socket: WebSocket
  closed: { code: number; reason: string } | undefined
  #listeners = new Set<() => void>()

  constructor(url: string, options: { protocols?: string[]; headers?: Record<string, string> } = {}) {
    this.socket = new WebSocket(url.replace(/^http/, 'ws'), options.protocols ?? [], { headers: options.headers ?? {} })
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)))
      this.#tell()
    })
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) }
      this.#tell()
    })
    this.socket.on('error', () => undefined)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  async open(): Promise<void> {
    await this.until(() => this.socket.readyState === WebSocket.OPEN || undefined, 'open', this.socket)
  }

  send(frame: string | object): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** The first frame, from `from` on, that fits; waits for it. */
  frame(fits: (frame: Frame) => boolean, from = 0): Promise<Frame> {
    return this.until(() => this.frames.slice(from).find(fits), 'a frame')
  }

  of(type: string, from = 0): Promise<Frame> {
    return this.frame((frame) => frame.type === type, from)
  }

  end(): Promise<{ code: number; reason: string }> {
    return this.until(() => this.closed, 'the end')
  }

  async until<T>(look: () => T | undefined, what: string, also?: WebSocket): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop()
        reject(
          new Error(`waited for ${what}; frames: ${JSON.stringify(this.frames).slice(0, 2000)}; closed: ${JSON.stringify(this.closed)}`),
        )
      }, 30_000)
      const check = () => {
        const found = look()
        if (found === undefined) return
        stop()
        resolve(found)
      }
      const stop = () => {
        clearTimeout(timer)
        this.#listeners.delete(check)
        also?.off('open', check)
      }
      this.#listeners.add(check)
      also?.on('open', check)
      check()
    })
  }

  close(): void {
    this.socket.close()
  }
}
