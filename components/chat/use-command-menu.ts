import { useState } from 'react'
import { nextInRing } from '#components/ui/ring.ts'
import { type CommandEntry, matchingCommands } from './commands.ts'

/** The menu that opens when a message begins with a slash. */
export interface CommandMenuState {
  entries: readonly CommandEntry[]
  active: number
  chosen: CommandEntry | undefined
  /** Moves in the menu. False for a key that does not. */
  move: (key: string) => boolean
  point: (index: number) => void
  close: () => void
}

export function useCommandMenu(draft: string): CommandMenuState {
  const [at, setAt] = useState({ draft: '', index: 0 })
  const [closedFor, setClosedFor] = useState<string>()
  // Closed is closed for these words alone, and not when they are written again.
  if (closedFor !== undefined && closedFor !== draft) setClosedFor(undefined)
  const entries = closedFor === draft ? [] : matchingCommands(draft)
  // Other words, other entries: the first one is meant again.
  const active = at.draft === draft ? Math.min(at.index, Math.max(0, entries.length - 1)) : 0

  return {
    entries,
    active,
    chosen: entries[active],
    move(key) {
      const next = key.startsWith('Arrow') ? nextInRing(key, active, entries.length) : undefined
      if (next !== undefined) setAt({ draft, index: next })
      return next !== undefined
    },
    point: (index) => setAt({ draft, index }),
    close: () => setClosedFor(draft),
  }
}
