import type { WebSocket } from 'ws'

/** Milliseconds of silence after a ping that end a connection. */
const GRACE_MS = 10_000
/** The interval is cut into this many slots, so that pings are spread over it. */
const SLOTS = 30

/**
 * Pings every socket once per interval and ends those that do not answer: one timer for all of them.
 */
export function createHeartbeat(intervalMs: number) {
  const slots = Array.from({ length: SLOTS }, () => new Set<WebSocket>())
  const unanswered = new Set<WebSocket>()
  const tickMs = intervalMs / SLOTS
  const graceTicks = Math.min(SLOTS - 1, Math.ceil(GRACE_MS / tickMs))
  let tick = 0

  const timer = setInterval(() => {
    tick = (tick + 1) % SLOTS
    for (const socket of slotAt(tick - graceTicks)) if (unanswered.delete(socket)) socket.terminate()
    for (const socket of slotAt(tick)) {
      unanswered.add(socket)
      socket.ping()
    }
  }, tickMs).unref()

  function slotAt(index: number): Set<WebSocket> {
    return slots[(index + SLOTS) % SLOTS] as Set<WebSocket>
  }

  return {
    /** Watches over a socket until it closes. */
    watch(socket: WebSocket): void {
      const slot = slotAt(Math.floor(Math.random() * SLOTS))
      slot.add(socket)
      socket.on('pong', () => unanswered.delete(socket))
      socket.on('close', () => {
        slot.delete(socket)
        unanswered.delete(socket)
      })
    },
    stop: () => clearInterval(timer),
  }
}
