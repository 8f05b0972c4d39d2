import { expect, test } from 'vitest'
import { createIntentReader } from './intent.ts'
import { asksAmong, leansOnContext, pointOf, splitQuestion, understand } from './understand.ts'

test('two questions joined by “and” are two parts', () => {
  expect(splitQuestion('How long does shipping take and what does it cost?')).toEqual(['How long does shipping take', 'what does it cost?'])
  expect(splitQuestion('Do you take PayPal? And can I pay monthly?')).toEqual(['Do you take PayPal?', 'And can I pay monthly?'])
})

test('one question with “and” in it stays one', () => {
  const one = 'Do you repair laptops and printers?'
  expect(splitQuestion(one)).toEqual([one])
})

test('what leads up to a question is told from its point', () => {
  expect(pointOf('I opened the laptop, how do I send it back?')).toEqual({ lead: 'I opened the laptop', point: 'how do I send it back?' })
  expect(pointOf('How do I send back a laptop?')).toBeUndefined()
})

test('a story before a question is not asked; where nothing has a question mark, wishes ask as well', () => {
  const asked = (...parts: string[]) => parts.filter((part) => asksAmong(parts, part))
  expect(asked('The screen is smashed and I need it.', 'How many pictures do you want?')).toEqual(['How many pictures do you want?'])
  expect(asked('how long does it take', 'what does it cost?')).toHaveLength(2)
  expect(asked('I want to send it back.', 'It is a laptop.')).toHaveLength(2)
})

test('a question that points back or hardly says anything leans on what was said', () => {
  for (const text of ['and what does it cost?', 'how much?', 'does it cover theft']) expect(leansOnContext(text)).toBe(true)
  expect(leansOnContext('How much is shipping to Hawaii?')).toBe(false)
})

test.each([
  ['one line again and again', 'how do I ship it\n'.repeat(940)],
  ['commas without end', 'a,'.repeat(8000)],
  ['a gap without end', `how${' '.repeat(15_900)}is it`],
  ['different questions without end', Array.from({ length: 500 }, (_, index) => `What does number ${index} cost?`).join(' ')],
])('the work that a message makes is bounded: %s', (_, content) => {
  const place = { seq: 1, session_id: 's', timestamp: '', message_id: 'm' }
  const message = { type: 'message', role: 'visitor', status: 'complete', content, ...place } as const
  const { text, parts } = understand([message], [message, message], createIntentReader([]))
  expect(text.length).toBeLessThan(1300)
  expect(parts.length).toBeLessThanOrEqual(4)
})
