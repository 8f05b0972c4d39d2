import { useEffect, useReducer } from 'react'
import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { emptyState, reduce, type SessionState } from '#lib/protocol/state.ts'

/** What an operator reads of one session: what the visitor sees, and the notes of colleagues. */
export interface Followed {
  log: SessionState
  notes: readonly StoredEvent[]
}

type Told = { from: 'visitor' | 'desk'; event: LiveEvent } | { from: 'none' }

const nothing: Followed = { log: emptyState, notes: [] }

function fold(state: Followed, told: Told): Followed {
  if (told.from === 'none') return nothing
  if (told.from === 'visitor') return { ...state, log: reduce(state.log, told.event) }
  const { event } = told
  if (event.type !== 'note' || state.notes.some(({ seq }) => seq === event.seq)) return state
  return { ...state, notes: [...state.notes, event] }
}

/** Follows both logs of a session. The browser itself reconnects and says where it stood. */
export function useSession(key: string): Followed {
  const [followed, tell] = useReducer(fold, nothing)

  useEffect(() => {
    tell({ from: 'none' })
    const sources = (['visitor', 'desk'] as const).map((from) => {
      const source = new EventSource(`/api/console/sessions/${encodeURIComponent(key)}/events?log=${from}`)
      source.onmessage = ({ data }) => {
        const event = JSON.parse(data as string) as LiveEvent | { type: 'resumed' } | { error: object }
        if ('type' in event && event.type !== 'resumed') tell({ from, event })
      }
      return source
    })
    return () => {
      for (const source of sources) source.close()
    }
  }, [key])

  return followed
}
