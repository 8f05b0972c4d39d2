import type { Outcome } from './compare.ts'
import { roundsOf } from './own-process.ts'
import { median } from './statistics.ts'

/** What a message late in a session may cost, of what an early one costs. */
const GOAL = 1.2

/** P-13: the median over its rounds, and the halves of the early messages against each other. */
export async function sessionLength(): Promise<Outcome> {
  const rounds = await roundsOf<{ first: number; late: number }>('bench/long-session.ts')
  const first = (rest?: number) => median(rounds.filter((_, index) => rest === undefined || index % 2 === rest).map((round) => round.first))
  const late = median(rounds.map((round) => round.late))
  const itself = first(0) / first(1)
  const ratio = late / first()
  const passed = ratio <= GOAL
  return {
    id: 'P-13',
    lines: [
      `  message 10,000 ${late.toFixed(3)} ms, message 1 to 10 ${first().toFixed(3)} ms of processor time, ratio ${ratio.toFixed(2)} (≤ ${GOAL}) ${passed ? 'holds' : 'FAILS'}   A/A ${itself.toFixed(2)}`,
    ],
    passed,
    valid: itself >= 0.9 && itself <= 1.1,
  }
}
