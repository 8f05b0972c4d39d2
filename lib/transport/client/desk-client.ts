import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { Attachment, LiveEvent } from '#lib/protocol/events.ts'
import { emptyState, reduce, restart, type SessionState } from '#lib/protocol/state.ts'
import { type Connection, type ConnectionState, connect } from './connection.ts'
import { createDelivery } from './delivery.ts'
import { postFile, sessionUrl } from './http.ts'
import { createOutbox, type Shelf, type Unsent } from './outbox.ts'
import { pollTransport } from './poll.ts'
import { createSessionShelf, type KeptSession } from './session-shelf.ts'
import { sseTransport } from './sse.ts'
import { createTabMemory } from './tab-memory.ts'
import { type Address, offline, type Start, type Transport, type Verdict } from './transport.ts'
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
  session?: KeptSession
}

/** All that a page shows of a session. */
export interface Snapshot {
  log: SessionState
  unsent: readonly Unsent[]
  connection: ConnectionState
  transport: Transport['name'] | undefined
  sessionId: string | undefined
  /** Where the log stood when this page began to read it: up to here nothing is news. Undefined until that is known. */
  oldNews: number | undefined
  /** Set when nothing more can be done without the owner: the desk does not let this page in. */
  forbidden: boolean
}

export type DeskClient = ReturnType<typeof createDeskClient>

/** What is known before the desk has said anything. */
export const nothingYet: Snapshot = {
  log: emptyState,
  unsent: [],
  connection: 'connecting',
  transport: undefined,
  sessionId: undefined,
  oldNews: undefined,
  forbidden: false,
}

/** How long a token may be on its way from another tab, in milliseconds. */
const OTHER_TAB_MS = 1500

const SESSION = 'frontdesk.session'
const OUTBOX = `${SESSION}.outbox`
/** Where a tab's shelf keeps what the log said so far. */
export const TAB_MEMORY = `${SESSION}.log`

/** One visitor's session with a desk: reads the log, sends what is written, survives reloads and lost networks. */
export function createDeskClient(options: DeskClientOptions) {
  const { base, settings, shelf, tabShelf } = options
  const listeners = new Set<() => void>()
  const sessions = createSessionShelf(shelf, SESSION)
  const memory = createTabMemory(tabShelf, TAB_MEMORY)
  const outbox = createOutbox(shelf, OUTBOX)
  const delivery = createDelivery({ outbox, send: act, shown: () => snapshot.log.seq, changed: showOutbox })
  let snapshot: Snapshot = { ...nothingYet, unsent: outbox.items() }
  let connection: Connection | undefined
  /** Of the session that is read. */
  let address: Address | undefined
  /** Runs while a token may still come from another tab. */
  let giveUp: ReturnType<typeof setTimeout> | undefined
  /** Aborts when the session that is being read is left for another. */
  let visit = new AbortController()
  const unsubscribe = shelf.subscribe?.(heedOtherTab)
  void begin()

  function change(part: Partial<Snapshot>): void {
    snapshot = { ...snapshot, ...part }
    for (const listener of listeners) listener()
  }

  function showOutbox(): void {
    change({ unsent: outbox.items() })
  }

  async function begin(): Promise<void> {
    const { signal } = visit
    const failed = (status?: number) => change({ connection: 'error', forbidden: status === 403 || status === 421 })
    const session = options.session ?? sessions.kept() ?? (await sessions.make(base, signal, failed))
    if (!session || signal.aborted) return
    change({ log: memory.recall(session.id), unsent: outbox.items(), sessionId: session.id, oldNews: undefined, forbidden: false })
    address = { base, sessionId: session.id, token: session.token }
    open(address)
  }

  function open(at: Address): void {
    const ways = (options.transports ?? ['websocket', 'sse', 'polling']).map(transport)
    const [primary, ...fallbacks] = ways
    if (!primary) return
    connection = connect({
      address: at,
      primary,
      fallbacks,
      reconnectAttempts: settings.reconnectAttempts,
      position: () => ({ epoch: snapshot.log.epoch, after: snapshot.log.seq }),
      onStart: started,
      onEvent: receive,
      onCredential: adopt,
      onState: (state, transport) => change({ connection: state, transport }),
      onRefused: refused,
    })
  }

  function transport(name: Transport['name']): Transport {
    if (name === 'websocket') return webSocketTransport(settings)
    if (name === 'sse') return sseTransport(settings)
    const eager = () => snapshot.log.status === 'waiting' || snapshot.log.status === 'human'
    return pollTransport({ intervalMs: settings.pollIntervalMs, eager })
  }

  function started({ epoch, recovered, last_seq }: Start): void {
    if (!recovered) delivery.restart()
    const log = recovered ? { ...snapshot.log, epoch } : restart(epoch)
    const oldNews = recovered ? (snapshot.oldNews ?? last_seq) : last_seq
    if (!recovered || log.epoch !== snapshot.log.epoch || oldNews !== snapshot.oldNews) change({ log, oldNews })
    void delivery.flush()
  }

  function receive(event: LiveEvent): void {
    const before = snapshot.log
    const log = reduce(before, event)
    if (log === before) return
    if (event.type === 'message' && event.client_msg_id !== undefined) delivery.arrived(event.client_msg_id)
    snapshot = { ...snapshot, log }
    delivery.settle()
    showOutbox()
    if (log.gap && !before.gap) connection?.reread()
    memory.keep(() => ({ session: snapshot.sessionId, log: snapshot.log }))
  }

  /** The session has another token: it opens the next line, and every other tab's. */
  function adopt(token: string): void {
    if (!address) return
    address.token = token
    if (!options.session) sessions.keep({ id: address.sessionId, token })
  }

  /** Takes over the token that another tab was given. False when there is none. */
  function followOtherTab(): boolean {
    const kept = options.session ? undefined : sessions.kept()
    if (!address || kept?.id !== address.sessionId || kept.token === undefined || kept.token === address.token) return false
    address.token = kept.token
    return true
  }

  function refused(verdict: Verdict): void {
    connection = undefined
    if (verdict === 'forbidden' || options.session) {
      change({ forbidden: true })
      return
    }
    // Another tab may have signed in or out, and be about to keep the new token.
    if (!readOn()) giveUp = setTimeout(() => readOn() || start(), OTHER_TAB_MS)
  }

  /** Reads on with the token that another tab was given. False when there is none. */
  function readOn(): boolean {
    clearTimeout(giveUp)
    if (!address || !followOtherTab()) return false
    open(address)
    return true
  }

  /** The session is gone: a new one begins, and what was not sent yet goes there. */
  function start(): void {
    sessions.forget(snapshot.sessionId)
    leave()
  }

  /** Leaves the session that is read, for the kept one or a new one. */
  function leave(): void {
    clearTimeout(giveUp)
    visit.abort()
    visit = new AbortController()
    connection?.close()
    connection = undefined
    address = undefined
    delivery.restart()
    memory.forget()
    change({ ...nothingYet, unsent: outbox.items() })
    void begin()
  }

  function heedOtherTab(key: string): void {
    if (key === OUTBOX) {
      outbox.reload()
      showOutbox()
    }
    const kept = key === SESSION && !options.session ? sessions.kept() : undefined
    if (kept && kept.id !== snapshot.sessionId) leave()
    else if (kept && !connection) readOn()
    else followOtherTab()
  }

  /** Carries out an action over the line that stands. Rejects with a SendError. */
  function act(action: Action): Promise<Receipt> {
    return connection?.send(action) ?? Promise.reject(offline())
  }

  return {
    snapshot: () => snapshot,

    /** Calls back after every change; returns the end of that. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    /** Sends a file, for a message to name. Rejects with a SendError. */
    upload(file: File, signal: AbortSignal): Promise<Attachment> {
      return address ? postFile(address, file, signal) : Promise.reject(offline())
    },

    /** Where a file of the session can be seen. */
    fileUrl: (id: string) => (address ? sessionUrl(address, `files/${id}`) : undefined),

    /** Writes a message. It is shown as on its way at once, and sent as soon as that is possible. */
    send(text: string, attachments: readonly Attachment[] = []): void {
      const files = attachments.length === 0 ? {} : { attachments }
      outbox.add({ client_msg_id: crypto.randomUUID(), text, ...files, at: Date.now() })
      showOutbox()
      void delivery.flush()
    },

    /** Sends a refused message again, under the same id. */
    retry(clientMsgId: string): void {
      outbox.retry(clientMsgId)
      showOutbox()
      void delivery.flush()
    },

    /** Drops a message that was not sent. */
    discard(clientMsgId: string): void {
      outbox.remove(clientMsgId)
      showOutbox()
    },

    act: act as (action: Exclude<Action, { type: 'message' }>) => Promise<Receipt>,

    /** Proves who the visitor is; the receipt says what became of it. Rejects with a SendError, as all of these. */
    signIn: (email: string, pin: string) => act({ type: 'sign_in', email: email.trim(), pin: pin.trim() }),
    /** The page reads on with the session's new token. */
    signOut: () => act({ type: 'sign_out' }),
    /** The visitor's own decision, with the token that came with the request. */
    approve: (approval_id: string, decision: 'approve' | 'reject', token?: string) =>
      act({ type: 'approval', approval_id, decision, ...(token === undefined ? {} : { token }) }),
    undo: (effect_id: string) => act({ type: 'undo', effect_id }),

    /** Leaves the session behind and begins another. */
    renew(): void {
      sessions.forget(snapshot.sessionId)
      outbox.dropRefused()
      leave()
    },

    close(): void {
      clearTimeout(giveUp)
      visit.abort()
      unsubscribe?.()
      connection?.close()
      delivery.stop()
      memory.stop()
      listeners.clear()
    },
  }
}
