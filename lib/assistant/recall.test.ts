import { expect, test } from 'vitest'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { recall } from './recall.ts'

const said = (role: StoredMessage['role'], content: string) => ({ role, content }) as StoredMessage
const contents = (messages: StoredMessage[]) => messages.map(({ content }) => content)

test('a short conversation is recalled whole, without its commands', () => {
  const history = [said('visitor', 'How long?'), said('assistant', 'Three days.'), said('visitor', ' /help'), said('assistant', '')]
  expect(recall(history)).toEqual({ earlier: [], recent: history.slice(0, 2) })
  expect(recall([])).toEqual({ earlier: [], recent: [] })
})

test('of a long one the latest messages, and what was asked before them', () => {
  const long = 'word '.repeat(500).trim()
  const history = [
    said('visitor', 'First\nquestion?'),
    said('assistant', long),
    said('visitor', long),
    said('assistant', long),
    said('visitor', 'Last?'),
  ]
  const { earlier, recent } = recall(history)
  expect(contents(recent)).toEqual([long, long, 'Last?'])
  expect(earlier).toEqual(['First question?'])
})

test('a message that is too long for it all leaves the rest as lines', () => {
  const { earlier, recent } = recall([said('visitor', 'a'.repeat(7000)), said('visitor', 'Last?')])
  expect(contents(recent)).toEqual(['Last?'])
  expect(earlier).toEqual([`${'a'.repeat(120)} …`])
})

test('costs no more at the ten thousandth message than at the hundredth', () => {
  const history = Array.from({ length: 10_000 }, (_, at) => said(at % 2 ? 'assistant' : 'visitor', `${at} ${'x'.repeat(200)}`))
  const size = (of: StoredMessage[]) => JSON.stringify(recall(of)).length
  expect(size(history) / size(history.slice(0, 100))).toBeLessThan(1.2)
})
