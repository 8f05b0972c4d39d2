import { WebSocket } from 'ws'

export type Frame = { type: string; [field: string]: unknown }

/** Why there is no socket: what was answered to the handshake, if anything was. */
export class HandshakeError extends Error {
  override readonly name = 'HandshakeError'
  readonly status: number | undefined
  /** What the desk itself said; undefined when the answer is not the desk's. */
  readonly detail: string | undefined

  constructor(reason: string, status?: number, detail?: string) {
    super(reason)
    this.status = status
    this.detail = detail
  }
}

export type Probe = Awaited<ReturnType<typeof openProbe>>

/** How long anything may take, in milliseconds. */
const PATIENCE_MS = 10_000

/** Opens a socket that keeps all it receives. Rejects with a HandshakeError. */
export async function openProbe(url: string, token?: string) {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), token === undefined ? [] : ['bearer', token], { handshakeTimeout: PATIENCE_MS })
  const frames: Frame[] = []
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)) as Frame)
    tell()
  })
  socket.on('close', tell)
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', (error) => reject(new HandshakeError(error.message)))
    socket.on('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => {
        const { statusCode = 0 } = response
        reject(new HandshakeError(`HTTP ${statusCode} instead of 101`, statusCode, detailOf(body)))
        socket.terminate()
      })
    })
  })

  return {
    frames,
    send: (frame: string | object) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),

    /** The first frame, from the n-th on, that fits. Rejects when the socket closes or time is up before it comes. */
    frame(what: string, fits: (frame: Frame) => boolean, from = 0): Promise<Frame> {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = frames.slice(from).find(fits)
          if (found) settle(() => resolve(found))
          else if (socket.readyState >= WebSocket.CLOSING) settle(() => reject(new Error(`the socket closed before ${what}`)))
        }
        const settle = (how: () => void) => {
          clearTimeout(timer)
          listeners.delete(look)
          how()
        }
        const timer = setTimeout(() => settle(() => reject(new Error(`${what} did not come within ${PATIENCE_MS / 1000} s`))), PATIENCE_MS)
        listeners.add(look)
        look()
      })
    },

    /** Goes without a word, as a lost network does. */
    drop: () => socket.terminate(),
    close: () => socket.close(),
  }
}

function detailOf(body: string): string | undefined {
  try {
    const { detail } = JSON.parse(body) as { detail?: string }
    return detail
  } catch {
    return undefined
  }
}
