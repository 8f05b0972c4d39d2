import { describe, expect, it } from 'vitest'
import { isClean, summary } from './checker.ts'
import { type KillReport, killRun } from './kill-run.ts'

/**
 * R-01 of docs/guarantees.md, in the size that fits a test run; FAULT_KILLS=300 is the long one.
 * A run prints its seed; FAULT_SEED repeats its messages and its moments.
 */
const KILLS = Number(process.env.FAULT_KILLS ?? 30)
const SEED = Number(process.env.FAULT_SEED ?? 20_261_120)
const CLEAN = 'lost 0, phantom 0, duplicate 0, disorder 0, unanswered 0, divergence 0, shown 0'

describe('a desk that is killed while visitors write over all transports', () => {
  it(`loses, doubles, disorders and forgets nothing in ${KILLS} kills`, { timeout: KILLS * 15_000 + 60_000 }, async () => {
    const report = await killRun({ seed: SEED, kills: KILLS })
    console.log(`R-01: ${told(SEED, report)}`)
    console.log(
      `R-01: slowest restart ${Math.round(Math.max(...report.restarts))} ms, all told ${Math.round(report.converged)} ms after the last one`,
    )
    expect(report.kills).toBe(KILLS)
    expect(report.messages).toBeGreaterThan(KILLS * 10)
    expect(report.underWay, 'messages that a kill cut off').toBeGreaterThan(KILLS)
    expect(summary(report.verdict), `seed ${SEED}`).toBe(CLEAN)
    expect(report.converged).toBeLessThan(10_000)
  })
})

/**
 * The check is worth something only if it sees bugs: each is planted and must be found, with each of three seeds.
 * The same three runs without a bug must be clean.
 */
const plants = [undefined, 'ack-before-commit', 'no-deduplication', 'no-recovery', 'no-fence', 'loose-numbers']

describe.each(plants)('with the planted bug %s', (plant) => {
  it(plant ? 'finds it with every seed' : 'finds nothing, as none is planted', { timeout: 180_000 }, async () => {
    const runs = [1, 2, 3].map(async (seed) => {
      const report = await killRun({ seed, kills: plant ? 6 : 2, sessions: 3, eager: true, ...(plant && { plant }) })
      console.log(`R-01: ${plant ?? 'no bug'}: ${told(seed, report).slice(0, 200)}`)
      return isClean(report.verdict)
    })
    expect(await Promise.all(runs)).toEqual(Array(3).fill(plant === undefined))
  })
})

function told(seed: number, { kills, messages, underWay, verdict }: KillReport): string {
  return `seed ${seed}, ${kills} kills, ${messages} messages, ${underWay} cut off: ${summary(verdict)}`
}
