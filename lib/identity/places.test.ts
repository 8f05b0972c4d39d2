import { expect, test } from 'vitest'
import { createPlaces } from './places.ts'

const crowded = expect.objectContaining({ code: 'too_many_connections', retryAfter: 10 })

test('an address has so many places, however they are used', () => {
  const take = createPlaces({ perSession: 9, perAddress: 2 })
  const first = take('10.0.0.1')
  take('10.0.0.1')
  expect(() => take('10.0.0.1')).toThrow(crowded)
  take('10.0.0.2')
  first.leave()
  first.leave()
  take('10.0.0.1')
  expect(() => take('10.0.0.1')).toThrow(crowded)
})

test('a session has so many places, from wherever', () => {
  const take = createPlaces({ perSession: 1, perAddress: 9 })
  const first = take('10.0.0.1')
  first.join('a')
  const second = take('10.0.0.2')
  expect(() => second.join('a')).toThrow(crowded)
  second.join('b')
  first.leave()
  take('10.0.0.3').join('a')
})
