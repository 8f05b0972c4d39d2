import type { Outcome } from './compare.ts'
import { roundsOf } from './own-process.ts'
import { median } from './statistics.ts'

/** The goal for the median, in milliseconds. */
const GOAL = 5

/** P-09: the median over its rounds, and its two halves against each other. */
export async function releaseDelay(): Promise<Outcome> {
  const rounds = await roundsOf<{ p50: number; p99: number; sentences: number }>('bench/release.ts')
  const of = (figure: 'p50' | 'p99', some = rounds) => median(some.map((round) => round[figure]))
  const half = (rest: number) => rounds.filter((_, index) => index % 2 === rest)
  const itself = of('p50', half(0)) / of('p50', half(1))
  const passed = of('p50') <= GOAL
  return {
    id: 'P-09',
    lines: [
      `  p50 ${of('p50').toFixed(3)} ms (≤ ${GOAL} ms) ${passed ? 'holds' : 'FAILS'}, p99 ${of('p99').toFixed(3)} ms, ${rounds[0]?.sentences} sentences a round   A/A ${itself.toFixed(2)}`,
    ],
    passed,
    valid: itself >= 0.9 && itself <= 1.1,
  }
}
