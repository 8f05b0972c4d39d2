import { expect, test } from 'vitest'
import { leansOnContext, pointOf, splitQuestion } from './understand.ts'

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

test('a question that points back or hardly says anything leans on what was said', () => {
  for (const text of ['and what does it cost?', 'how much?', 'does it cover theft']) expect(leansOnContext(text)).toBe(true)
  expect(leansOnContext('How much is shipping to Hawaii?')).toBe(false)
})
