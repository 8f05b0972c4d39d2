import { describe, expect, test } from 'vitest'
import { createBreaker, FAILURES, REST_MS } from './breaker.ts'

describe('a breaker', () => {
  let now = 0
  const open = () => {
    const breaker = createBreaker(() => now)
    for (let at = 0; at < FAILURES; at += 1) breaker.enter()?.failed()
    return breaker
  }

  test('opens after five failures in a row, not before', () => {
    const breaker = createBreaker(() => now)
    for (let at = 1; at < FAILURES; at += 1) breaker.enter()?.failed()
    expect(FAILURES).toBe(5)
    expect(breaker.isOpen()).toBe(false)
    breaker.enter()?.failed()
    expect(breaker.isOpen()).toBe(true)
    expect(breaker.enter()).toBeUndefined()
  })

  test('forgets failures when something succeeds', () => {
    const breaker = createBreaker(() => now)
    for (let at = 0; at < 20; at += 1) {
      breaker.enter()?.[at % FAILURES === FAILURES - 1 ? 'succeeded' : 'failed']()
    }
    expect(breaker.isOpen()).toBe(false)
  })

  test('lets one probe through after thirty seconds, and closes when it succeeds', () => {
    const breaker = open()
    now += REST_MS - 1
    expect(breaker.enter()).toBeUndefined()
    now += 1
    const probe = breaker.enter()
    expect(probe).toBeDefined()
    expect(breaker.enter()).toBeUndefined()
    probe?.succeeded()
    expect(breaker.isOpen()).toBe(false)
    expect([breaker.enter(), breaker.enter()]).not.toContain(undefined)
  })

  test('rests again when the probe fails', () => {
    const breaker = open()
    now += REST_MS
    breaker.enter()?.failed()
    now += REST_MS - 1
    expect(breaker.enter()).toBeUndefined()
    now += 1
    expect(breaker.enter()).toBeDefined()
  })

  test('lets the next probe through when a visitor left during one', () => {
    const breaker = open()
    now += REST_MS
    breaker.enter()?.leave()
    expect(breaker.enter()).toBeDefined()
  })

  test('does not rest longer for requests that had begun before', () => {
    const breaker = createBreaker(() => now)
    const permits = Array.from({ length: FAILURES + 1 }, () => breaker.enter())
    for (const permit of permits.slice(1)) permit?.failed()
    now += REST_MS - 1
    permits[0]?.failed()
    now += 1
    expect(breaker.enter()).toBeDefined()
  })

  test('counts each request once', () => {
    const breaker = createBreaker(() => now)
    const permit = breaker.enter()
    for (let at = 0; at < 2 * FAILURES; at += 1) permit?.failed()
    expect(breaker.isOpen()).toBe(false)
  })
})
