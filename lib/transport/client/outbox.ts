import { hear } from '#lib/protocol/credentials.ts'
import type { Attachment } from '#lib/protocol/events.ts'

/** A message that was written and is not known to be in the log yet. */
export interface Unsent {
  client_msg_id: string
  text: string
  /** Files that go with it; the desk has them already. */
  attachments?: readonly Attachment[]
  /** When it was written, epoch milliseconds. */
  at: number
  /** What nobody may keep, like a PIN, is not in the text: only the tab in which it was written can send it. */
  redacted?: true
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
 *
 * A PIN, a card number or a code is kept nowhere but in the memory of the tab in which it was written. What a reload leaves of
 * such a message was not sent and says so: it is never sent without what it said.
 */
export function createOutbox(shelf: Shelf, key: string) {
  /** What was really written, by id, where it may not be kept. */
  const whole = new Map<string, string>()
  let items = read()
  /** What another life of this tab wrote and could not send any more. */
  const lost = new Set(items.filter(({ redacted }) => redacted).map(({ client_msg_id }) => client_msg_id))

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
    items: () => items.map((item) => (lost.has(item.client_msg_id) ? { ...item, failed: item.failed ?? LOST } : item)),
    /** A message as it was written. */
    textOf: ({ client_msg_id, text }: Unsent) => whole.get(client_msg_id) ?? text,
    /** The next one to send, but for some. One that was refused does not hold up those after it. */
    next: (except?: { has: (id: string) => boolean }) =>
      items.find(({ failed, redacted, client_msg_id }) => {
        return failed === undefined && (!redacted || whole.has(client_msg_id)) && !except?.has(client_msg_id)
      }),
    add(item: Unsent): void {
      // Whether a PIN was asked for is not known here: four digits alone are taken for one.
      const { text } = hear(item.text, { email: '' })
      if (text !== item.text) whole.set(item.client_msg_id, item.text)
      change((kept) => [...kept, text === item.text ? item : { ...item, text, redacted: true }])
    },
    remove(id: string): void {
      whole.delete(id)
      change((kept) => kept.filter(({ client_msg_id }) => client_msg_id !== id))
    },
    /** Notes why the desk will not take a message. */
    refuse: (id: string, failed: string) => change((kept) => kept.map((item) => (item.client_msg_id === id ? { ...item, failed } : item))),
    /** Has a refused message sent again, under the id that it has. */
    retry: (id: string) =>
      change((kept) => kept.map(({ failed, ...item }) => (failed && item.client_msg_id !== id ? { ...item, failed } : item))),
    /** Drops what was refused. */
    dropRefused: () => change((kept) => kept.filter(({ failed, client_msg_id }) => failed === undefined && !lost.has(client_msg_id))),
    /** Takes over what another tab has kept. */
    reload: () => {
      items = read()
    },
  }
}

/** What a message says that a reload has left without what it said. */
const LOST = 'This was not sent: it held something that is not kept, like a PIN. Please write it again.'

function isUnsent(value: unknown): value is Unsent {
  const item = value as Partial<Unsent> | null
  return typeof item?.client_msg_id === 'string' && typeof item.text === 'string'
}
