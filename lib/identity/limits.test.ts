import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ref } from '#lib/session/fixtures.ts'
import { createMessageLimits } from './limits.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const visitor = (ip?: string) => ({ role: 'visitor' as const, ...(ip && { ip }) })
const refused = { code: 'rate_limited', retryAfter: 60, message: 'Too many messages. Please wait 60 seconds.' }

test('lets a session send so many messages a minute, and tells when to come back', async () => {
  const allow = createMessageLimits({ perSession: 2, perAddress: 100 })
  await allow(visitor(), ref('a'))
  await allow(visitor(), ref('a'))
  await expect(allow(visitor(), ref('a'))).rejects.toMatchObject(refused)
  await allow(visitor(), ref('b'))
  vi.advanceTimersByTime(59_000)
  await expect(allow(visitor(), ref('a'))).rejects.toMatchObject({ retryAfter: 1 })
  vi.advanceTimersByTime(1001)
  await allow(visitor(), ref('a'))
})

test('lets an address send so many, over all its sessions', async () => {
  const allow = createMessageLimits({ perSession: 100, perAddress: 2 })
  await allow(visitor('10.0.0.1'), ref('a'))
  await allow(visitor('10.0.0.1'), ref('b'))
  await expect(allow(visitor('10.0.0.1'), ref('c'))).rejects.toMatchObject(refused)
  await allow(visitor('10.0.0.2'), ref('c'))
  await allow(visitor(), ref('c'))
})

test('lets everything pass without limits', async () => {
  const allow = createMessageLimits(undefined)
  for (let count = 0; count < 100; count += 1) await allow(visitor('10.0.0.1'), ref('a'))
})
