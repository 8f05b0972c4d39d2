import { expect, test } from 'vitest'
import { readable } from './readable.ts'

test.each([
  ['a short message as it is', 'How long?\nAnd how much?', 'How long?\nAnd how much?'],
  ['runs of space as one', `How  ${' '.repeat(9000)}long?\t\t`, 'How long?'],
  ['empty lines not at all', 'How long?\n \n\n  Really?', 'How long?\nReally?'],
])('reads %s', (_, text, read) => {
  expect(readable(text)).toBe(read)
})

test('reads the beginning and the end of a very long one', () => {
  const read = readable(`First this. ${'and so on '.repeat(1600)} So what do I do?`)
  expect(read).toMatch(/^First this\. .*\n.* So what do I do\?$/s)
  expect(read.length).toBeLessThan(1300)
})
