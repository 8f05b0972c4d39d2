import { describe, expect, test } from 'vitest'
import { faults, withFaults } from './faults.ts'
import { tools } from './tools/all-tools.ts'

describe('the faults of a setting', () => {
  test.each([
    ['latency=500,error=0.1', { latency: 500, error: 0.1, half: 0, cut: 0 }],
    [' half=1 , cut=0.25,', { latency: 0, error: 0, half: 1, cut: 0.25 }],
  ])('%j', (text, expected) => {
    expect(faults.parse(text)).toEqual(expected)
  })

  test.each(['error=2', 'error=-1', 'error', 'error=', 'latency=60001', 'slow=1', '__proto__=1', 'half=often'])('%j is none', (text) => {
    const { error } = faults.safeParse(text)
    expect(error?.issues[0]?.message).toBe(`"${text}" is none of latency=0…60000, error=0…1, half=0…1, cut=0…1`)
  })

  test('not set leave the tools as they are', () => expect(withFaults(tools, undefined, Math.random)).toBe(tools))
})
