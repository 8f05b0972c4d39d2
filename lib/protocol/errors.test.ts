import { describe, expect, test, vi } from 'vitest'
import { DeskError, errorBody, errorCodes, isDeskError, toDeskError, verdict } from './errors.ts'

describe('the table of errors', () => {
  test.each(errorCodes)('%s has a status of the right class and, if it ends a socket, a code a client may see', (code) => {
    const { status, close, retryable } = verdict(code)
    expect(status).toBeGreaterThanOrEqual(400)
    expect([429, 500, 503].includes(status)).toBe(retryable)
    if (close !== undefined) expect([1001, 1009, 1011, 1013, 4001, 4003, 4008, 4029]).toContain(close)
  })

  test('tells sockets what the protocol says', () => {
    const closes = (['unauthorized', 'forbidden', 'too_large', 'rate_limited', 'slow_reader', 'going_away'] as const).map(
      (code) => verdict(code).close,
    )
    expect(closes).toEqual([4001, 4003, 1009, 4008, 4029, 1001])
  })
})

describe('a DeskError', () => {
  test('is known when it comes from another copy of its class', async () => {
    vi.resetModules()
    const copy: typeof import('./errors.ts') = await import('./errors.ts')
    const foreign = new copy.DeskError('rate_limited', 'Slowly.', 3)
    expect(foreign).not.toBeInstanceOf(DeskError)
    expect(isDeskError(foreign)).toBe(true)
    expect(toDeskError(foreign)).toBe(foreign)
  })

  test.each([
    ['an error of another kind', new Error('ENOENT: /home/ann/secret')],
    ['one that only looks alike', { name: 'DeskError', code: 'invalid', message: 'no' }],
    ['one with an unknown code', Object.assign(new Error('no'), { name: 'DeskError', code: 'toString' })],
    ['no error at all', undefined],
  ])('is not %s, which shows nothing of itself', (_, thrown) => {
    expect(isDeskError(thrown)).toBe(false)
    expect(toDeskError(thrown)).toMatchObject({ code: 'internal', message: 'Something went wrong on our side. Please try again.' })
  })

  test('has one body at every HTTP door', () => {
    expect(errorBody(new DeskError('conflict', 'Rated already.'), 'r-1')).toEqual({
      error: { code: 'conflict', message: 'Rated already.', retryable: false, request_id: 'r-1' },
      detail: 'Rated already.',
    })
  })
})
