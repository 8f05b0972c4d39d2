import type { Shelf } from './outbox.ts'

/** A session that this browser may take part in. */
export interface KeptSession {
  id: string
  token?: string
}

/** How long a request for a new session may take, in milliseconds. */
const MAKING_MS = 10_000
const FIRST_PAUSE_MS = 500
const GREATEST_PAUSE_MS = 8000

/** Which session this browser takes part in; all its tabs the same. */
export function createSessionShelf(shelf: Shelf, key: string) {
  function kept(): KeptSession | undefined {
    try {
      const session = JSON.parse(shelf.getItem(key) ?? 'null') as { id?: unknown; token?: string } | null
      return typeof session?.id === 'string' ? (session as KeptSession) : undefined
    } catch {
      return undefined
    }
  }

  return {
    kept,

    /** Keeps a session, for all tabs. */
    keep(session: KeptSession): void {
      shelf.setItem(key, JSON.stringify(session))
    },

    /** Forgets the session, unless another tab has put a new one in its place. */
    forget(id: string | undefined): void {
      if (kept()?.id === id) shelf.removeItem(key)
    },

    /** Has the desk make a session, again and again until it does. Undefined when the signal aborts first. */
    async make(base: string, signal: AbortSignal, failed: (status: number | undefined) => void): Promise<KeptSession | undefined> {
      for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(GREATEST_PAUSE_MS, pause * 2)) {
        const response = await fetch(`${base}/api/session/new`, {
          method: 'POST',
          signal: AbortSignal.any([signal, AbortSignal.timeout(MAKING_MS)]),
        }).catch(() => undefined)
        const made = response?.ok ? await read(response) : undefined
        if (signal.aborted) return undefined
        if (made) {
          shelf.setItem(key, JSON.stringify(made))
          return made
        }
        failed(response?.status)
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
      return undefined
    },
  }
}

async function read(response: Response): Promise<KeptSession | undefined> {
  const body = (await response.json().catch(() => undefined)) as { session_id?: string; session_token?: string } | undefined
  if (typeof body?.session_id !== 'string') return undefined
  return { id: body.session_id, ...(body.session_token === undefined ? {} : { token: body.session_token }) }
}
