import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { emptyState, reduce, restart, type SessionState } from '#lib/protocol/state.ts'
import { type Connection, type ConnectionState, connect } from './connection.ts'
import { createOutbox, type Shelf, type Unsent } from './outbox.ts'
import { pollTransport } from './poll.ts'
import { sseTransport } from './sse.ts'
import { SendError, type Transport, type Verdict } from './transport.ts'
import { webSocketTransport } from './websocket.ts'

/** What the desk tells its clients to do. */
export interface ClientSettings {
  connectTimeoutMs: number
  reconnectAttempts: number
  pingIntervalMs: number
  pollIntervalMs: number
}

export interface DeskClientOptions {
  /** The desk's origin; '' for the page's own. */
  base: string
  settings: ClientSettings
  /** Kept for good: the session and what is not sent yet. */
  shelf: Shelf
  /** Kept as long as the tab: what the log said so far. */
  tabShelf?: Shelf
  /** Which transports may be used; all by default, the socket first. */
  transports?: Array<Transport['name']>
  /** Takes part in this session instead of the kept one. */
  session?: { id: string; token?: string }
}

/** All that a page shows of a session. */
export interface Snapshot {
  log: SessionState
  unsent: readonly Unsent[]
  connection: ConnectionState
  transport: Transport['name'] | undefined
  sessionId: string | undefined
  /** Set when nothing more can be done without the owner: the desk does not let this page in. */
  forbidden: boolean
}

export type DeskClient = ReturnType<typeof createDeskClient>

const SESSION = 'frontdesk.session'
/** Events that a tab remembers over a reload, at most; a longer log is read again. */
const REMEMBERED = 400

/** One visitor's session with a desk: reads the log, sends what is written, survives reloads and lost networks. */
export function createDeskClient(options: DeskClientOptions) {
  const { base, settings, shelf, tabShelf } = options
  const listeners = new Set<() => void>()
  let snapshot: Snapshot = {
    log: emptyState,
    unsent: [],
    connection: 'connecting',
    transport: undefined,
    sessionId: undefined,
    forbidden: false,
  }
  let connection: Connection | undefined
  let outbox = createOutbox(shelf, `${SESSION}.outbox`)
  let sending = false
  let closed = false
  let saving: ReturnType<typeof setTimeout> | undefined
  void begin()

  function change(part: Partial<Snapshot>): void {
    snapshot = { ...snapshot, ...part }
    for (const listener of listeners) listener()
  }

  async function begin(): Promise<void> {
    const session = options.session ?? kept() ?? (await made())
    if (!session || closed) return
    change({ log: remembered(session.id), unsent: outbox.items(), sessionId: session.id })
    const ways = (options.transports ?? ['websocket', 'sse', 'polling']).map(transport)
    const [primary, ...fallbacks] = ways
    if (!primary) return
    connection = connect({
      address: { base, sessionId: session.id, token: session.token },
      primary,
      fallbacks,
      reconnectAttempts: settings.reconnectAttempts,
      position: () => ({ epoch: snapshot.log.epoch, after: snapshot.log.seq }),
      onStart: ({ epoch, recovered }) => {
        if (!recovered || snapshot.log.epoch !== epoch) change({ log: recovered ? { ...snapshot.log, epoch } : restart(epoch) })
        void flush()
      },
      onEvent: receive,
      onState: (state, transport) => change({ connection: state, transport }),
      onRefused: refused,
    })
  }

  function transport(name: Transport['name']): Transport {
    if (name === 'websocket') return webSocketTransport(settings)
    return name === 'sse' ? sseTransport() : pollTransport({ intervalMs: settings.pollIntervalMs })
  }

  function receive(event: LiveEvent): void {
    if (event.type === 'message' && event.client_msg_id !== undefined) outbox.remove(event.client_msg_id)
    const log = reduce(snapshot.log, event)
    if (log !== snapshot.log) change({ log, unsent: outbox.items() })
    if (log.gap) connection?.reread()
    remember()
  }

  /** Sends what waits, one after the other, each again and again until the desk has taken or refused it. */
  async function flush(): Promise<void> {
    if (sending) return
    sending = true
    try {
      outbox.reload()
      for (let item = outbox.next(); item && connection; item = outbox.next()) {
        const { client_msg_id, text } = item
        await connection.send({ type: 'message', text, client_msg_id })
        outbox.remove(client_msg_id)
        change({ unsent: outbox.items() })
      }
    } catch (error) {
      refuseOrWait(error)
    } finally {
      sending = false
    }
  }

  function refuseOrWait(error: unknown): void {
    const item = outbox.next()
    if (!(error instanceof SendError) || !item) return
    if (error.retryable) setTimeout(() => void flush(), error.code === 'rate_limited' ? 5000 : 2000)
    else {
      outbox.update(item.client_msg_id, { failed: error.message })
      change({ unsent: outbox.items() })
      void flush()
    }
  }

  function refused(verdict: Verdict): void {
    connection = undefined
    if (verdict === 'forbidden' || options.session) {
      change({ forbidden: true })
      return
    }
    // The session is gone: a new one begins, and what was not sent yet goes there.
    shelf.removeItem(SESSION)
    change({ log: emptyState, connection: 'connecting' })
    void begin()
  }

  function kept(): { id: string; token?: string } | undefined {
    try {
      const session = JSON.parse(shelf.getItem(SESSION) ?? 'null') as { id?: unknown; token?: string } | null
      return typeof session?.id === 'string' ? (session as { id: string; token?: string }) : undefined
    } catch {
      return undefined
    }
  }

  async function made(): Promise<{ id: string; token?: string } | undefined> {
    for (let pause = 500; !closed; pause = Math.min(8000, pause * 2)) {
      const response = await fetch(`${base}/api/session/new`, { method: 'POST' }).catch(() => undefined)
      const body = response?.ok ? ((await response.json()) as { session_id: string; session_token: string }) : undefined
      if (body) {
        const session = { id: body.session_id, token: body.session_token }
        shelf.setItem(SESSION, JSON.stringify(session))
        return session
      }
      change({ connection: 'error', forbidden: response?.status === 403 || response?.status === 421 })
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    return undefined
  }

  function remembered(id: string): SessionState {
    try {
      const { session, log } = JSON.parse(tabShelf?.getItem(`${SESSION}.log`) ?? '{}') as { session?: string; log?: SessionState }
      return session === id && log ? log : emptyState
    } catch {
      return emptyState
    }
  }

  /** Keeps what the log said for a reload of this tab, not more often than a few times a second. */
  function remember(): void {
    if (!tabShelf || saving) return
    saving = setTimeout(() => {
      saving = undefined
      const { running: _, ...log } = snapshot.log
      if (log.items.length > REMEMBERED) tabShelf.removeItem(`${SESSION}.log`)
      else tabShelf.setItem(`${SESSION}.log`, JSON.stringify({ session: snapshot.sessionId, log }))
    }, 300)
  }

  return {
    snapshot: () => snapshot,

    /** Calls back after every change; returns the end of that. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    /** Writes a message. It is shown as on its way at once, and sent as soon as that is possible. */
    send(text: string): void {
      outbox.add({ client_msg_id: crypto.randomUUID(), text, at: Date.now() })
      change({ unsent: outbox.items() })
      void flush()
    },

    /** Sends a refused message again, under the same id. */
    retry(clientMsgId: string): void {
      outbox.update(clientMsgId, { failed: undefined as never })
      change({ unsent: outbox.items() })
      void flush()
    },

    /** Drops a message that was not sent. */
    discard(clientMsgId: string): void {
      outbox.remove(clientMsgId)
      change({ unsent: outbox.items() })
    },

    /** Carries out any other action. Rejects with a SendError. */
    act: (action: Exclude<Action, { type: 'message' }>): Promise<Receipt> =>
      connection ? connection.send(action) : Promise.reject(new SendError('offline', 'There is no connection.', true)),

    /** Leaves the session behind and begins another. */
    renew(): void {
      connection?.close()
      connection = undefined
      shelf.removeItem(SESSION)
      tabShelf?.removeItem(`${SESSION}.log`)
      outbox = createOutbox(shelf, `${SESSION}.outbox`)
      change({ log: emptyState, unsent: outbox.items(), connection: 'connecting', sessionId: undefined })
      void begin()
    },

    close(): void {
      closed = true
      connection?.close()
      listeners.clear()
    },
  }
}
