import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silent } from '#lib/session/fixtures.ts'
import { createOwnerKey } from './owner-key.ts'

const key = 'the-key-of-the-owner,-long-enough'
const warn = vi.fn()
let isOwnerKey: ReturnType<typeof createOwnerKey>

beforeEach(() => {
  vi.useFakeTimers()
  warn.mockClear()
  isOwnerKey = createOwnerKey(key, { ...silent, warn })
})
afterEach(() => {
  vi.useRealTimers()
})

test('the key is known, however often it is shown', async () => {
  for (let count = 0; count < 50; count += 1) expect(await isOwnerKey(key, '10.0.0.1')).toBe(true)
  expect(warn).not.toHaveBeenCalled()
})

test.each(['', key.slice(1), `${key} `, key.toUpperCase()])('another is not: %j', async (other) => {
  expect(await isOwnerKey(other, '10.0.0.1')).toBe(false)
})

test('after ten wrong ones an address waits for a minute, also with the right one; others do not', async () => {
  const guesses = await Promise.allSettled(Array.from({ length: 15 }, (_, at) => isOwnerKey(`guess ${at}`, '10.0.0.1')))
  expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  const refused = { code: 'rate_limited', retryAfter: 60 }
  await expect(isOwnerKey(key, '10.0.0.1')).rejects.toMatchObject(refused)
  expect(await isOwnerKey(key, '10.0.0.2')).toBe(true)
  await vi.advanceTimersByTimeAsync(60_001)
  expect(await isOwnerKey(key, '10.0.0.1')).toBe(true)
})

test('wrong ones are logged with the address, and never themselves', async () => {
  for (let count = 0; count < 12; count += 1) await isOwnerKey('a guess', '10.0.0.1').catch(() => false)
  expect(warn).toHaveBeenCalledTimes(10)
  expect(warn).toHaveBeenLastCalledWith(
    { ip: '10.0.0.1', wrong: 10 },
    'a wrong admin key was shown: it is not listened to for the rest of the minute',
  )
  expect(JSON.stringify(warn.mock.calls)).not.toContain('a guess')
})
