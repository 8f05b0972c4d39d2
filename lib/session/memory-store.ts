import { DeskError } from '#lib/protocol/errors.ts'
import type { Attachment, StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import type { LogName, SessionRecord, SessionRef, SessionStore, Transaction } from './ports.ts'
import { newRecord } from './record.ts'

interface MemorySession {
  record: SessionRecord
  logs: Record<LogName, StoredEvent[]>
  files: Attachment[]
}

/** What a memory store holds; two stores over the same data are one store opened twice. */
export interface MemoryData {
  sessions: Map<string, MemorySession>
  erased: Map<string, number>
}

export const emptyData = (): MemoryData => ({ sessions: new Map(), erased: new Map() })

/** A store in plain maps, for tests: it keeps the contract and takes no time. `now` gives epoch milliseconds. */
export function createMemoryStore(now: () => number, { sessions, erased }: MemoryData = emptyData()): SessionStore {
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other, as a database with one writer has it. */
  function alone<T>(work: () => T | Promise<T>): Promise<T> {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  function transact<T>(ref: SessionRef, { make = false }, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return alone(async () => {
      const found = structuredClone(sessions.get(ref.key))
      const life = found?.record.incarnation ?? (make ? timesErased(ref.key) : undefined)
      if (life !== ref.incarnation) throw new DeskError('not_found', 'There is no such session.')
      const draft = found ?? { record: newRecord(ref, now()), logs: { visitor: [], desk: [] }, files: [] }
      const value = await work(transaction(draft))
      sessions.set(ref.key, structuredClone(draft))
      return value
    })
  }

  function transaction({ record, logs, files }: MemorySession): Transaction {
    const messages = () => logs.visitor.filter((event) => event.type === 'message')
    const standing = () => standingIn(logs.visitor.filter((event) => event.seq > record.resetSeq))
    const byClientId = (id: string) => messages().find((message) => message.client_msg_id === id)
    return {
      session: record,
      async append(log, ...entries) {
        record.lastAt = now()
        return entries.map((entry) => {
          if (entry.type === 'message' && entry.client_msg_id !== undefined && byClientId(entry.client_msg_id)) {
            throw new Error('a second message of one client_msg_id')
          }
          record.seq[log] += 1
          const place = { seq: record.seq[log], session_id: record.name, timestamp: new Date(record.lastAt).toISOString() }
          const event = { ...structuredClone(entry), ...place }
          logs[log].push(event)
          return event
        })
      },
      messageByClientId: async (id) => byClientId(id),
      messageById: async (id) => messages().find((message) => message.message_id === id),
      files: async (ids) => files.filter(({ file_id }) => ids?.includes(file_id) ?? true),
      async addFile(file) {
        files.push(file)
      },
      latestMessages: async (limit) => structuredClone(standing().slice(-limit)),
    }
  }

  function visible(key: string, log: LogName, after: number): StoredEvent[] {
    return structuredClone(sessions.get(key)?.logs[log].filter((event) => event.seq > after) ?? [])
  }

  const records = () => [...sessions.values()].map(({ record }) => structuredClone(record))
  const timesErased = (key: string) => erased.get(key) ?? 0

  return {
    epoch: 'memory',
    transact,
    find: async (key) => structuredClone(sessions.get(key)?.record),
    filesSize: async () => [...sessions.values()].flatMap(({ files }) => files).reduce((sum, { size }) => sum + size, 0),
    files: async ({ key }) => structuredClone(sessions.get(key)?.files ?? []),
    incarnation: async (key) => timesErased(key),
    read: async ({ key }, log, after, limit) => visible(key, log, after).slice(0, limit),
    async messages({ key }, { after, limit }) {
      return standingIn(visible(key, 'visitor', after)).slice(-limit)
    },
    async list({ limit, before }) {
      const latest = records().sort((a, b) => b.lastAt - a.lastAt || (a.key < b.key ? 1 : -1))
      const place = ({ lastAt, key }: SessionRecord) => `${lastAt}:${key}`
      const from = before === undefined ? 0 : latest.findIndex((record) => place(record) === before) + 1
      if (before !== undefined && from === 0) throw new DeskError('invalid', 'before: not a place in this list')
      const page = latest.slice(from, from + limit)
      const end = page.at(-1)
      return { sessions: page, next: end && latest.length > from + limit ? place(end) : null }
    },
    count: async () => sessions.size,
    async idle(before, limit) {
      const isIdle = ({ status, lastAt, messageCount }: SessionRecord) => status !== 'closed' && lastAt <= before && messageCount > 0
      return records().filter(isIdle).slice(0, limit)
    },
    async withOpenTurns(limit) {
      return records()
        .filter(({ turns }) => turns.length > 0)
        .slice(0, limit)
    },
    async waiting(before, limit) {
      const waits = ({ waitingSince, toldNobodyCame }: SessionRecord) =>
        waitingSince !== undefined && waitingSince <= before && !toldNobodyCame
      return records().filter(waits).slice(0, limit)
    },
    async select(kind, limit) {
      const fits: Record<typeof kind, (record: SessionRecord) => boolean> = {
        waiting: ({ waitingSince }) => waitingSince !== undefined,
        held: ({ operator }) => operator !== undefined,
        open: ({ status, messageCount }) => status !== 'closed' && messageCount > 0,
        closed: ({ status }) => status === 'closed',
      }
      const found = records().filter(fits[kind])
      const sorted =
        kind === 'waiting' ? found.sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0)) : found.sort((a, b) => b.lastAt - a.lastAt)
      return sorted.slice(0, limit)
    },
    erase: (key) =>
      alone(() => {
        if (!sessions.delete(key)) return false
        erased.set(key, timesErased(key) + 1)
        return true
      }),
  }
}

function standingIn(events: StoredEvent[]): StoredMessage[] {
  const replaced = new Set(events.flatMap((event) => (event.type === 'replaced' ? [event.message_id] : [])))
  return events.filter((event) => event.type === 'message').filter(({ message_id }) => !replaced.has(message_id))
}
