import { emptyState, type SessionState } from '#lib/protocol/state.ts'
import type { Shelf } from './outbox.ts'

/** Events that a tab remembers over a reload, at most; a longer log is read again. */
const REMEMBERED = 400
/** What the log says is kept no more often than once in this time, in milliseconds. */
const KEEP_MS = 300

/** What the log said so far, kept for a reload of this tab: the page is full at once, and only news is read. */
export function createTabMemory(shelf: Shelf | undefined, key: string) {
  let timer: ReturnType<typeof setTimeout> | undefined

  return {
    recall(session: string): SessionState {
      try {
        const kept = JSON.parse(shelf?.getItem(key) ?? '{}') as { session?: string; log?: SessionState }
        // A field that an older page did not know gets its beginning.
        return kept.session === session ? { ...emptyState, ...kept.log } : emptyState
      } catch {
        return emptyState
      }
    },

    /** Keeps it a little later; `read` gives what is to be kept then. */
    keep(read: () => { session: string | undefined; log: SessionState }): void {
      if (!shelf) return
      timer ??= setTimeout(() => {
        timer = undefined
        const { session, log } = read()
        const { running: _, gap: __, typing: ___, ...lasting } = log
        if (log.items.length > REMEMBERED) shelf.removeItem(key)
        else shelf.setItem(key, JSON.stringify({ session, log: lasting }))
      }, KEEP_MS)
    },

    forget(): void {
      clearTimeout(timer)
      timer = undefined
      shelf?.removeItem(key)
    },

    stop: () => clearTimeout(timer),
  }
}
