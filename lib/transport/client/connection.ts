import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { type Address, type Line, offline, type Position, type Transport, type Verdict } from './transport.ts'

/**
 * Keeps one reader connected, over the best way that works.
 *
 *   connecting ──► live ──lost──► reconnecting (3 tries, longer and longer apart) ──► fallback
 *        └───────────────────────────┘                                                  │
 *                 ▲                 a probe every 30 s, and when the network comes back  │
 *                 └──────────────────────────────────────────────────────────────────────┘
 *
 * While no socket stands for 2 s, the fallback already reads beside. Whatever arrives by two ways at once is
 * recognised by its number.
 */
export type ConnectionState = 'connecting' | 'live' | 'polling' | 'error'

export interface ConnectionOptions {
  address: Address
  /** Tried first, and again and again. */
  primary: Transport
  /** Read while the first does not work, in this order. */
  fallbacks: Transport[]
  reconnectAttempts: number
  position: () => Position
  onStart: (start: { epoch: string; recovered: boolean }) => void
  onEvent: (event: LiveEvent) => void
  onState: (state: ConnectionState, transport: Transport['name'] | undefined) => void
  /** The desk does not know the session (any more) or does not let us in. Nothing is tried again. */
  onRefused: (verdict: Verdict) => void
}

/** How long a socket may be missing before the fallback reads beside, in milliseconds. */
const BESIDE_MS = 2000
/** How often the way back to a socket is tried. */
const PROBE_MS = 30_000
/** The pause before the first try to reconnect; it doubles with each, up to the greatest. */
const FIRST_PAUSE = 500
const GREATEST_PAUSE = 4000
/** The pause between tries of the fallback. */
const FALLBACK_PAUSE = 2000

export type Connection = ReturnType<typeof connect>

export function connect(options: ConnectionOptions) {
  const { address, primary, fallbacks, reconnectAttempts, position, onStart, onEvent, onState, onRefused } = options
  let main: { line: Line; open: boolean } | undefined
  let beside: { line: Line; open: boolean; name: Transport['name'] } | undefined
  let failures = 0
  let wasLive = false
  let closed = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let shown: ConnectionState | undefined

  const besideTimer = { current: undefined as ReturnType<typeof setTimeout> | undefined }
  const hear = { online: () => probe(), visible: () => globalThis.document?.visibilityState === 'visible' && probe() }
  globalThis.addEventListener?.('online', hear.online)
  globalThis.document?.addEventListener('visibilitychange', hear.visible)
  tryMain()

  function tryMain(): void {
    if (closed || main) return
    clearTimeout(retry)
    expectFallback()
    const line = primary.open(address, position, {
      opened(start) {
        if (main) main.open = true
        failures = 0
        wasLive = true
        onStart(start)
        endBeside()
        show()
      },
      event: onEvent,
      closed(verdict) {
        main = undefined
        if (verdict !== 'retry') return refuse(verdict)
        failures += 1
        expectFallback()
        retry = setTimeout(tryMain, failures <= reconnectAttempts ? pauseBefore(failures) : PROBE_MS)
        show()
      },
    })
    main = { line, open: false }
    show()
  }

  /** Starts the fallback a little later, unless the socket stands by then. */
  function expectFallback(): void {
    besideTimer.current ??= setTimeout(() => {
      besideTimer.current = undefined
      if (!main?.open) tryFallback(0)
    }, BESIDE_MS)
  }

  function tryFallback(index: number): void {
    const transport = fallbacks[index % Math.max(1, fallbacks.length)]
    if (closed || beside || main?.open || !transport) return
    const line = transport.open(address, position, {
      opened(start) {
        if (beside) beside.open = true
        onStart(start)
        show()
      },
      event: onEvent,
      closed(verdict) {
        beside = undefined
        if (verdict !== 'retry') return refuse(verdict)
        show()
        setTimeout(() => tryFallback(index + 1), FALLBACK_PAUSE)
      },
    })
    beside = { line, open: false, name: transport.name }
  }

  function endBeside(): void {
    clearTimeout(besideTimer.current)
    besideTimer.current = undefined
    beside?.line.close()
    beside = undefined
  }

  /** Reads from the position again: something that only passes by was missed. */
  function reread(): void {
    if (main?.open) main.line.reread?.()
    else beside?.line.reread?.()
  }

  /** Tries the socket now: the network or the page has just come back. */
  function probe(): void {
    if (!main) tryMain()
  }

  function refuse(verdict: Verdict): void {
    close()
    onState('error', undefined)
    onRefused(verdict)
  }

  function show(): void {
    const state = current()
    if (state === shown || closed) return
    shown = state
    onState(state, state === 'live' ? primary.name : beside?.name)
  }

  function current(): ConnectionState {
    if (main?.open) return 'live'
    const givenUp = failures > reconnectAttempts
    if (beside?.open && (givenUp || !wasLive)) return 'polling'
    return failures > 0 || wasLive ? 'error' : 'connecting'
  }

  /** Sends over the line that stands. Rejects with a SendError, `offline` when none does. */
  function send(action: Action): Promise<Receipt> {
    if (main?.open) return main.line.send(action)
    return beside?.open ? beside.line.send(action) : Promise.reject(offline())
  }

  function close(): void {
    closed = true
    clearTimeout(retry)
    main?.line.close()
    main = undefined
    endBeside()
    globalThis.removeEventListener?.('online', hear.online)
    globalThis.document?.removeEventListener('visibilitychange', hear.visible)
  }

  return { send, close, probe, reread }
}

/** Twice as long with each failure, somewhere between half of it and all: so that many clients do not come at once. */
export function pauseBefore(attempt: number): number {
  const longest = Math.min(GREATEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1))
  return longest * (0.5 + Math.random() / 2)
}
