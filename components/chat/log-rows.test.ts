import { describe, expect, it } from 'vitest'
import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { emptyState, reduce } from '#lib/protocol/state.ts'
import { isBlank, isBusy, lastOwnText, offeringMessage, rowsOf, withoutReplies } from './log-rows.ts'

const dayKey = (iso: string) => iso.slice(0, 10)
let seq = 0

function said(role: 'visitor' | 'assistant', content: string, more: Partial<StoredMessage> = {}): StoredMessage {
  seq += 1
  const place = { seq, session_id: 's', timestamp: '2026-11-20T12:00:00Z' }
  return { type: 'message', message_id: `m${seq}`, role, content, status: 'complete', ...place, ...more }
}

const told = (...events: StoredEvent[]) => events.reduce(reduce, emptyState)
const kinds = (...given: Parameters<typeof rowsOf>) => rowsOf(...given).map(({ kind }) => kind)

describe('rows', () => {
  it('begin each day with its name', () => {
    const log = told(said('visitor', 'a'), said('visitor', 'b'), said('visitor', 'c', { timestamp: '2026-11-21T00:00:00Z' }))
    expect(kinds({ ...log, open: [] }, [], dayKey)).toEqual(['day', 'visitor', 'visitor', 'day', 'visitor'])
  })

  it('show that the assistant thinks until its answer begins', () => {
    const log = told(said('visitor', 'a'))
    expect(kinds(log, [], dayKey)).toEqual(['day', 'visitor', 'thinking'])
    expect(isBusy(log)).toBe(true)
    const running = reduce(log, { type: 'delta', message_id: 'x', offset: 0, text: 'So' })
    expect(kinds(running, [], dayKey)).toEqual(['day', 'visitor', 'answer'])
    expect(kinds({ ...log, status: 'human' }, [], dayKey)).toEqual(['day', 'visitor'])
  })

  it('keep a key from the sending to the log, and from the first word to the last', () => {
    const unsent = { client_msg_id: 'c1', text: 'a', at: 0 }
    const waiting = rowsOf(emptyState, [unsent], dayKey)
    const log = told(said('visitor', 'a', { client_msg_id: 'c1' }))
    expect(rowsOf(log, [], dayKey).find(({ kind }) => kind === 'visitor')?.key).toBe(waiting[0]?.key)
    expect(kinds(log, [unsent], dayKey)).not.toContain('unsent')

    const running = rowsOf({ ...log, running: { message_id: 'x', text: 'So' } }, [], dayKey)
    const done = rowsOf(told(said('assistant', 'So it is', { message_id: 'x' })), [], dayKey)
    expect(running.find(({ kind }) => kind === 'answer')?.key).toBe(done.find(({ kind }) => kind === 'answer')?.key)
  })
})

describe('an attempt at an answer', () => {
  const question = said('visitor', 'a', { message_id: 'q' })
  const attempt = said('assistant', 'So', { message_id: 'half', status: 'interrupted', in_reply_to: ['q'] })
  const folded = (...events: StoredEvent[]) =>
    rowsOf(told(question, attempt, ...events), [], dayKey).flatMap((row) => (row.kind === 'attempt' ? row.folded : []))

  it('stays in sight until the same question has its whole answer, and in the log for good', () => {
    expect(folded()).toEqual([false])
    expect(folded(said('assistant', 'So it is', { status: 'superseded', in_reply_to: ['q'] }))).toEqual([false, false])
    expect(folded(said('assistant', 'No', { in_reply_to: ['other'] }))).toEqual([false])
    expect(folded(said('assistant', 'S', { status: 'stopped', in_reply_to: ['q'] }))).toEqual([false])
    expect(folded(said('assistant', 'So it is', { in_reply_to: ['q', 'other'] }))).toEqual([true])
  })
})

describe('a cleared log', () => {
  const place = { session_id: 's', timestamp: '2026-11-20T12:00:00Z' }
  const content = 'The conversation was cleared.'
  const reset = (): StoredEvent => ({ type: 'session_reset', content, seq: ++seq, ...place })
  const ran = (command: string, words = content): StoredEvent => {
    const result = { status: 'success' as const, message: words }
    return { type: 'command_response', command, content: words, result, seq: ++seq, ...place }
  }

  it('says so once', () => {
    expect(kinds(told(said('visitor', '/clear'), reset(), ran('clear'), said('visitor', 'a')), [], dayKey)).toEqual([
      'day',
      'note',
      'visitor',
      'thinking',
    ])
    expect(kinds(told(reset(), ran('help', 'Help')), [], dayKey)).toEqual(['day', 'note', 'note'])
  })

  it('is as blank as one in which nothing was said', () => {
    expect(isBlank(emptyState, [])).toBe(true)
    expect(isBlank(told(said('visitor', 'a'), reset(), ran('clear')), [])).toBe(true)
    expect(isBlank(emptyState, [{ client_msg_id: 'c', text: 'a', at: 0 }])).toBe(false)
    expect(isBlank(told(reset(), ran('help', 'Help')), [])).toBe(false)
    expect(isBlank(told(reset(), said('visitor', 'a')), [])).toBe(false)
  })
})

describe('replies', () => {
  const offer = said('assistant', 'Which?\n- A\n- B', { message_id: 'offer', options: ['A', 'B'] })

  it('are offered by the latest message, while nothing is said to it', () => {
    expect(offeringMessage(told(offer), [])).toBe('offer')
    expect(offeringMessage(told(offer), [{ client_msg_id: 'c', text: 'A', at: 0 }])).toBeUndefined()
    expect(offeringMessage(told(offer, said('visitor', 'A')), [])).toBeUndefined()
    expect(offeringMessage(told(said('assistant', 'So.')), [])).toBeUndefined()
  })

  it('need no list in the text beside the buttons', () => {
    expect(withoutReplies('Which?\n- A\n- B', ['A', 'B'])).toBe('Which?')
    expect(withoutReplies('Which?\n- A\n- C', ['A', 'B'])).toBe('Which?\n- A\n- C')
  })
})

it('takes up the last own words again, sent or not', () => {
  const log = told(said('visitor', 'a'), said('assistant', 'b'))
  expect(lastOwnText(log, [])).toBe('a')
  expect(lastOwnText(log, [{ client_msg_id: 'c', text: 'z', at: 0 }])).toBe('z')
  expect(lastOwnText(emptyState, [])).toBeUndefined()
})
