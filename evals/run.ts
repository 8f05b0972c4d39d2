import { openAssistant } from './ask.ts'
import { halves, isHalf } from './questions.ts'
import { score } from './score.ts'

/**
 * `npm run evals [-- dev|test|blind …] [-v]`: puts the questions to the assistant and says how it did. The dev half is for
 * working, the others are for judging; -v shows what went wrong.
 * `npm run evals -- calibrate` fits the confidence, `-- ranking` compares the search with SQLite's own.
 */
const words = process.argv.slice(2)
const verbose = words.includes('-v')

if (words.includes('calibrate')) await import('./calibrate.ts')
else if (words.includes('ranking')) await import('./ranking.ts')
else await run()

async function run(): Promise<void> {
  const asked = words.filter(isHalf)
  const { ask, close } = await openAssistant()
  for (const half of asked.length > 0 ? asked : halves) {
    console.log(`\n${half}`)
    for (const { name, value, goal, holds, count, against } of await score(half, ask)) {
      const percent = `${(value * 100).toFixed(1).padStart(5)} %`
      console.log(`${holds ? 'holds' : 'FAILS'}  ${percent}  (${goal.side} ${(goal.share * 100).toFixed(1)} %)  ${name}  [${count}]`)
      if (!holds) process.exitCode = 1
      for (const { item, said } of verbose ? against : []) {
        console.log(`    ${JSON.stringify(item).slice(0, 200)}`)
        console.log(`      → ${said.kind} ${said.confidence.toFixed(2)} ${said.files.join(' ')}: ${said.response.slice(0, 120).replaceAll('\n', ' ')}`)
      }
    }
  }
  await close()
}
