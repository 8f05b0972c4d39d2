import { createTestShop } from '#lib/assistant/dialogue/test-shop.ts'
import { openAssistant } from './ask.ts'
import { printGrounding } from './grounding/print.ts'
import { printHybrid } from './hybrid/print.ts'
import { isSet, knowledgeOf, type QuestionSet, sets } from './questions.ts'
import { rank } from './ranking.ts'
import { reliability } from './reliability.ts'
import { score } from './score.ts'

/**
 * `npm run evals [-- dev|test|blind|hotel-en …] [-v]`: puts sets of questions to the assistant and says how it did. -v shows
 * what went wrong. `-- ranking` compares the search with SQLite's own,
 * `-- reliability` tells whether the confidence can be believed, `-- calibrate` fits it, `-- grounding` sets lying and truthful models
 * before the check of what they say, `-- hybrid` searches by words and by vectors of stand-ins, bad and good.
 */
const words = process.argv.slice(2)
const verbose = words.includes('-v')
const withShop = words.includes('shop')
const asked = words.some(isSet) ? words.filter(isSet) : sets
const percent = (share: number) => `${(share * 100).toFixed(1).padStart(5)} %`

if (words.includes('calibrate')) await import('./calibrate.ts')
else if (words.includes('grounding')) await printGrounding(verbose)
else if (words.includes('hybrid')) process.exitCode = (await printHybrid()) ? 0 : 1
else if (words.includes('ranking')) for (const set of asked) await printRanking(set)
else if (words.includes('reliability')) await printReliability()
else for (const set of asked) await printScore(set)

async function printScore(set: QuestionSet): Promise<void> {
  const { ask, close } = await openAssistant(knowledgeOf(set), withShop ? { gateway: createTestShop().gateway } : {})
  console.log(`\n${set}${withShop ? ', with a shop' : ''}`)
  for (const { name, value, goal, holds, count, against } of await score(set, ask)) {
    console.log(`${holds ? 'holds' : 'FAILS'}  ${percent(value)}  (${goal.side} ${percent(goal.share).trim()})  ${name}  [${count}]`)
    if (!holds) process.exitCode = 1
    for (const { item, said } of verbose ? against : []) {
      console.log(`    ${JSON.stringify(item).slice(0, 200)}`)
      console.log(
        `      → ${said.kind} ${said.confidence.toFixed(2)} ${said.sources.join(' ')}: ${said.response.slice(0, 120).replaceAll('\n', ' ')}`,
      )
    }
  }
  await close()
}

async function printRanking(set: QuestionSet): Promise<void> {
  const { knowledge, close } = await openAssistant(knowledgeOf(set))
  const { ours, fts5, count } = await rank(set, knowledge)
  console.log(`${set}: nDCG@10 ours ${ours.toFixed(3)}, FTS5 bm25() ${fts5.toFixed(3)}, ratio ${(ours / fts5).toFixed(3)}  [${count}]`)
  if (ours < fts5) process.exitCode = 1
  await close()
}

async function printReliability(): Promise<void> {
  const { knowledge, close } = await openAssistant()
  console.log('confidence        questions  mean     right')
  for (const { from, to, count, confidence, right } of reliability(asked, knowledge)) {
    console.log(`${from.toFixed(2)} … ${to.toFixed(2)}  ${String(count).padStart(12)}  ${percent(confidence)}  ${percent(right)}`)
  }
  await close()
}
