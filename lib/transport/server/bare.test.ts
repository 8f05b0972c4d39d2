import { expect, test } from 'vitest'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { asBare } from './bare.ts'

const place = { seq: 3, session_id: 's', timestamp: 'now' }
type Message = Extract<LiveEvent, { type: 'message' }>
const message = (role: Message['role'], status: Message['status'], content = 'Hi'): LiveEvent => {
  return { type: 'message', message_id: 'm', role, status, content, ...place }
}
const parsed = (event: LiveEvent) => {
  const frame = asBare(event)
  return frame === undefined ? undefined : JSON.parse(frame)
}

test.each([
  ['an answer', message('assistant', 'complete')],
  ['an operator', message('operator', 'complete')],
  ['the system', message('system', 'complete')],
  ['an answer that was stopped', message('assistant', 'stopped')],
  [
    'a response',
    { type: 'command_response', command: 'x', content: 'Hi', result: { status: 'success', message: 'Hi' }, ...place } as const,
  ],
  ['a note', { type: 'system', content: 'Hi', ...place } as const],
  ['an error', { type: 'error', code: 'internal', content: 'Hi', retryable: true, ...place } as const],
])('%s is told as it is, its text under both names', (_, event) => {
  expect(parsed(event)).toEqual({ ...event, message: 'Hi' })
})

test.each([
  { type: 'broadcast', content: 'Hi', ...place } as const,
  { type: 'handoff', state: 'requested', reason: 'private', content: 'Hi', ...place } as const,
  { type: 'feedback_request', content: 'Hi', ...place } as const,
])('$type is told as a note of the system', (event) => {
  expect(parsed(event)).toEqual({ type: 'system', content: 'Hi', message: 'Hi', ...place })
})

test.each<[string, LiveEvent]>([
  ['what the visitor said', message('visitor', 'complete')],
  ['an answer that gave way', message('assistant', 'superseded')],
  ['an answer that broke off', message('assistant', 'interrupted')],
  ['an answer stopped before its first word', message('assistant', 'stopped', '')],
  ['a piece', { type: 'delta', message_id: 'm', offset: 0, text: 'H' }],
  ['typing', { type: 'typing', role: 'operator', is_typing: true }],
  ['a mark', { type: 'read', role: 'visitor', up_to: 1, ...place }],
  ['a grade', { type: 'feedback', rating: 5, ...place }],
  ['the end', { type: 'session_closed', reason: 'idle', ...place }],
  ['a beginning', { type: 'session_reopened', ...place }],
  ['a reset', { type: 'session_reset', content: 'Hi', ...place }],
])('%s is not told', (_, event) => expect(parsed(event)).toBeUndefined())
