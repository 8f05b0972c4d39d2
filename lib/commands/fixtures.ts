import type { StoredMessage } from '#lib/protocol/events.ts'
import { ref } from '#lib/session/fixtures.ts'
import type { TurnContext } from '#lib/session/ports.ts'
import { newRecord } from '#lib/session/record.ts'

/** What commands are tested with: a message, and the turn in which a line was typed. */

export function said(role: StoredMessage['role'], content: string, message_id = 'm', more: Partial<StoredMessage> = {}): StoredMessage {
  return { role, content, message_id, timestamp: '2026-01-01T00:00:00.000Z', ...more } as StoredMessage
}

export function answered(question: string, content: string): StoredMessage {
  return said('assistant', content, `answer to ${question}`, { in_reply_to: [question] })
}

export function context(line: string, history: StoredMessage[] = [], more: Partial<TurnContext['session']> = {}): TurnContext {
  const session = { ...newRecord(ref('user-123'), Date.UTC(2026, 0, 1)), messageCount: 3, ...more }
  return {
    session,
    turn: {} as TurnContext['turn'],
    questions: [said('visitor', line)],
    history,
    readFile: async () => undefined,
    degraded: false,
  }
}
