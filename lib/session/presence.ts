import type { SessionRef } from './ports.ts'

/** One live socket. */
export interface Connection {
  id: string
  ref: SessionRef
  transport: 'websocket'
  since: number
}

export type Presence = ReturnType<typeof createPresence>

/** Who is connected to this process now. */
export function createPresence() {
  const connections = new Map<string, Connection>()
  const bySession = new Map<string, number>()

  return {
    /** Adds a connection; returns the function that removes it. */
    enter(connection: Connection): () => void {
      connections.set(connection.id, connection)
      count(bySession, connection.ref.key, 1)
      return () => {
        if (!connections.delete(connection.id)) return
        count(bySession, connection.ref.key, -1)
      }
    },
    list: () => [...connections.values()],
    sessions: () => [...new Map([...connections.values()].map(({ ref }) => [ref.key, ref])).values()],
    stats: () => ({ active_sessions: bySession.size, total_connections: connections.size }),
  }
}

function count(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const next = (counts.get(key) ?? 0) + by
  if (next > 0) counts.set(key, next)
  else counts.delete(key)
}
