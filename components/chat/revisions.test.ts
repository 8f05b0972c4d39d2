import { expect, it } from 'vitest'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { emptyState, reduce, type SessionState } from '#lib/protocol/state.ts'
import { editable, repeatable } from './revisions.ts'

let seq = 0
const place = () => ({ seq: ++seq, session_id: 's', timestamp: '2026-11-20T12:00:00Z' })
const asked = (message_id: string): StoredMessage => ({
  type: 'message',
  message_id,
  role: 'visitor',
  content: 'Q',
  status: 'complete',
  ...place(),
})
const answered = (message_id: string, to: string, status: StoredMessage['status'] = 'complete'): StoredMessage => {
  return { type: 'message', message_id, role: 'assistant', content: 'A', status, in_reply_to: [to], ...place() }
}
const told = (...events: Array<StoredMessage | ReturnType<typeof replaced>>): SessionState => events.reduce(reduce, emptyState)
const replaced = (message_id: string) => ({ type: 'replaced' as const, message_id, ...place() })
const unsent = [{ client_msg_id: 'c', text: 'Q', at: 0 }]

it('of an empty log nothing can be taken back', () => {
  expect(editable(emptyState, [])).toBeUndefined()
  expect(repeatable(emptyState, [])).toBeUndefined()
})

it('the last message can, while nothing newer is on its way', () => {
  const log = told(asked('q1'), answered('a1', 'q1'), asked('q2'))
  expect(editable(log, [])).toBe('q2')
  expect(editable(log, unsent)).toBeUndefined()
  expect(editable({ ...log, status: 'human' }, [])).toBeUndefined()
})

it('the last answer can, when it is the last thing said', () => {
  const log = told(asked('q1'), answered('a1', 'q1'))
  expect(repeatable(log, [])).toBe('a1')
  expect(repeatable(log, unsent)).toBeUndefined()
  expect(repeatable({ ...log, status: 'human' }, [])).toBeUndefined()
  expect(repeatable(reduce(log, asked('q2')), [])).toBeUndefined()
  expect(repeatable({ ...log, running: { message_id: 'x', text: '' } }, [])).toBeUndefined()
  expect(repeatable(told(asked('q1'), answered('a1', 'q1', 'stopped')), [])).toBe('a1')
})

it('what was taken back already cannot again', () => {
  const log = told(asked('q1'), answered('a1', 'q1'), replaced('q1'), replaced('a1'), asked('q2'), answered('a2', 'q2'))
  expect(editable(log, [])).toBe('q2')
  expect(repeatable(log, [])).toBe('a2')
  expect(repeatable(reduce(log, replaced('a2')), [])).toBeUndefined()
})
