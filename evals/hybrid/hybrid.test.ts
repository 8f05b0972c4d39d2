import { describe, expect, test } from 'vitest'
import { hybridGoals } from '../goals.ts'
import { type EmbedderName, measureHybrid } from './hybrid.ts'
import { judgeHybrid, rightShare } from './judging.ts'

/** P-26: words and vectors together are never worse than the better of the two, however good or bad the vectors are. */
describe.each<EmbedderName>(['random', 'pieces of words', 'rough oracle', 'oracle'])('with the vectors of %s', (name) => {
  test('the search holds what its better leg finds, and the assistant answers no less and nothing else', async () => {
    const legs = await measureHybrid(name)
    expect(judgeHybrid(legs, hybridGoals)).toEqual([])
    if (name.includes('oracle')) expect(rightShare(legs, 'both')).toBeGreaterThan(rightShare(legs, 'words') + hybridGoals.gain)
  }, 120_000)
})
