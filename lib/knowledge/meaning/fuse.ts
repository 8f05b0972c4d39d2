import { likelihood } from '../likelihood.ts'
import type { Meant } from './meaning.ts'

/** What vectors weigh beside words. With 1, words that are sure of the wrong article outvoted vectors that are sure of the right one. */
const MEANING = 2

interface Rated {
  index: number
  score: number
}

/**
 * Puts what vectors say beside what words say. Both are taken as probabilities and multiplied, so the one that is sure decides:
 * vectors that find all articles alike change nothing, and words that leave it open are settled by vectors. The article
 * that is first by its words keeps its score; every other one gains or loses as it is likelier or less likely than that by
 * meaning. `others` are the articles that have no word of the question.
 */
export function fuse<T extends Rated>(rated: T[], others: T[], meant: Meant): T[] {
  const sayOf = (index: number) => sayAs(meant.article(index))
  const all = [...rated, ...others]
  // Where there is nothing to compare with, the others can only lose by comparison with the likeliest one.
  const from = rated[0] ? (sayOf(rated[0].index) ?? Math.max(...all.map(({ index }) => sayOf(index) ?? 0))) : 0
  const fused = all.map((one) => ({ ...one, score: one.score + MEANING * ((sayOf(one.index) ?? from) - from) }))
  return fused.sort((a, b) => b.score - a.score)
}

/** What the vectors take from each passage of an article, by its place: nothing from the likeliest. */
export function lossesOf(likely: Array<number | undefined>): number[] {
  const says = likely.map(sayAs)
  const most = Math.max(0, ...says.map((say) => say ?? 0))
  return says.map((say) => (say === undefined ? 0 : MEANING * (most - say)))
}

function sayAs(logarithm: number | undefined): number | undefined {
  return logarithm === undefined ? undefined : likelihood(Math.exp(logarithm))
}
