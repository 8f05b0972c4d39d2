import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DeskError, isDeskError } from './errors.ts'
import { decodeFrame, encodeEvent, encodeFrame, errorFrame } from './frames.ts'
import { MAX_TEXT } from './ids.ts'

const message = (text: string, more = {}) => ({ type: 'message', text, ...more })
const json = JSON.stringify

describe('an inbound frame', () => {
  test.each([
    ['plain text', 'Hello', message('Hello')],
    ['text that keeps its spaces', ' Hello\n', message(' Hello\n')],
    ['text that looks like a list', '[1, 2]', message('[1, 2]')],
    ['a JSON string', '"Say \\"hi\\""', message('Say "hi"')],
    ['a quotation that is no JSON', '"Hi", she said', message('"Hi", she said')],
    ['{message}', json({ message: 'Hello' }), message('Hello')],
    ['{content}', json({ content: 'Hello' }), message('Hello')],
    ['{text}', json({ text: 'Hello' }), message('Hello')],
    ['{type: text}', json({ type: 'text', content: 'Hello', metadata: { a: 1 }, timestamp: 'now' }), message('Hello')],
    ['{type: message}', json({ type: 'message', message: 'Hello', client_msg_id: 'c1' }), message('Hello', { client_msg_id: 'c1' })],
    ['an empty client_msg_id', json({ message: 'Hello', client_msg_id: null }), message('Hello')],
    ['the first name that says something', json({ content: null, message: 'Hello' }), message('Hello')],
    ['ping', 'ping', { type: 'ping' }],
    ['PING', ' PING ', { type: 'ping' }],
    ['"ping"', '"ping"', { type: 'ping' }],
    ['{type: ping}', json({ type: 'ping' }), { type: 'ping' }],
    ['{message: ping}', json({ message: 'Ping' }), { type: 'ping' }],
    ['a named ping', json({ text: 'ping', client_msg_id: 'a' }), { type: 'ping', client_msg_id: 'a' }],
    ['hello', json({ type: 'hello' }), { type: 'hello', deltas: true }],
    [
      'hello with a cursor',
      json({ type: 'hello', epoch: 'e.0', after: 7, deltas: false, token: 't', locale: 'vi' }),
      { type: 'hello', epoch: 'e.0', after: 7, deltas: false, token: 't', locale: 'vi' },
    ],
    ['typing', json({ type: 'typing', is_typing: true }), { type: 'typing', is_typing: true }],
    ['read', json({ type: 'read', seq: 3 }), { type: 'read', seq: 3 }],
    ['stop', json({ type: 'stop' }), { type: 'stop' }],
    ['close', json({ type: 'close' }), { type: 'close' }],
    ['handoff', json({ type: 'handoff', reason: 'refund' }), { type: 'handoff', reason: 'refund' }],
    ['feedback', json({ type: 'feedback', rating: 5 }), { type: 'feedback', rating: 5 }],
    ['a thumb', json({ type: 'feedback', rating: 'up', message_id: 'm' }), { type: 'feedback', rating: 'up', message_id: 'm' }],
    ['a field too many', json({ type: 'stop', role: 'admin' }), { type: 'stop' }],
    ['as long as a message may be', 'x'.repeat(MAX_TEXT), message('x'.repeat(MAX_TEXT))],
  ])('%s', (_, frame, inbound) => {
    expect(decodeFrame(frame)).toEqual(inbound)
  })

  test.each([
    ['broken JSON', '{"message": "Hel', 'bad_json', /does not parse/],
    ['an empty frame', '', 'invalid', /^the message is empty$/],
    ['a blank message', json({ message: '  ' }), 'invalid', /^message: the message is empty$/],
    ['a blank content', json({ content: '' }), 'invalid', /^content: the message is empty$/],
    ['a blank text', json({ text: '' }), 'invalid', /^text: the message is empty$/],
    ['no text', '{}', 'invalid', /"message", "content" or "text"/],
    ['text that is none', json({ message: 5 }), 'invalid', /^message: must be text$/],
    ['a message too long', 'x'.repeat(MAX_TEXT + 1), 'invalid', /at most 16000/],
    ['a bad client_msg_id', json({ message: 'Hello', client_msg_id: 'a b' }), 'invalid', /^client_msg_id takes 1 to 128 /],
    ['an unknown type', json({ type: 'dance' }), 'unknown_type', /"dance"/],
    ['a type that is none', json({ type: { a: 1 } }), 'unknown_type', /is a word/],
    ['null as type', json({ type: null }), 'unknown_type', /is a word/],
    ['a type of every object', json({ type: 'constructor' }), 'unknown_type', /"constructor"/],
    ['a cursor before the beginning', json({ type: 'hello', after: -1 }), 'invalid', /^after: /],
    ['a cursor that is no number', json({ type: 'hello', after: [1] }), 'invalid', /^after: must be a number$/],
    ['a cursor too large', json({ type: 'hello', after: 2 ** 63 }), 'invalid', /^after: /],
    ['a wrong field', json({ type: 'typing', is_typing: 'yes' }), 'invalid', /^is_typing: must be true or false$/],
    ['a seq below one', json({ type: 'read', seq: 0 }), 'invalid', /^seq: /],
    ['six of five', json({ type: 'feedback', rating: 6 }), 'invalid', /^rating: must be at most 5$/],
  ])('%s is refused by name', (_, frame, code, sentence) => {
    expect(() => decodeFrame(frame)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(sentence) }))
  })

  test('of any kind is understood or refused with a DeskError', () => {
    const types = ['hello', 'message', 'typing', 'read', 'feedback', 'handoff', 'stop', 'ping']
    const fields = { type: fc.constantFrom(...types), message: fc.jsonValue(), after: fc.jsonValue(), rating: fc.jsonValue() }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.record(fields, { requiredKeys: [] }).map(json)), (frame) => {
        try {
          expect(decodeFrame(frame)).toHaveProperty('type')
        } catch (error) {
          expect(isDeskError(error)).toBe(true)
        }
      }),
    )
  })
})

describe('an outbound frame', () => {
  const place = { seq: 1, session_id: 's', timestamp: '2026-01-01T00:00:00.000Z' }

  test('bears its text under both names', () => {
    expect(JSON.parse(encodeFrame({ type: 'pong', content: 'pong', ts: 1 }))).toEqual({
      type: 'pong',
      content: 'pong',
      message: 'pong',
      ts: 1,
    })
  })

  test('without text has neither', () => {
    expect(JSON.parse(encodeFrame({ type: 'typing', role: 'operator', is_typing: true }))).not.toHaveProperty('message')
  })

  test('is written once for all who receive the same event', () => {
    const event = { type: 'system', content: 'Hi', ...place } as const
    expect(encodeEvent(event)).toBe(encodeEvent(event))
    expect(encodeEvent({ ...event, content: 'Ho' })).not.toBe(encodeEvent(event))
  })

  test('names an error, and the message that it is about', () => {
    const error = new DeskError('rate_limited', 'Slowly.', 3)
    expect(errorFrame(error)).toEqual({ type: 'error', content: 'Slowly.', code: 'rate_limited', retryable: true })
    expect(errorFrame(error, 'c1')).toHaveProperty('client_msg_id', 'c1')
  })
})
