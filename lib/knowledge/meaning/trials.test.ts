import { describe, expect, test } from 'vitest'
import { atOnce } from '../steps.ts'
import { answerableBy } from './answerable.ts'
import { directionOf } from './fixtures.ts'
import { sharpnessIn, type Trial } from './trials.ts'

const THINGS = 20

/** Trials in which what is right is nearer than chance has it by so much. */
function trialsOf(count: number, nearer: number): Trial[] {
  return Array.from({ length: count }, (_, at) => {
    const near = Float64Array.from(directionOf(`trial ${at}`, THINGS))
    const right = at % THINGS
    near[right] = (near[right] as number) + nearer
    return { near, right }
  })
}
const sharpnessOf = (trials: Trial[]) => atOnce(sharpnessIn(trials))

describe('how much nearness says', () => {
  test.each([10, 60, 250])('nothing, when %i trials find what is right as chance does', (count) => {
    expect(sharpnessOf(trialsOf(count, 0))).toBe(0)
  })

  test('nothing, when there are none, and when what is right is rather far', () => {
    expect(sharpnessOf([])).toBe(0)
    expect(sharpnessOf(trialsOf(100, -0.5))).toBe(0)
  })

  test('the more, the better they find it, and the more trials say so', () => {
    const [little = 0, more = 0, much = 0] = [0.2, 0.4, 0.8].map((nearer) => sharpnessOf(trialsOf(100, nearer)))
    expect(little).toBeGreaterThan(0)
    expect(more).toBeGreaterThan(little)
    expect(much).toBeGreaterThan(more)
    expect(sharpnessOf(trialsOf(10, 0.8))).toBeLessThan(much)
  })

  test('a limit also when everything is found', () => {
    const near = Float64Array.from({ length: THINGS }, (_, at) => (at === 3 ? 1 : 0))
    const certain = sharpnessOf(Array.from({ length: 100 }, () => ({ near, right: 3 })))
    expect(certain).toBeGreaterThan(5)
    expect(certain).toBeLessThan(20)
  })
})

describe('whether anything answers', () => {
  test('cannot be told by vectors that say nothing, nor from few trials', () => {
    const [trial] = trialsOf(1, 0) as [Trial]
    expect(answerableBy(trialsOf(250, 0))(trial.near)).toBe(0)
    expect(answerableBy(trialsOf(15, 0.8))(trial.near)).toBe(0)
  })

  test('is told by how near the nearest is', () => {
    const trials = trialsOf(200, 1)
    const answerable = answerableBy(trials)
    const judged = trials.map(({ near, right }) => {
      const without = Float64Array.from(near)
      without[right] = -1
      return { with: answerable(near), without: answerable(without) }
    })
    expect(judged.filter((one) => one.with > 0).length).toBeGreaterThan(0.85 * trials.length)
    expect(judged.filter((one) => one.without < 0).length).toBeGreaterThan(0.85 * trials.length)
  })
})
