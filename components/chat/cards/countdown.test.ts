import { expect, it } from 'vitest'
import { clockTime, secondsUntil } from './countdown.ts'

it('is over when the time has come, and not a second before', () => {
  expect(secondsUntil(10_000, 0)).toBe(10)
  expect(secondsUntil(10_000, 9001)).toBe(1)
  expect(secondsUntil(10_000, 10_000)).toBe(0)
  expect(secondsUntil(10_000, 99_000)).toBe(0)
})

it('is written as on a clock', () => {
  expect([0, 9, 60, 299, 3599, 3600, 86_399].map(clockTime)).toEqual(['0:00', '0:09', '1:00', '4:59', '59:59', '1:00:00', '23:59:59'])
})
