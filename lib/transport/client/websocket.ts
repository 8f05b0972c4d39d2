import type { Receipt } from '#lib/protocol/actions.ts'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { type Listener, offline, SendError, type Transport, type Verdict } from './transport.ts'

export interface WebSocketOptions {
  /** How long the handshake may take. */
  connectTimeoutMs: number
  /** How often the line is tried; an answer must come before the next try. */
  pingIntervalMs: number
}

type Frame = { type: string; [field: string]: unknown }

interface Waiting {
  resolve: (receipt: Receipt) => void
  reject: (error: SendError) => void
}

/** The socket: hello, then everything the log says, as it is written. */
export function webSocketTransport({ connectTimeoutMs, pingIntervalMs }: WebSocketOptions): Transport {
  return {
    name: 'websocket',
    open({ base, sessionId, token }, position, listener) {
      const origin = base === '' ? globalThis.location.origin : base
      const url = `${origin.replace(/^http/, 'ws')}/ws/${encodeURIComponent(sessionId)}`
      const socket = token === undefined ? new WebSocket(url) : new WebSocket(url, ['bearer', token])
      const waiting = new Map<string, Waiting>()
      const inOrder: Waiting[] = []
      let heard: Listener | undefined = listener
      let done = false
      let answered = true
      const deadline = setTimeout(() => end('retry'), connectTimeoutMs)
      let keepAlive: ReturnType<typeof setInterval> | undefined

      function hello(): void {
        const { epoch, after } = position()
        socket.send(JSON.stringify({ type: 'hello', after, ...(epoch === undefined ? {} : { epoch }), deltas: true }))
      }

      socket.onopen = () => {
        hello()
        keepAlive = setInterval(() => {
          if (!answered) return end('retry')
          answered = false
          socket.send('{"type":"ping"}')
        }, pingIntervalMs)
      }
      socket.onmessage = ({ data }) => {
        answered = true
        receive(JSON.parse(String(data)) as Frame)
      }
      socket.onclose = ({ code }) => end(code === 4001 ? 'refused' : code === 4003 ? 'forbidden' : 'retry')
      socket.onerror = () => undefined // Always followed by a close.

      function receive(frame: Frame): void {
        switch (frame.type) {
          case 'resumed':
            clearTimeout(deadline)
            heard?.opened(frame as never)
            break
          case 'ack':
            settle(frame, (sent) => sent.resolve(frame as Receipt))
            break
          case 'error':
            if ('seq' in frame) heard?.event(frame as never)
            else settle(frame, (sent) => sent.reject(errorOf(frame)))
            break
          case 'pong':
          case 'credential':
            return
          default:
            // The greeting is a `system` frame that stands in no log.
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
        clearInterval(keepAlive)
        socket.onclose = null
        socket.onmessage = null
        socket.close()
        for (const sent of [...waiting.values(), ...inOrder]) sent.reject(offline())
        heard?.closed(verdict)
      }

      return {
        send: (action) =>
          new Promise((resolve, reject) => {
            if (done || socket.readyState !== WebSocket.OPEN) return reject(offline())
            const id = action.type === 'message' ? action.client_msg_id : undefined
            if (id === undefined) inOrder.push({ resolve, reject })
            else waiting.set(id, { resolve, reject })
            socket.send(JSON.stringify(action.type === 'message' ? { ...action, content: action.text } : action))
          }),
        reread: hello,
        close: () => {
          heard = undefined
          end('retry')
        },
      }
    },
  }
}

function errorOf({ code, content, retryable }: Frame): SendError {
  return new SendError(String(code), String(content), retryable === true)
}
