import { describe, expect, test } from 'vitest'
import { clientMessageId, sessionId } from './ids.ts'

describe('session_id', () => {
  test.each(['user-123', 'A.b_c:d', 'x'.repeat(64), 'chats', 'Chat'])('takes %j', (id) => {
    expect(sessionId.safeParse(id).success).toBe(true)
  })
  test.each(['', 'x'.repeat(65), 'a b', 'a/b', 'a~b', 'é', 'line\n', '.', '..', 'chat', 'auth', 'new', 'ui', 'stream', 7, null])(
    'refuses %j',
    (id) => {
      expect(sessionId.safeParse(id).success).toBe(false)
    },
  )
})

describe('client_msg_id', () => {
  test.each(['1', '!~{}', 'x'.repeat(128)])('takes %j', (id) => expect(clientMessageId.safeParse(id).success).toBe(true))
  test.each(['', 'a b', 'ü', 'a\n', 'x'.repeat(129), 1])('refuses %j', (id) => expect(clientMessageId.safeParse(id).success).toBe(false))
})
