import { expect, test } from 'vitest'
import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { chatAnswer } from '#lib/protocol/http.ts'
import { ref } from '#lib/session/fixtures.ts'
import { type Answer, answerBody, isAnswerTo } from './answer.ts'
import type { House } from './house.ts'

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
])('it is %s that a question is answered by %s', (expected, _, event) => expect(isAnswerTo('q', event)).toBe(expected))

const body = (answer: Answer, status = 'active', token?: string) => {
  const mode = status === 'human' ? 'human' : 'ai'
  const house = { sessions: { status: async () => ({ status, mode }) } } as unknown as House
  return answerBody(house, ref('user-123'), answer, token)
}

test('an answer over HTTP has all that was promised', async () => {
  const citations = [{ n: 1, source: 's', title: 't', excerpt: 'e' }]
  const decision = { kind: 'answer' as const, reasons: [] }
  const answer = { ...message('assistant', 'complete', ['q']), confidence: 0.9, citations, decision, options: ['Yes'] }
  const told = await body(answer, 'active', 'a token')
  expect(told).toEqual({
    response: 'Three days.',
    reply: 'Three days.',
    session_id: 'user-123',
    session_token: 'a token',
    message_id: 'm',
    tool_calls: null,
    confidence: 0.9,
    citations,
    decision,
    options: ['Yes'],
    handoff: { requested: false, state: 'none' },
    mode: 'ai',
  })
  expect(chatAnswer.parse(told)).toEqual(told)
})

test('the response to a command over HTTP has its result', async () => {
  const told = await body(response(['q']))
  expect(told).toMatchObject({ response: 'Done', command: 'x', result: { status: 'success' }, confidence: null, citations: [] })
  expect(told).not.toHaveProperty('message_id')
  expect(told).not.toHaveProperty('session_token')
})

test.each([
  ['waiting', { requested: true, state: 'waiting' }],
  ['human', { requested: true, state: 'human' }],
  ['closed', { requested: false, state: 'closed' }],
])('a session that is %s says how the handoff stands', async (status, handoff) => {
  expect((await body(message('assistant', 'complete', ['q']), status)).handoff).toEqual(handoff)
})
