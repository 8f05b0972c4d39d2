import { describe, expect, test } from 'vitest'
import { fuse, lossesOf } from './fuse.ts'
import type { Meant } from './meaning.ts'

/** What vectors say that find articles with these probabilities; undefined for one that has none. */
function meaning(...probabilities: Array<number | undefined>): Meant {
  const logarithms = probabilities.map((one) => (one === undefined ? undefined : Math.log(one)))
  return { article: (index) => logarithms[index], passages: () => [], evidence: () => 0 }
}
const byWords = [
  { index: 0, score: 2.4 },
  { index: 1, score: 1.5 },
]
const wordless = [{ index: 2, score: 0 }]
const order = (meant: Meant, rated = byWords, others = wordless) => fuse(rated, others, meant).map(({ index }) => index)

describe('words and vectors together', () => {
  test('leave everything as it was where vectors find all alike', () => {
    expect(fuse(byWords, wordless, meaning(1 / 3, 1 / 3, 1 / 3))).toEqual([...byWords, ...wordless])
  })

  test('do not let vectors that are little surer of another outvote words that are sure', () => {
    expect(order(meaning(0.2, 0.5, 0.3))).toEqual([0, 1, 2])
  })

  test('let vectors that are sure decide', () => {
    expect(order(meaning(1e-4, 1, 1e-4))).toEqual([1, 0, 2])
    expect(order(meaning(0.02, 0.03, 0.95), [{ index: 0, score: 0.4 }])).toEqual([2, 0])
  })

  test('keep the score of what words put first, so that what rests on it stays', () => {
    expect(fuse(byWords, wordless, meaning(0.9, 0.05, 0.05))[0]).toEqual(byWords[0])
  })

  test('find by vectors alone where no word is known', () => {
    expect(
      order(
        meaning(0.1, 0.2, 0.7),
        [],
        [...byWords, ...wordless].map(({ index }) => ({ index, score: 0 })),
      ),
    ).toEqual([2, 1, 0])
  })

  test('neither favour nor disfavour an article without a vector', () => {
    expect(fuse(byWords, wordless, meaning(0.9, undefined, 0.1))[1]).toEqual(byWords[1])
    expect(order(meaning(undefined, 0.9, 0.1))).toEqual([0, 1, 2])
  })
})

test('passages lose by how much less likely they are than the likeliest, and nothing without a vector', () => {
  const [first, second, third, none] = lossesOf([Math.log(0.9), Math.log(0.09), Math.log(0.01), undefined])
  expect([first, none]).toEqual([0, 0])
  expect(second).toBeGreaterThan(0)
  expect(third).toBeGreaterThan(second as number)
})
