import { expect, it } from 'vitest'
import { cutAtMarks } from './marks.ts'

const isCited = (n: number) => n >= 1 && n <= 3

it('cuts a text at the marks of what is cited', () => {
  expect(cutAtMarks('So it is [1]. And so [2][3]', isCited)).toEqual(['So it is ', 1, '. And so ', 2, 3])
  expect(cutAtMarks('[1] first', isCited)).toEqual([1, ' first'])
})

it('leaves all other brackets in the text', () => {
  for (const text of ['a [4] b', 'a [0]', 'a [x]', 'a [1.5]', 'a [1', 'a 1]', 'a [1234]', '']) {
    expect(cutAtMarks(text, isCited).join('')).toBe(text)
    expect(cutAtMarks(text, isCited).every((cut) => typeof cut === 'string')).toBe(true)
  }
})
