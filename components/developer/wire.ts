/** A bare WebSocket that writes down everything that goes over it. No React here: the page only watches. */

export interface FrameRecord {
  id: number
  /** Epoch milliseconds. */
  at: number
  direction: 'in' | 'out' | 'note'
  text: string
}

export interface WireState {
  status: 'disconnected' | 'connecting' | 'connected'
  frames: readonly FrameRecord[]
  sent: number
  received: number
  /** Milliseconds from the last ping to its pong. */
  latency: number | undefined
  /** What the greeting said of the session. */
  session: { id: string; token: string | undefined } | undefined
}

export interface Target {
  /** A path such as `/ws/chat`. */
  path: string
  /** Sent as the subprotocol `bearer, <token>`. */
  token: string
}

/** Frames that are remembered; older ones are dropped. */
const REMEMBERED = 500

export type Wire = ReturnType<typeof createWire>

export function createWire() {
  const listeners = new Set<() => void>()
  let state: WireState = { status: 'disconnected', frames: [], sent: 0, received: 0, latency: undefined, session: undefined }
  let socket: WebSocket | undefined
  let pingedAt: number | undefined
  let nextId = 1

  function change(next: Partial<WireState>): void {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  function record(direction: FrameRecord['direction'], text: string, next: Partial<WireState> = {}): void {
    const frame = { id: nextId++, at: Date.now(), direction, text }
    change({ ...next, frames: [...state.frames, frame].slice(-REMEMBERED) })
  }

  /** Opens a socket in place of the one there is. */
  function connect({ path, token }: Target): void {
    disconnect()
    const ws = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`, token === '' ? [] : ['bearer', token])
    socket = ws
    record('note', `connecting to ${path}`, { status: 'connecting', session: undefined })
    ws.onopen = () => ws === socket && record('note', 'open', { status: 'connected' })
    ws.onmessage = ({ data }) => ws === socket && receive(String(data))
    ws.onerror = () => ws === socket && record('note', 'error: the browser does not tell a page why; the network tab does')
    ws.onclose = ({ code, reason }) => {
      if (ws !== socket) return
      socket = undefined
      record('note', `closed ${code}${reason && `: ${reason}`}`, { status: 'disconnected' })
    }
  }

  function receive(text: string): void {
    const frame = asObject(text)
    const next: Partial<WireState> = { received: state.received + 1 }
    if (frame?.type === 'pong' && pingedAt !== undefined) {
      next.latency = performance.now() - pingedAt
      pingedAt = undefined
    }
    const greeting = frame?.type === 'system' && frame.seq === undefined
    if (greeting && typeof frame.session_id === 'string') {
      next.session = { id: frame.session_id, token: typeof frame.session_token === 'string' ? frame.session_token : undefined }
    }
    record('in', text, next)
  }

  /** Sends a frame as it stands, whatever it is. Nothing is open: nothing happens. */
  function send(text: string): void {
    if (socket?.readyState !== WebSocket.OPEN) return
    if (text.trim().toLowerCase() === 'ping' || asObject(text)?.type === 'ping') pingedAt = performance.now()
    socket.send(text)
    record('out', text, { sent: state.sent + 1 })
  }

  function disconnect(): void {
    socket?.close(1000)
  }

  return {
    connect,
    send,
    disconnect,
    clear: () => change({ frames: [], sent: 0, received: 0, latency: undefined }),
    snapshot: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A frame as an object; undefined when it is none. */
export function asObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
