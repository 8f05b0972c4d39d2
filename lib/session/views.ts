import type { StoredMessage } from '#lib/protocol/events.ts'
import type { SessionInfo, SessionStatus } from '#lib/protocol/http.ts'
import type { Customer, SessionRecord, SessionRef, SessionStore } from './ports.ts'
import { customerOf } from './record.ts'

/** What can be seen of sessions without following them. */

export type SessionViews = ReturnType<typeof createViews>

/** Messages that one look at a session's history shows at most. */
const HISTORY = 1000

/** `now` gives epoch milliseconds. */
export function createViews(store: SessionStore, now: () => number) {
  const customerIn = (record: SessionRecord | undefined) => record && customerOf(record, now())

  async function status(ref: SessionRef): Promise<SessionStatus> {
    const record = await store.find(ref.key)
    return {
      session_id: ref.name,
      status: record?.status ?? 'active',
      mode: record?.status === 'human' ? 'human' : 'ai',
      ...(record?.operator && { operator: { name: record.operator.name } }),
      is_authenticated: customerIn(record) !== undefined,
      last_seq: record?.seq.visitor ?? 0,
      feedback_due: record?.survey === 'due',
    }
  }

  async function info(ref: SessionRef): Promise<SessionInfo> {
    const record = await store.find(ref.key)
    const messages = record ? await store.messages(ref, { after: record.resetSeq, limit: HISTORY }) : []
    return {
      session_id: ref.name,
      message_count: record?.messageCount ?? 0,
      history: messages.map(asHistory),
      is_authenticated: customerIn(record) !== undefined,
      customer_info: customerInfo(customerIn(record)),
    }
  }

  /** Who is signed in. */
  async function customer(ref: SessionRef): Promise<SessionInfo['customer_info']> {
    return customerInfo(customerIn(await store.find(ref.key)))
  }

  /** Sessions by latest activity. */
  async function list(options: { limit: number; before?: string | undefined }) {
    const { sessions, next } = await store.list(options)
    const rows = sessions.map(async (record) => {
      const [last] = await store.messages(record, { after: record.resetSeq, limit: 1 })
      const { name: session_id, key, messageCount: message_count, status, grade, waitingSince } = record
      return {
        session_id,
        key,
        message_count,
        last_message: last ? asHistory(last) : null,
        status,
        waiting_since: waitingSince === undefined ? null : new Date(waitingSince).toISOString(),
        rating: grade?.rating ?? null,
      }
    })
    return { sessions: await Promise.all(rows), count: await store.count(), next }
  }

  /** The latest question that is not answered yet, and where it stands in the log. */
  async function openQuestion(ref: SessionRef): Promise<{ seq: number; messageId: string } | undefined> {
    const record = await store.find(ref.key)
    const messageId = record?.turns.at(-1)?.questions.at(-1)
    if (!record || messageId === undefined) return undefined
    const recent = await store.messages(ref, { after: record.resetSeq, limit: HISTORY })
    const question = recent.find((message) => message.message_id === messageId)
    return question && { seq: question.seq, messageId }
  }

  return { status, info, customer, list, openQuestion }
}

function customerInfo(customer: Customer | undefined): SessionInfo['customer_info'] {
  return customer ? { customer_id: customer.id, name: customer.name, email: customer.email ?? '' } : null
}

const roles = { visitor: 'user', assistant: 'assistant', operator: 'assistant', system: 'system' } as const

function asHistory({ role, content, author, timestamp, message_id }: StoredMessage): SessionInfo['history'][number] {
  return { role: roles[role], content, timestamp, message_id, ...(author && { author: { name: author.name } }) }
}
