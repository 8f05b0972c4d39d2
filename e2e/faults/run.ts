import { isClean, summary } from './checker.ts'
import { killRun } from './kill-run.ts'

/** `npm run faults -- [--kills 30] [--seed 1] [--plant name]`: one run, told in a few lines. */
const flag = (name: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : process.argv[at + 1]
}
const seed = Number(flag('seed') ?? Date.now() % 1_000_000)
const kills = Number(flag('kills') ?? 30)
const plant = flag('plant')

const report = await killRun({ seed, kills, ...(plant === undefined ? {} : { plant }) })
const slowest = Math.round(Math.max(0, ...report.restarts))
console.log(
  `seed ${seed}: ${report.kills} kills, ${report.messages} messages, ${report.underWay} cut off; slowest restart ${slowest} ms; all told after ${Math.round(report.converged)} ms`,
)
console.log(summary(report.verdict))
process.exit(isClean(report.verdict) ? 0 : 1)
