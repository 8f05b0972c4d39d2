import { DeskError } from '#lib/protocol/errors.ts'

/** What every open line takes: a socket (also one that has not shown its token yet), a stream, a poll that waits for news. */
export interface Place {
  /** Counts the line for its session too. Throws `too_many_connections`. */
  join(key: string): void
  /** Gives the place back; a second time does nothing. */
  leave(): void
}

export interface PlaceLimits {
  perSession: number
  perAddress: number
}

export type Places = ReturnType<typeof createPlaces>

/** Seconds after which a place may be free again. */
const RETRY_S = 10

/** Counts open lines by address and by session, of all transports together. */
export function createPlaces({ perSession, perAddress }: PlaceLimits) {
  const addresses = createCounter(perAddress, 'Too many connections from this address.')
  const sessions = createCounter(perSession, 'Too many connections to this session.')

  /** Takes a place for a line from an address. Throws `too_many_connections`. */
  return function take(ip: string): Place {
    const leaving = [addresses.add(ip)]
    return {
      join: (key) => void leaving.push(sessions.add(key)),
      leave: () => {
        for (const leave of leaving.splice(0)) leave()
      },
    }
  }
}

function createCounter(limit: number, refusal: string) {
  const counts = new Map<string, number>()
  return {
    /** Returns the function that takes it away again. */
    add(name: string): () => void {
      const count = counts.get(name) ?? 0
      if (count >= limit) throw new DeskError('too_many_connections', refusal, RETRY_S)
      counts.set(name, count + 1)
      return () => {
        const rest = (counts.get(name) ?? 0) - 1
        if (rest > 0) counts.set(name, rest)
        else counts.delete(name)
      }
    },
  }
}
