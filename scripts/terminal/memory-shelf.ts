import type { Shelf } from '#lib/transport/client/outbox.ts'

/** What a browser keeps in its localStorage, kept as long as the program runs. */
export function memoryShelf(): Shelf {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
