import { WebSocket } from 'ws'
import type { Log } from '#lib/session/ports.ts'
import { isObject, objectsIn } from './records.ts'
import { type Cookies, cookieHeader, isFault, type Rpc } from './rpc.ts'

/**
 * What Odoo tells one visitor, over a websocket while there is one and by asking while there is not. Both go on from the same
 * place, so that changing between them loses and repeats nothing.
 *
 *   asking ──socket opens──► listening
 *      ▲                        │ closed, or silent too long
 *      └────────────────────────┘  (tries again: 0.5 s, doubled to 30 s, with jitter)
 */

/** A ping is due after this, and its pong within it. Odoo's own comes after 45 s; a server that stops may not even close. */
const PING_MS = 20_000
/** How often the visitor is said to be there; without it the operator reads that they are gone. */
const PRESENCE_MS = 55_000
const FIRST_PAUSE_MS = 500
const GREATEST_PAUSE_MS = 30_000
/** A socket that held so long was a good one: the next pause is short again. */
const STABLE_MS = 5000
/** Odoo 17 and 18 keep what they had to tell for so long. After a longer silence the messages themselves have to be read. */
const REMEMBERED_MS = 100_000
/** Notifications that are remembered as told. */
const KNOWN = 2000
const MAX_PAYLOAD = 1024 * 1024

export interface BusDeps {
  rpc: Rpc
  /** The visitor's; they follow what answers set. */
  cookies: Cookies
  guestToken: string
  /** The release, as 17, 18 or 19: presence is said otherwise. */
  release: number
  /** What the presence of the operator is called on the bus. */
  presence: string | undefined
  pollMs: number
  /** Runs a poll when it is its turn: the host is asked one thing at a time. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>
  random: () => number
  log: Log
}

export interface BusListener {
  heard: (notification: unknown) => void
  /** So much may have been missed that the bus cannot tell it any more. */
  missed: () => void
  /** How it is listened to now. */
  state: (state: 'listening' | 'asking' | 'unreachable') => void
  /** The place in the bus up to which everything was told, to go on from after a restart. */
  at: (last: number) => void
}

/** Follows from a place in the bus until the signal aborts. */
export function followBus(deps: BusDeps, from: number, listener: BusListener, signal: AbortSignal): void {
  const { rpc, cookies, random } = deps
  const known = new Set<number>()
  let last = from
  const channels = [`mail.guest_${deps.guestToken}`, ...(deps.presence === undefined ? [] : [deps.presence])]
  let pause = FIRST_PAUSE_MS
  let isListening = false
  let lastSign = Date.now()
  let timers: NodeJS.Timeout[] = []

  connect()
  void ask()

  function take(notifications: unknown): void {
    for (const notification of objectsIn(notifications)) {
      const { id } = notification
      if (typeof id !== 'number' || known.has(id)) continue
      known.add(id)
      if (known.size > KNOWN) known.delete(known.values().next().value as number)
      listener.heard(notification)
      if (id > last) {
        last = id
        listener.at(last)
      }
    }
  }

  /** Somebody answered. Says so to who has to make up for a silence that was longer than Odoo remembers. */
  function signOfLife(): void {
    const silence = Date.now() - lastSign
    lastSign = Date.now()
    if (silence > REMEMBERED_MS) listener.missed()
  }

  function connect(): void {
    if (signal.aborted) return
    const address = new URL('/websocket', rpc.base)
    address.protocol = rpc.base.protocol === 'http:' ? 'ws:' : 'wss:'
    // No User-Agent: one that names itself has to know the exact version of the worker.
    const headers = { origin: rpc.base.origin, ...cookieHeader(cookies) }
    const socket = new WebSocket(address, { headers, perMessageDeflate: false, maxPayload: MAX_PAYLOAD, handshakeTimeout: 10_000 })
    const openedAt = Date.now()
    let hasPonged = true
    const stop = () => socket.terminate()
    signal.addEventListener('abort', stop, { once: true })

    socket.on('open', () => {
      send('subscribe', { channels, last })
      sayPresent()
      timers = [setInterval(ping, PING_MS), setInterval(sayPresent, PRESENCE_MS)]
      isListening = true
      signOfLife()
      listener.state('listening')
    })
    socket.on('message', (data) => {
      signOfLife()
      take(parsed(data.toString()))
    })
    socket.on('pong', () => {
      hasPonged = true
      signOfLife()
    })
    socket.on('error', () => undefined) // Always followed by 'close'.
    socket.on('close', (code, reason) => {
      for (const timer of timers.splice(0)) clearInterval(timer)
      signal.removeEventListener('abort', stop)
      if (signal.aborted) return
      if (isListening) {
        isListening = false
        listener.state('asking')
        void ask()
      }
      if (Date.now() - openedAt > STABLE_MS) pause = FIRST_PAUSE_MS
      // Its session is over: the next socket begins without one.
      if (code === 4001) delete cookies.session_id
      deps.log.debug({ host: rpc.base.host, code, reason: reason.toString().slice(0, 60) }, 'the line to Odoo ended')
      again(code)
    })

    function ping(): void {
      if (!hasPonged) socket.terminate()
      else socket.ping()
      hasPonged = false
    }

    function sayPresent(): void {
      // 19 does not take what 17 and 18 ask for.
      send('update_presence', { inactivity_period: 0, ...(deps.release >= 19 ? {} : { im_status_ids_by_model: {} }) })
    }

    function send(event_name: string, data: object): void {
      socket.send(JSON.stringify({ event_name, data }))
    }
  }

  function again(code: number): void {
    // 4002: the line was only too old. 1013: too much was said at once.
    const wait = code === 4002 ? 0 : Math.max(code === 1013 ? 2000 : 0, random() * pause)
    pause = Math.min(GREATEST_PAUSE_MS, pause * 2)
    later(wait, connect)
  }

  function later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cancel)
      work()
    }, ms)
    const cancel = () => clearTimeout(timer)
    signal.addEventListener('abort', cancel, { once: true })
  }

  /** Asks for news again and again until a socket brings them. */
  async function ask(): Promise<void> {
    let isFirst = true
    let wait = deps.pollMs
    while (!isListening && !signal.aborted) {
      try {
        const answer = await deps.inTurn(() =>
          rpc.call('/websocket/peek_notifications', { channels, last, is_first_poll: isFirst }, cookies, signal),
        )
        if (isListening || signal.aborted) return
        isFirst = false
        wait = deps.pollMs
        signOfLife()
        listener.state('asking')
        take(isObject(answer) ? answer.notifications : [])
      } catch (error) {
        if (signal.aborted) return
        if (isFault(error, 'expired')) {
          isFirst = true
          continue
        }
        if (!isListening) listener.state('unreachable')
        wait = Math.min(GREATEST_PAUSE_MS, Math.max(wait * 2, isFault(error) ? (error.retryAfter ?? 0) * 1000 : 0))
      }
      await new Promise<void>((resolve) => later(wait, resolve))
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}
