import { RateLimiterMemory } from 'rate-limiter-flexible'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Allow } from '#lib/session/ports.ts'

export interface MessageLimits {
  /** Messages per session and minute. */
  perSession: number
  /** Messages per network address and minute. */
  perAddress: number
}

/** Counts messages before they are taken; `undefined` limits let everything pass. */
export function createMessageLimits(limits: MessageLimits | undefined): Allow {
  if (!limits) return async () => undefined
  const bySession = new RateLimiterMemory({ points: limits.perSession, duration: 60 })
  const byAddress = new RateLimiterMemory({ points: limits.perAddress, duration: 60 })
  return async ({ ip }, { key }) => {
    await take(bySession, key)
    if (ip !== undefined) await take(byAddress, ip)
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refused) {
    const seconds = Math.ceil((refused as { msBeforeNext: number }).msBeforeNext / 1000)
    throw new DeskError('rate_limited', `Too many messages. Please wait ${seconds} seconds.`, seconds)
  }
}
