import { openAssistant } from './ask.ts'
import { type Half, halves, isHalf } from './questions.ts'
import { rank } from './ranking.ts'
import { reliability } from './reliability.ts'
import { score } from './score.ts'

/**
 * `npm run evals [-- dev|test|blind …] [-v]`: puts the questions to the assistant and says how it did. The dev half is for
 * working, the others are for judging; -v shows what went wrong. `-- ranking` compares the search with SQLite's own,
 * `-- reliability` tells whether the confidence can be believed, `-- calibrate` fits it.
 */
const words = process.argv.slice(2)
const verbose = words.includes('-v')
const asked = words.some(isHalf) ? words.filter(isHalf) : [...halves]
const percent = (share: number) => `${(share * 100).toFixed(1).padStart(5)} %`

if (words.includes('calibrate')) {
  await import('./calibrate.ts')
} else {
  const { ask, knowledge, close } = await openAssistant()
  try {
    if (words.includes('ranking')) printRanking()
    else if (words.includes('reliability')) printReliability()
    else for (const half of asked) await printScore(half)
  } finally {
    await close()
  }

  async function printScore(half: Half): Promise<void> {
    console.log(`\n${half}`)
    for (const { name, value, goal, holds, count, against } of await score(half, ask)) {
      console.log(`${holds ? 'holds' : 'FAILS'}  ${percent(value)}  (${goal.side} ${percent(goal.share).trim()})  ${name}  [${count}]`)
      if (!holds) process.exitCode = 1
      for (const { item, said } of verbose ? against : []) {
        console.log(`    ${JSON.stringify(item).slice(0, 200)}`)
        console.log(
          `      → ${said.kind} ${said.confidence.toFixed(2)} ${said.files.join(' ')}: ${said.response.slice(0, 120).replaceAll('\n', ' ')}`,
        )
      }
    }
  }

  function printRanking(): void {
    for (const half of asked) {
      const { ours, fts5, count } = rank(half, knowledge)
      console.log(`${half}: nDCG@10 ours ${ours.toFixed(3)}, FTS5 bm25() ${fts5.toFixed(3)}, ratio ${(ours / fts5).toFixed(3)}  [${count}]`)
      if (ours < fts5) process.exitCode = 1
    }
  }

  function printReliability(): void {
    console.log('confidence        questions  mean     right')
    for (const { from, to, count, confidence, right } of reliability(asked, knowledge)) {
      console.log(`${from.toFixed(2)} … ${to.toFixed(2)}  ${String(count).padStart(12)}  ${percent(confidence)}  ${percent(right)}`)
    }
  }
}
