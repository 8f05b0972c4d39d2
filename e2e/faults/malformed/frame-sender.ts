import { WebSocket } from 'ws'

/** Close codes that a bad frame may end a connection with. */
const verdicts = new Set([1002, 1003, 1007, 1009, 4001])

/**
 * Sends frames over one socket, some at a time, and waits for the answer to a ping after them. Each batch resolves
 * with what is wrong, if anything. A socket that the desk ends, with a code that says why, is opened again.
 */
export function createFrameSender(url: string, path: string) {
  let socket: WebSocket | undefined

  async function open(): Promise<WebSocket> {
    const fresh = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`)
    fresh.on('error', () => undefined)
    await new Promise((resolve, reject) => fresh.once('open', resolve).once('close', (code) => reject(new Error(`not opened: ${code}`))))
    return fresh
  }

  async function send(frames: Array<string | Buffer>): Promise<string | undefined> {
    socket ??= await open()
    const line = socket
    return new Promise((resolve) => {
      const end = (fault: string | undefined) => {
        clearTimeout(timer)
        line.off('message', hear).off('close', closed)
        resolve(fault && `${fault} after ${JSON.stringify(frames.map((frame) => String(frame).slice(0, 120))).slice(0, 1500)}`)
      }
      const timer = setTimeout(() => end('no answer'), 30_000)
      const mark = `mark-${Math.random()}`
      const hear = (data: unknown) => {
        const frame = JSON.parse(String(data)) as {
          type?: unknown
          code?: unknown
          message?: unknown
          content?: unknown
          retryable?: unknown
        }
        if (typeof frame.type !== 'string') end(`a frame without a type: ${String(data).slice(0, 200)}`)
        if (frame.type === 'error' && (typeof frame.code !== 'string' || frame.content !== frame.message || frame.code === 'internal')) {
          end(`a wrong error: ${String(data).slice(0, 200)}`)
        }
        if (frame.type === 'error' && String(frame.content).includes(mark)) end(undefined)
      }
      const closed = (code: number) => {
        socket = undefined
        end(verdicts.has(code) ? undefined : `closed with ${code}`)
      }
      line.on('message', hear).on('close', closed)
      for (const frame of frames) line.send(frame, { binary: typeof frame !== 'string' })
      // Frames are answered in their order: the answer to an unknown type names it, and ends the batch.
      line.send(JSON.stringify({ type: mark }))
    })
  }

  return { send, close: () => socket?.terminate() }
}
