import type { Attachment } from '#lib/protocol/events.ts'

/** A message that was written and is not known to be in the log yet. */
export interface Unsent {
  client_msg_id: string
  text: string
  /** Files that go with it; the desk has them already. */
  attachments?: readonly Attachment[]
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
  /** Calls back when another tab has changed a text; returns the end of that. */
  subscribe?(listener: (key: string) => void): () => void
}

export type Outbox = ReturnType<typeof createOutbox>

/**
 * Messages on their way, kept until the log shows them: a reload, a closed tab or a night without network loses
 * none, and since each keeps its id, none arrives twice. All tabs share one: whoever changes it reads it first.
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

  function change(by: (kept: readonly Unsent[]) => readonly Unsent[]): void {
    items = by(read())
    if (items.length === 0) shelf.removeItem(key)
    else shelf.setItem(key, JSON.stringify(items))
  }

  return {
    items: () => items,
    /** The next one to send, but for some. One that was refused does not hold up those after it. */
    next: (except?: { has: (id: string) => boolean }) =>
      items.find(({ failed, client_msg_id }) => failed === undefined && !except?.has(client_msg_id)),
    add: (item: Unsent) => change((kept) => [...kept, item]),
    remove: (id: string) => change((kept) => kept.filter(({ client_msg_id }) => client_msg_id !== id)),
    /** Notes why the desk will not take a message. */
    refuse: (id: string, failed: string) => change((kept) => kept.map((item) => (item.client_msg_id === id ? { ...item, failed } : item))),
    /** Has a refused message sent again, under the id that it has. */
    retry: (id: string) =>
      change((kept) => kept.map(({ failed, ...item }) => (failed && item.client_msg_id !== id ? { ...item, failed } : item))),
    /** Drops what was refused. */
    dropRefused: () => change((kept) => kept.filter(({ failed }) => failed === undefined)),
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
