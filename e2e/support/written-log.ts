import type { BrowserContext, WebSocketRoute } from 'playwright'
import type { Action, Receipt } from '../../lib/protocol/actions.ts'
import type { Entry, StoredEvent } from '../../lib/protocol/events.ts'

/** What a story answers an action with: its receipt, after the entries that the action comes to; or the fault. */
type Answer = (action: Action) => { receipt?: Receipt; entries?: Entry[]; fault?: string }

export interface WrittenLog {
  /** What the pages have asked for, in order. */
  asked: Action[]
  /** Writes at the end of the log; every page that is open is told. */
  write: (...entries: Entry[]) => void
  /** How the next actions are answered. */
  answer: (how: Answer) => void
}

const EPOCH = 'written.0'

/**
 * A log that a story writes itself, for what no desk says when it is asked to: a time that has run out, a foreign shop's
 * markup. The sockets of the context's pages end here; all else of them is the desk's own.
 */
export async function writeLog(context: BrowserContext): Promise<WrittenLog> {
  const log: StoredEvent[] = []
  const sockets = new Set<WebSocketRoute>()
  const asked: Action[] = []
  let answer: Answer = () => ({})

  function write(...entries: Entry[]): void {
    for (const entry of entries) {
      const event: StoredEvent = { ...entry, seq: log.length + 1, session_id: 's', timestamp: new Date().toISOString() }
      log.push(event)
      for (const socket of sockets) socket.send(JSON.stringify(event))
    }
  }

  function hello(socket: WebSocketRoute, { epoch, after = 0 }: { epoch?: string; after?: number }): void {
    const recovered = epoch === EPOCH
    socket.send(JSON.stringify({ type: 'resumed', epoch: EPOCH, last_seq: log.length, recovered }))
    for (const event of log.slice(recovered ? after : 0)) socket.send(JSON.stringify(event))
    sockets.add(socket)
  }

  function act(socket: WebSocketRoute, action: Action): void {
    asked.push(action)
    const { receipt = {}, entries = [], fault } = answer(action)
    write(...entries)
    const named = 'client_msg_id' in action ? { client_msg_id: action.client_msg_id } : {}
    if (fault === undefined) socket.send(JSON.stringify({ type: 'ack', ...named, ...receipt }))
    else socket.send(JSON.stringify({ type: 'error', code: 'conflict', content: fault, retryable: false, ...named }))
  }

  await context.routeWebSocket(/\/ws\//, (socket) => {
    socket.onClose(() => sockets.delete(socket))
    socket.onMessage((data) => {
      const frame = JSON.parse(String(data))
      if (frame.type === 'hello') hello(socket, frame)
      else if (frame.type === 'ping') socket.send(JSON.stringify({ type: 'pong' }))
      else act(socket, frame)
    })
  })
  return {
    asked,
    write,
    answer: (how) => {
      answer = how
    },
  }
}
