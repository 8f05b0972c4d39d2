import { afterEach, expect, test } from 'vitest'
import type { OrderCard } from '#lib/protocol/cards.ts'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { chatAnswer } from '#lib/protocol/http.ts'
import type { Answer } from '#lib/session/answer.ts'
import { proofs, ref } from '#lib/session/fixtures.ts'
import { answerBody } from './answer.ts'
import type { House } from './house.ts'

const place = { seq: 3, session_id: 's', timestamp: 'now' }
type Message = Extract<StoredEvent, { type: 'message' }>
const message = (role: Message['role'], status: Message['status'], in_reply_to?: string[]): Message => {
  return { type: 'message', message_id: 'm', role, status, content: 'Three days.', ...(in_reply_to && { in_reply_to }), ...place }
}
const response = (in_reply_to: string[]): Extract<StoredEvent, { type: 'command_response' }> => {
  return { type: 'command_response', command: 'x', content: 'Done', result: { status: 'success', message: 'Done' }, in_reply_to, ...place }
}

let publicUrl: URL | undefined
/** What stands in the log after the answer. */
let written: StoredEvent[] = []
afterEach(() => {
  publicUrl = undefined
  written = []
})

const body = (answer: Answer, status = 'active', token?: string) => {
  const mode = status === 'human' ? 'human' : 'ai'
  const settings = { origins: { publicUrl } }
  const page = async () => ({ events: written })
  const house = { settings, proofs, sessions: { status: async () => ({ status, mode }), page } } as unknown as House
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

test('the addresses of its sources are whole where the desk has one', async () => {
  const cited = (url?: string) => ({ n: 1, source: 's', title: 't', excerpt: 'e', ...(url && { url }) })
  const citations = [cited('/knowledge/shipping#costs'), cited('https://help.example/a'), cited()]
  const answer = { ...message('assistant', 'complete', ['q']), citations }
  expect((await body(answer)).citations.map(({ url }) => url)).toEqual(['/knowledge/shipping#costs', 'https://help.example/a', undefined])
  publicUrl = new URL('https://desk.example.com')
  const whole = 'https://desk.example.com/knowledge/shipping#costs'
  expect((await body(answer)).citations.map(({ url }) => url)).toEqual([whole, 'https://help.example/a', undefined])
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

test('what is to be approved ends with the line that approves it', async () => {
  const card: OrderCard = { kind: 'order', status: 'proposed', items: [], total: '166.85', currency: 'USD' }
  const expires_at = '2030-01-01T00:00:00.000Z'
  const asked = { approval_id: 'a-7', tool: 'create_order', summary: 'One monitor', card, digest: 'd', expires_at, content: 'One monitor' }
  written = [{ type: 'approval_request', ...asked, ...place, seq: 4 }]
  const told = await body({ ...message('assistant', 'complete', ['q']), tool_calls: [{ name: 'create_order', status: 'ok' }] })
  expect(told).toMatchObject({
    response: 'Three days.\n\nconfirm A72222',
    reply: 'Three days.\n\nconfirm A72222',
    tool_calls: [{ name: 'create_order', status: 'ok' }],
    approval: { approval_id: 'a-7', code: 'A72222', expires_at, summary: 'One monitor' },
  })
  expect(chatAnswer.parse(told)).toEqual(told)
})
