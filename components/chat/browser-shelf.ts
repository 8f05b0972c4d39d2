import type { Shelf } from '#lib/transport/client/outbox.ts'

/**
 * A browser's storage that never throws. Where the browser has none to give (private windows, full disks, cookies
 * refused) texts are kept in memory, as long as the page lives.
 */
export function browserShelf(kind: 'localStorage' | 'sessionStorage'): Shelf {
  const memory = new Map<string, string>()
  const storage = () => window[kind]
  return {
    getItem(key) {
      return memory.get(key) ?? attempt(() => storage().getItem(key)) ?? null
    },
    setItem(key, value) {
      const kept = attempt(() => {
        storage().setItem(key, value)
        return true
      })
      if (kept) memory.delete(key)
      else memory.set(key, value)
    },
    removeItem(key) {
      memory.delete(key)
      attempt(() => storage().removeItem(key))
    },
    subscribe(listener) {
      const changed = ({ key, storageArea }: StorageEvent) => {
        if (key !== null && storageArea === attempt(storage)) listener(key)
      }
      window.addEventListener('storage', changed)
      return () => window.removeEventListener('storage', changed)
    },
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
