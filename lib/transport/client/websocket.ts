import type { Receipt } from '#lib/protocol/actions.ts'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { type Address, type Listener, offline, SendError, type Transport, type Verdict } from './transport.ts'

export interface WebSocketOptions {
  /** How long the handshake may take. */
  connectTimeoutMs: number
  /** How often the line is tried. */
  pingIntervalMs: number
}

/** How long the answer to a ping may take, in milliseconds. */
export const PONG_MS = 10_000

type Frame = { type: string; [field: string]: unknown }

interface Waiting {
  resolve: (receipt: Receipt) => void
  reject: (error: SendError) => void
}

/** The socket: hello, then everything the log says, as it is written. */
export function webSocketTransport({ connectTimeoutMs, pingIntervalMs }: WebSocketOptions): Transport {
  return {
    name: 'websocket',
    open(address, position, listener) {
      const socket = opened(address)
      const waiting = new Map<string, Waiting>()
      const inOrder: Waiting[] = []
      let heard: Listener | undefined = listener
      let done = false
      let resumed = false
      let keepAlive: ReturnType<typeof setInterval> | undefined
      let pong: ReturnType<typeof setTimeout> | undefined
      const deadline = setTimeout(() => end('retry'), socket ? connectTimeoutMs : 0)
      if (socket) listen(socket)

      function listen(ws: WebSocket): void {
        ws.onopen = () => {
          hello()
          keepAlive = setInterval(ping, pingIntervalMs)
        }
        ws.onmessage = ({ data }) => {
          clearTimeout(pong)
          pong = undefined
          receive(JSON.parse(String(data)) as Frame)
        }
        ws.onclose = ({ code }) => end(code === 4001 ? 'refused' : code === 4003 ? 'forbidden' : 'retry')
        ws.onerror = () => undefined // Always followed by a close.
      }

      function write(frame: object): void {
        socket?.send(JSON.stringify(frame))
      }

      function ping(): void {
        if (done || pong || socket?.readyState !== WebSocket.OPEN) return
        pong = setTimeout(() => end('retry'), PONG_MS)
        write({ type: 'ping' })
      }

      function hello(): void {
        const { epoch, after } = position()
        write({ type: 'hello', after, ...(epoch === undefined ? {} : { epoch }), deltas: true })
      }

      function receive(frame: Frame): void {
        switch (frame.type) {
          case 'resumed':
            clearTimeout(deadline)
            resumed = true
            heard?.opened(frame as never)
            break
          case 'ack':
            settle(frame, (sent) => sent.resolve(frame as Receipt))
            break
          case 'error':
            if (!('seq' in frame)) settle(frame, (sent) => sent.reject(errorOf(frame)))
            else if (resumed) heard?.event(frame as never)
            break
          case 'pong':
            // The receipt of a message that said no more than "ping".
            if ('client_msg_id' in frame) settle(frame, (sent) => sent.resolve(frame as Receipt))
            return
          case 'credential':
            heard?.credential?.(String(frame.session_token))
            return
          default:
            // What comes before the hello has arrived is told from the log's end on, as to a client that says none: to
            // take it would be to skip what was missed. The greeting is a `system` frame that stands in no log.
            if (!resumed) return
            if ('seq' in frame || frame.type === 'delta' || frame.type === 'typing') heard?.event(frame as unknown as LiveEvent)
        }
      }

      /** A receipt names its message, or belongs to the oldest action that waits for one. */
      function settle({ client_msg_id }: Frame, how: (sent: Waiting) => void): void {
        const named = typeof client_msg_id === 'string' ? waiting.get(client_msg_id) : undefined
        if (typeof client_msg_id === 'string') waiting.delete(client_msg_id)
        const sent = named ?? inOrder.shift()
        if (sent) how(sent)
      }

      function end(verdict: Verdict): void {
        if (done) return
        done = true
        clearTimeout(deadline)
        clearTimeout(pong)
        clearInterval(keepAlive)
        if (socket) {
          socket.onclose = null
          socket.onmessage = null
          socket.close()
        }
        for (const sent of [...waiting.values(), ...inOrder]) sent.reject(offline())
        heard?.closed(verdict)
      }

      return {
        send: (action) =>
          new Promise((resolve, reject) => {
            if (done || socket?.readyState !== WebSocket.OPEN) return reject(offline())
            const id = action.type === 'message' ? action.client_msg_id : undefined
            if (id === undefined) inOrder.push({ resolve, reject })
            else waiting.set(id, { resolve, reject })
            write(action.type === 'message' ? { ...action, content: action.text } : action)
          }),
        reread: hello,
        check: ping,
        close: () => {
          heard = undefined
          end('retry')
        },
      }
    },
  }
}

/** The socket, unless the browser refuses to make one at all (a policy of the page, an extension). */
function opened({ base, sessionId, token }: Address): WebSocket | undefined {
  const origin = base === '' ? globalThis.location.origin : base
  const url = `${origin.replace(/^http/, 'ws')}/ws/${encodeURIComponent(sessionId)}`
  try {
    return token === undefined ? new WebSocket(url) : new WebSocket(url, ['bearer', token])
  } catch {
    return undefined
  }
}

function errorOf({ code, content, retryable }: Frame): SendError {
  return new SendError(String(code), String(content), retryable === true)
}
