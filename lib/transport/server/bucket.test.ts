import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBucket } from './bucket.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const taken = (bucket: ReturnType<typeof createBucket>, times: number) => Array.from({ length: times }, () => bucket.take())

test('a bucket gives twice its rate at once, then says how long to wait', () => {
  const bucket = createBucket(10)
  expect(taken(bucket, 21)).toEqual([...Array(20).fill(0), 100])
  vi.advanceTimersByTime(99)
  expect(bucket.take()).toBeCloseTo(1)
  vi.advanceTimersByTime(1)
  expect(taken(bucket, 2)).toEqual([0, 100])
})

test('a bucket fills no further than it is large', () => {
  const bucket = createBucket(10)
  vi.advanceTimersByTime(3_600_000)
  expect(taken(bucket, 21).filter((wait) => wait === 0)).toHaveLength(20)
})
