import { describe, expect, it } from 'vitest'
import { createClock, localeOf, writtenDate } from './time.ts'

describe('the clock', () => {
  const berlin = createClock('en-GB', 'Europe/Berlin')
  const now = new Date('2026-11-20T12:00:00Z')

  it('tells the time where the visitor is', () => {
    expect(berlin.time('2026-11-20T13:05:00Z')).toBe('14:05')
    expect(createClock('en-US', 'America/New_York').time('2026-11-20T13:05:00Z')).toMatch(/^8:05\sAM$/)
  })

  it('names days by their distance, counted where the visitor is', () => {
    expect(berlin.day('2026-11-19T23:30:00Z', now)).toBe('Today')
    expect(berlin.day('2026-11-19T22:30:00Z', now)).toBe('Yesterday')
    expect(berlin.day('2026-11-16T10:00:00Z', now)).toMatch(/^Monday,? 16 November$/)
    expect(berlin.day('2025-11-16T10:00:00Z', now)).toBe('16 November 2025')
  })

  it('finds yesterday over months, years and days of 23 and 25 hours', () => {
    expect(berlin.day('2026-10-31T12:00:00Z', new Date('2026-11-01T12:00:00Z'))).toBe('Yesterday')
    expect(berlin.day('2025-12-31T12:00:00Z', new Date('2026-01-01T12:00:00Z'))).toBe('Yesterday')
    expect(berlin.day('2026-10-24T22:30:00Z', new Date('2026-10-25T23:30:00Z'))).toBe('Yesterday')
    expect(berlin.day('2026-03-28T23:30:00Z', new Date('2026-03-29T22:30:00Z'))).toBe('Yesterday')
  })

  it('gives times of one day one key', () => {
    expect(berlin.dayKey('2026-11-19T23:30:00Z')).toBe('2026-11-20')
    expect(berlin.dayKey('2026-11-20T22:59:00Z')).toBe('2026-11-20')
  })
})

it('writes dates out, wherever the server stands, and leaves alone what is none', () => {
  expect(writtenDate('2026-10-12', 'en-GB')).toBe('12 October 2026')
  expect(writtenDate('soon')).toBe('soon')
})

it('reads dates as the visitor does, in English', () => {
  expect(localeOf(['de-DE', 'en-GB', 'en'])).toBe('en-GB')
  expect(localeOf(['de-DE'])).toBe('en')
  expect(localeOf([])).toBe('en')
})
