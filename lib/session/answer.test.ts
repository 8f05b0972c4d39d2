import { expect, test } from 'vitest'
import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { awaitAnswer, readAnswer } from './answer.ts'
import { ref } from './fixtures.ts'

const place = { seq: 3, session_id: 's', timestamp: 'now' }
type Message = Extract<StoredEvent, { type: 'message' }>
const message = (role: Message['role'], status: Message['status'], in_reply_to?: string[]): Message => {
  return { type: 'message', message_id: 'm', role, status, content: 'Three days.', ...(in_reply_to && { in_reply_to }), ...place }
}
const response = (in_reply_to: string[]): Extract<StoredEvent, { type: 'command_response' }> => {
  return { type: 'command_response', command: 'x', content: 'Done', result: { status: 'success', message: 'Done' }, in_reply_to, ...place }
}

test.each<[boolean, string, LiveEvent]>([
  [true, 'a whole answer that lists it', message('assistant', 'complete', ['other', 'q'])],
  [true, 'an answer that was stopped', message('assistant', 'stopped', ['q'])],
  [true, 'the response to a command', response(['q'])],
  [false, 'an answer to another', message('assistant', 'complete', ['other'])],
  [false, 'a response to another', response(['other'])],
  [false, 'an answer that gave way', message('assistant', 'superseded', ['q'])],
  [false, 'an answer that broke off', message('assistant', 'interrupted', ['q'])],
  [false, 'an answer to nothing', message('assistant', 'complete')],
  [false, 'the question', message('visitor', 'complete')],
  [false, 'a piece of an answer', { type: 'delta', message_id: 'm', offset: 0, text: 'T' }],
])('it is %s that a question is answered by %s', async (expected, _, event) => {
  const start = { epoch: 'e.0', last_seq: 3, recovered: true }
  const log = { follow: async () => Object.assign(once(event), { start }) }
  const answer = await awaitAnswer(log, ref('s'), { seq: 1, messageId: 'q' }, new AbortController().signal)
  expect(answer).toBe(expected ? event : undefined)
})

test.each<[string, LiveEvent]>([
  ['cleared away', { type: 'session_reset', content: 'Cleared', ...place }],
  ['said in other words', { type: 'replaced', message_id: 'q', ...place }],
])('a question that was %s is waited for no longer', async (_, gone) => {
  const start = { epoch: 'e.0', last_seq: 3, recovered: true }
  const log = { follow: async () => Object.assign(once(gone), { start }) }
  const { signal } = new AbortController()
  const asked = { seq: 1, messageId: 'q' }
  await expect(awaitAnswer(log, ref('s'), asked, signal)).rejects.toMatchObject({ code: 'conflict' })
  await expect(readAnswer(log, ref('s'), asked, { signal }).next()).rejects.toMatchObject({ code: 'conflict' })
})

test('a reset that the question came after is none of its business', async () => {
  const start = { epoch: 'e.0', last_seq: 3, recovered: true }
  const reset: LiveEvent = { type: 'session_reset', content: 'Cleared', ...place }
  const log = { follow: async () => Object.assign(once(reset), { start }) }
  expect(await awaitAnswer(log, ref('s'), { seq: 4, messageId: 'q' }, new AbortController().signal)).toBeUndefined()
})

async function* once(event: LiveEvent): AsyncGenerator<LiveEvent> {
  yield event
}
