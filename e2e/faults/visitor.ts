import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { connect } from '#lib/transport/client/connection.ts'
import { postAction } from '#lib/transport/client/http.ts'
import { createOutbox } from '#lib/transport/client/outbox.ts'
import { pollTransport } from '#lib/transport/client/poll.ts'
import { sseTransport } from '#lib/transport/client/sse.ts'
import { SendError, type Transport } from '#lib/transport/client/transport.ts'
import { webSocketTransport } from '#lib/transport/client/websocket.ts'
import { isFinal } from './checker.ts'
import { type ClientHistory, newHistory } from './history.ts'

/** A visitor under test: the product's own client below the page, on one transport, writing everything down. */
export interface Visitor {
  history: ClientHistory
  say: (text: string) => void
  /** Writes as two tabs do that both send what waits: the same message by two ways at once. */
  sayTwice: (text: string) => void
  /** Nothing it wrote waits to be sent, or to be seen in the log. */
  isSettled: () => boolean
  /** Every question that it was told of has been answered, as far as it was told. */
  isAnswered: () => boolean
  /** The last number it was told. */
  seq: () => number
  close: () => void
}

export function transportNamed(name: Transport['name']): Transport {
  if (name === 'websocket') return webSocketTransport({ connectTimeoutMs: 3000, pingIntervalMs: 5000 })
  return name === 'sse' ? sseTransport() : pollTransport({ intervalMs: 500 })
}

export interface VisitorOptions {
  url: string
  session: string
  name: string
  transport: Transport['name']
  /** Called whenever it has heard or settled something. */
  onChange: () => void
}

export function createVisitor({ url, session, name, transport, onChange }: VisitorOptions): Visitor {
  const history = newHistory(`${name} (${transport})`, session)
  const shelf = new Map<string, string>()
  const outbox = createOutbox(
    { getItem: (key) => shelf.get(key) ?? null, setItem: (key, value) => shelf.set(key, value), removeItem: (key) => shelf.delete(key) },
    name,
  )
  let epoch: string | undefined
  let seq = 0
  let sending = false
  let closed = false
  /** The furthest that a receipt has named. */
  let taken = 0
  const running = new Map<string, string>()
  const open = new Set<string>()

  const connection = connect({
    address: { base: url, sessionId: session, token: undefined },
    primary: transportNamed(transport),
    fallbacks: [],
    reconnectAttempts: Number.POSITIVE_INFINITY,
    position: () => ({ epoch, after: seq }),
    onStart(start) {
      if (!start.recovered && seq > 0) history.faults.push('had to begin anew')
      epoch = start.epoch
      void flush()
    },
    onEvent: receive,
    onState: () => undefined,
    onRefused: (verdict) => history.faults.push(`refused: ${verdict}`),
  })

  function receive(event: LiveEvent): void {
    if (event.type === 'typing') return
    if (event.type === 'delta') {
      receiveText(event.message_id, event.offset, event.text)
      return
    }
    // What two readings of one line both bring is told once, as the page's reducer does.
    if (event.seq <= seq) return
    if (event.seq !== seq + 1) history.faults.push(`number ${seq + 1} did not come before ${event.seq}`)
    seq = event.seq
    history.delivered.push(stored(event))
    note(event)
    onChange()
    if (event.type !== 'message') return
    if (event.client_msg_id !== undefined) outbox.remove(event.client_msg_id)
    const shown = running.get(event.message_id)
    // After a crash the log holds what was saved of it a moment before.
    if (shown !== undefined && event.status !== 'interrupted' && !event.content.startsWith(shown)) {
      history.faults.push(`the text shown of ${event.message_id} is not how it ends`)
    }
    running.delete(event.message_id)
  }

  function note(event: StoredEvent): void {
    if (event.type === 'message' && event.role === 'visitor') open.add(event.message_id)
    else if (isFinal(event)) for (const id of event.in_reply_to ?? []) open.delete(id)
  }

  function receiveText(id: string, offset: number, text: string): void {
    if (history.delivered.some((event) => event.type === 'message' && event.message_id === id)) return
    const had = running.get(id) ?? ''
    if (offset > had.length) history.faults.push(`a piece of ${id} is missing`)
    const overlap = had.slice(offset, offset + text.length)
    if (!text.startsWith(overlap)) history.faults.push(`${id} says something else at ${offset}`)
    running.set(id, had.slice(0, offset) + (had.length > offset + text.length ? had.slice(offset) : text))
  }

  async function flush(): Promise<void> {
    if (sending || closed) return
    sending = true
    try {
      for (let item = outbox.next(); item; item = outbox.next()) {
        const { seq: place = 0 } = await connection.send({ type: 'message', text: item.text, client_msg_id: item.client_msg_id })
        taken = Math.max(taken, place)
        const sent = history.sent.get(item.client_msg_id)
        if (sent) sent.acknowledged = true
        outbox.remove(item.client_msg_id)
        onChange()
      }
    } catch (error) {
      // Only the desk's own verdict is a refusal. Whatever else ends an exchange, at whichever byte, leaves open what
      // became of the message, and it is sent again under its name.
      if (error instanceof SendError && !error.retryable) history.faults.push(`refused: ${String(error)}`)
      setTimeout(() => void flush(), 100)
    } finally {
      sending = false
    }
  }

  function say(text: string): string {
    const client_msg_id = crypto.randomUUID()
    history.sent.set(client_msg_id, { text, acknowledged: false })
    outbox.add({ client_msg_id, text, at: Date.now() })
    void flush()
    return client_msg_id
  }

  return {
    history,
    say,
    sayTwice(text) {
      const client_msg_id = say(text)
      postAction({ base: url, sessionId: session, token: undefined }, { type: 'message', text, client_msg_id }).catch(() => undefined)
    },
    isSettled: () => outbox.items().length === 0 && seq >= taken,
    isAnswered: () => open.size === 0,
    seq: () => seq,
    close() {
      closed = true
      connection.close()
    },
  }
}

/** A frame without the second name of its text, as the log's own answer has it too. */
function stored<T extends object>(event: T): T {
  const { message: _, ...rest } = event as T & { message?: unknown }
  return rest as T
}
