/** How much one visitor may have tools do: calls for one answer, calls a minute, and how many at a time. */

export interface BudgetLimits {
  perTurn: number
  perMinute: number
  /** Of one session at the same time, and of all. */
  parallel: number
  parallelAll: number
}

export const usualLimits: BudgetLimits = { perTurn: 8, perMinute: 60, parallel: 4, parallelAll: 32 }

const MINUTE_MS = 60_000
/** Turns and sessions that are remembered. */
const REMEMBERED = 5000

/** What an answer says when it asked for too much. */
export class TooManyCalls extends Error {
  override readonly name = 'TooManyCalls'
}

/** `now` gives milliseconds that never go back. */
export function createBudget(limits: BudgetLimits, now: () => number) {
  const turns = new Map<string, number>()
  const minutes = new Map<string, { since: number; calls: number }>()
  const running = new Map<string, number>()
  const waiting: Array<{ session: string; begin: () => void }> = []
  let all = 0

  /** Counts a call. Throws `TooManyCalls`. */
  function spend({ session, turn }: { session: string; turn: string }): void {
    const inTurn = (turns.get(turn) ?? 0) + 1
    if (inTurn > limits.perTurn) throw new TooManyCalls(`more than ${limits.perTurn} calls for one answer`)
    const minute = minutes.get(session)
    const open = minute && now() - minute.since < MINUTE_MS ? minute : { since: now(), calls: 0 }
    if (open.calls >= limits.perMinute) throw new TooManyCalls(`more than ${limits.perMinute} calls a minute`)
    remember(turns, turn, inTurn)
    remember(minutes, session, { ...open, calls: open.calls + 1 })
  }

  /** Runs work when there is room for it. Throws the signal's reason when that comes first. */
  async function run<T>(session: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (hasRoom(session)) enter(session)
    else await turnOf(session, signal)
    try {
      return await work()
    } finally {
      leave(session)
    }
  }

  function hasRoom(session: string): boolean {
    return all < limits.parallelAll && (running.get(session) ?? 0) < limits.parallel
  }

  function enter(session: string): void {
    all += 1
    running.set(session, (running.get(session) ?? 0) + 1)
  }

  /** Gives the place to the first in line who may have it. */
  function leave(session: string): void {
    all -= 1
    const left = (running.get(session) ?? 1) - 1
    if (left > 0) running.set(session, left)
    else running.delete(session)
    const next = waiting.findIndex((one) => hasRoom(one.session))
    if (next < 0) return
    const [one] = waiting.splice(next, 1)
    one?.begin()
  }

  function turnOf(session: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.splice(waiting.indexOf(place), 1)
        reject(signal.reason)
      }
      const place = {
        session,
        begin() {
          signal.removeEventListener('abort', giveUp)
          enter(session)
          resolve()
        },
      }
      waiting.push(place)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  return { spend, run }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest)
}
