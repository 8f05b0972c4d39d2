import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { type Address, type Line, offline, type Position, type Start, type Transport, type Verdict } from './transport.ts'
import { onWake } from './wake.ts'

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
  onStart: (start: Start) => void
  onEvent: (event: LiveEvent) => void
  /** The session has another token. Its owner puts it into the address before the next line is opened. */
  onCredential?: (token: string) => void
  onState: (state: ConnectionState, transport: Transport['name'] | undefined) => void
  /** The desk does not know the session (any more) or does not let us in. Nothing is tried again. */
  onRefused: (verdict: Verdict) => void
}

/** How long a socket may be missing before the fallback reads beside, in milliseconds. */
export const BESIDE_MS = 2000
/** How often the way back to a socket is tried. */
export const PROBE_MS = 30_000
/** The pause between tries of the fallback. */
export const FALLBACK_PAUSE_MS = 2000
/** The pause before the first try to reconnect; it doubles with each, up to the greatest. */
const FIRST_PAUSE_MS = 500
const GREATEST_PAUSE_MS = 4000

export type Connection = ReturnType<typeof connect>

interface Way {
  name: Transport['name']
  line: Line
  open: boolean
}

export function connect(options: ConnectionOptions) {
  const { address, primary, fallbacks, reconnectAttempts, position, onStart, onEvent, onCredential, onState, onRefused } = options
  let main: Way | undefined
  let beside: Way | undefined
  /** Tries of the first way since it last stood. */
  let failures = 0
  /** Something stood once, or the fallback failed too: a line that is missing now is an error. */
  let sobered = false
  /** The fallback failed too: not sockets were kept from us, but the desk was away. */
  let away = false
  let closed = false
  let shown: ConnectionState | undefined
  let mainTimer: ReturnType<typeof setTimeout> | undefined
  let besideTimer: ReturnType<typeof setTimeout> | undefined

  const asleep = onWake(probe)
  tryMain()

  function tryMain(): void {
    clearTimeout(mainTimer)
    if (closed || main) return
    expectFallback(BESIDE_MS, 0)
    const stands = () => {
      failures = 0
      away = false
      endBeside()
    }
    const ended = () => {
      main = undefined
      failures += 1
      mainTimer = setTimeout(tryMain, failures <= reconnectAttempts ? pauseBefore(failures) : PROBE_MS)
      expectFallback(BESIDE_MS, 0)
    }
    main = open(primary, stands, ended)
    show()
  }

  /** Starts the fallback a little later, unless the first way stands by then. */
  function expectFallback(pause: number, index: number): void {
    if (closed || beside || fallbacks.length === 0) return
    besideTimer ??= setTimeout(() => {
      besideTimer = undefined
      if (!main?.open) tryFallback(index % fallbacks.length)
    }, pause)
  }

  function tryFallback(index: number): void {
    const transport = fallbacks[index]
    if (closed || beside || !transport) return
    const stands = () => {
      if (!away) return
      away = false
      tryMain()
    }
    const ended = () => {
      beside = undefined
      sobered = true
      away = true
      expectFallback(FALLBACK_PAUSE_MS, index + 1)
    }
    beside = open(transport, stands, ended)
  }

  function endBeside(): void {
    clearTimeout(besideTimer)
    besideTimer = undefined
    beside?.line.close()
    beside = undefined
  }

  /** Opens a line and listens to it until it ends. */
  function open(transport: Transport, stands: () => void, ended: () => void): Way {
    const { token } = address
    const line = transport.open(address, position, {
      opened(start) {
        way.open = true
        sobered = true
        onStart(start)
        stands()
        show()
      },
      event: onEvent,
      credential: onCredential,
      closed(verdict) {
        // What was opened with a token that was replaced since is opened again.
        if (verdict !== 'retry' && token === address.token) return refuse(verdict)
        ended()
        show()
      },
    })
    const way = { name: transport.name, line, open: false }
    return way
  }

  /** The network or the page has just come back: is the line still one, and if there is none, is there one now? */
  function probe(): void {
    if (main) main.line.check?.()
    else tryMain()
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
    if (beside?.open) return 'polling'
    return sobered || failures > reconnectAttempts ? 'error' : 'connecting'
  }

  /** The line that stands now. */
  function standing(): Line | undefined {
    return [main, beside].find((way) => way?.open)?.line
  }

  function close(): void {
    closed = true
    asleep()
    clearTimeout(mainTimer)
    main?.line.close()
    main = undefined
    endBeside()
  }

  return {
    /** Sends over the line that stands. Rejects with a SendError, `offline` when none does. */
    send: (action: Action): Promise<Receipt> => standing()?.send(action) ?? Promise.reject(offline()),
    /** Reads from the position again: something that only passes by was missed. */
    reread: () => standing()?.reread?.(),
    close,
  }
}

/** Twice as long with each failure, somewhere between half of it and all: so that many clients do not come at once. */
export function pauseBefore(attempt: number): number {
  const longest = Math.min(GREATEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1))
  return longest * (0.5 + Math.random() / 2)
}
