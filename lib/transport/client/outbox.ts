/** A message that was written and is not known to be in the log yet. */
export interface Unsent {
  client_msg_id: string
  text: string
  /** When it was written, epoch milliseconds. */
  at: number
  /** Why the desk will not take it; it stays until the visitor tries again or removes it. */
  failed?: string
}

/** Where texts are kept between visits; the browser's localStorage has this shape. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/**
 * Messages on their way, kept until the log shows them: a reload, a closed tab or a night without network loses
 * none, and since each keeps its id, none arrives twice.
 */
export function createOutbox(shelf: Shelf, key: string) {
  let items = read()

  function read(): readonly Unsent[] {
    try {
      const kept: unknown = JSON.parse(shelf.getItem(key) ?? '[]')
      return Array.isArray(kept) ? kept.filter(isUnsent) : []
    } catch {
      return []
    }
  }

  function keep(next: readonly Unsent[]): void {
    items = next
    if (items.length === 0) shelf.removeItem(key)
    else shelf.setItem(key, JSON.stringify(items))
  }

  return {
    items: () => items,
    add: (item: Unsent) => keep([...items, item]),
    update: (id: string, change: Partial<Unsent>) => keep(items.map((item) => (item.client_msg_id === id ? { ...item, ...change } : item))),
    remove: (id: string) => items.some((item) => item.client_msg_id === id) && keep(items.filter((item) => item.client_msg_id !== id)),
    /** The next one to send. One that was refused does not hold up those after it. */
    next: () => items.find(({ failed }) => failed === undefined),
    /** Takes over what another tab has kept. */
    reload: () => {
      items = read()
    },
  }
}

function isUnsent(value: unknown): value is Unsent {
  const item = value as Partial<Unsent> | null
  return typeof item?.client_msg_id === 'string' && typeof item.text === 'string'
}
