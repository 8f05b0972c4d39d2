import { expect, it } from 'vitest'
import { MAX_TEXT } from '#lib/protocol/ids.ts'
import { lengthOf, MAX_MESSAGE } from './message-length.ts'

it('is the limit of the protocol', () => {
  expect(MAX_MESSAGE).toBe(MAX_TEXT)
})

it('tells in time, and by how much it is too much', () => {
  expect(lengthOf('a'.repeat(MAX_MESSAGE - 501))).toBeUndefined()
  expect(lengthOf('a'.repeat(MAX_MESSAGE - 500))).toEqual({ left: 500 })
  expect(lengthOf('a'.repeat(MAX_MESSAGE))).toEqual({ left: 0 })
  expect(lengthOf('a'.repeat(MAX_MESSAGE + 1))).toEqual({ over: 1 })
})
