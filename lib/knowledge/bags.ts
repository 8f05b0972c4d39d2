import type { Question } from './question.ts'

/** A text as the bag of its terms, with how often it has each; what matters more counts more. */
export type Bag = ReadonlyMap<string, number>

/** BM25+ with the parameters that fit short, repetitive bags. */
const K1 = 5
const B = 0.9
const DELTA = 0.2

/**
 * BM25+ (Lv and Zhai, 2011) over bags of terms, in which a term of the question may be covered by a related one
 * for less. Scores are shares of the best there could be, 0…1. The index is made in steps.
 */
export function* bagIndexInSteps(bags: Bag[]) {
  const postings = new Map<string, Array<{ bag: number; count: number }>>()
  const lengths = bags.map((bag) => [...bag.values()].reduce((sum, count) => sum + count, 0))
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, bags.length)
  for (const [index, bag] of bags.entries()) {
    for (const [term, count] of bag) {
      const list = postings.get(term) ?? []
      list.push({ bag: index, count })
      postings.set(term, list)
    }
    yield
  }

  function share(count: number, bag: number): number {
    const norm = K1 * (1 - B + (B * (lengths[bag] ?? 0)) / mean)
    return ((count * (K1 + 1)) / (count + norm) + DELTA) / (K1 + 1 + DELTA)
  }

  /** The bags that have something of a question, with their scores. */
  return function score({ asked, weight }: Question): Map<number, number> {
    const scores = new Map<number, number>()
    for (const { covers, weight: termWeight } of asked) {
      const best = new Map<number, number>()
      for (const [term, closeness] of covers) {
        for (const { bag, count } of postings.get(term) ?? []) {
          const value = closeness * share(count, bag)
          if (value > (best.get(bag) ?? 0)) best.set(bag, value)
        }
      }
      for (const [bag, value] of best) scores.set(bag, (scores.get(bag) ?? 0) + (termWeight * value) / weight)
    }
    return scores
  }
}
