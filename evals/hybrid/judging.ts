import type { hybridGoals } from '../goals.ts'
import { inScope, outOfScope } from '../questions.ts'
import type { Legs } from './hybrid.ts'

/** What of the goals is missed, one line each. */
export function judgeHybrid(legs: Legs[], goals: typeof hybridGoals): string[] {
  const ranked = legs.flatMap(({ set, words, vectors, both }) => {
    const share = both.ndcg / Math.max(words.ndcg, vectors.ndcg)
    return share < goals.ofBetterLeg ? [`${set}: ${share.toFixed(3)} of the better leg`] : []
  })
  const total = (count: (one: Legs) => number) => legs.reduce((sum, one) => sum + count(one), 0)
  const right = total(({ both }) => both.right) / total(({ words }) => words.right)
  const asked = total(({ set }) => outOfScope(set).length)
  const foreign = (total(({ both }) => both.foreign) - total(({ words }) => words.foreign)) / asked
  return [
    ...ranked,
    ...(right < goals.rightOfWords ? [`answers ${right.toFixed(3)} of what words answer rightly`] : []),
    ...(foreign > goals.moreForeign ? [`answers ${foreign.toFixed(3)} more of what is not ours`] : []),
  ]
}

/** The share of all questions that are answered from the right article. */
export function rightShare(legs: Legs[], leg: 'words' | 'both'): number {
  return legs.reduce((sum, one) => sum + one[leg].right, 0) / legs.reduce((sum, { set }) => sum + inScope(set).length, 0)
}
