import { describe, expect, it } from 'vitest'
import { isClean, summary } from './checker.ts'
import { killRun } from './kill-run.ts'

/**
 * R-01 of docs/guarantees.md, in the size that fits a test run; `npm run faults -- --kills 300` is the long one.
 * Every run prints its seed, and a seed repeats its run.
 */
const KILLS = Number(process.env.FAULT_KILLS ?? 30)
const SEED = Number(process.env.FAULT_SEED ?? 20_261_120)

describe('a desk that is killed while visitors write over all transports', () => {
  it(`loses, doubles, disorders and forgets nothing in ${KILLS} kills`, { timeout: KILLS * 10_000 + 60_000 }, async () => {
    const report = await killRun({ seed: SEED, kills: KILLS })
    console.log(`R-01: seed ${SEED}, ${KILLS} kills, ${report.messages} messages: ${summary(report.verdict)}`)
    console.log(
      `R-01: slowest restart ${Math.round(Math.max(...report.restarts))} ms, all told ${Math.round(report.converged)} ms after the last one`,
    )
    expect(report.messages).toBeGreaterThan(KILLS * 10)
    expect(summary(report.verdict), `seed ${SEED}`).toBe('lost 0, phantom 0, duplicate 0, disorder 0, unanswered 0, divergence 0, shown 0')
    expect(report.converged).toBeLessThan(10_000)
  })
})

/** The check is worth something only if it sees bugs: each is planted and must be found, with three seeds. */
describe.each(['ack-before-commit', 'no-deduplication', 'no-recovery', 'no-fence', 'loose-numbers'])('the planted bug %s', (plant) => {
  it.each([1, 2, 3])('is found with seed %i', { timeout: 90_000 }, async (seed) => {
    const report = await killRun({ seed, kills: 3, plant })
    console.log(`R-01: ${plant}, seed ${seed}: ${summary(report.verdict).slice(0, 160)}`)
    expect(isClean(report.verdict)).toBe(false)
  })
})
