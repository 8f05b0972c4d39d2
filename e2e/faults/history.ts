import type { StoredEvent } from '#lib/protocol/events.ts'

/** What one client saw and did: written down as it happens, judged afterwards. */
export interface ClientHistory {
  name: string
  session: string
  /** Messages that it sent, by their ids, and whether the desk acknowledged them. */
  sent: Map<string, { text: string; acknowledged: boolean }>
  /** Stored events as they were delivered, in the order of their arrival. */
  delivered: StoredEvent[]
  /** Faults that only the client itself can see, such as text that was shown twice. */
  faults: string[]
}

export function newHistory(name: string, session: string): ClientHistory {
  return { name, session, sent: new Map(), delivered: [], faults: [] }
}
