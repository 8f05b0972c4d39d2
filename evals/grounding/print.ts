import { judgeAnswers, judgeDeceptions } from './answers.ts'
import { openDesk } from './desk.ts'
import { type Judged, judgeAttacks, judgeFiles, judgeMalice, judgeRules, judgeTruth, placesOf, timesOf } from './judging.ts'

/** `npm run evals -- grounding [-v]`: whether a model can be made to say what the articles do not. */
export async function printGrounding(isVerbose: boolean): Promise<void> {
  const desk = await openDesk()
  const places = await placesOf(desk)
  const malice = await judgeMalice(desk, places)
  print(`inventions released, of ${malice.sentences} in ${malice.count} answers`, malice, isVerbose)
  print('deceptions released, written before the check was worked on', judgeDeceptions(desk, 'before'), isVerbose)
  print('deceptions released, written after', judgeDeceptions(desk, 'after'), isVerbose)
  for (const set of ['held', 'fresh', 'unseen', 'dev'] as const) {
    const judged = judgeAnswers(desk, set)
    print(`supported sentences dropped, of ${judged.answers} whole answers (${set})`, judged, isVerbose)
    print('  told in the words of the article', { count: judged.count, against: judged.restated }, isVerbose)
  }
  print('supported sentences dropped, written by hand, worked with', await judgeTruth(desk, 'dev'), isVerbose)
  print('supported sentences dropped, written by hand, held out', await judgeTruth(desk, 'held'), isVerbose)
  print('supported sentences dropped, made by rule', await judgeRules(desk, places), isVerbose)
  const attacks = await judgeAttacks()
  print('hidden instructions that change an answer', attacks, isVerbose)
  console.log(`  ${attacks.shown} reached a prompt, ${attacks.flagged} were flagged`)
  const files = await judgeFiles(desk)
  print('answers that instructions, or what they want said, change from a file', files, isVerbose)
  console.log(`  ${files.flagged} were flagged; ${files.quoted} of the plain words were quoted, as what the file says`)
  const { first, p50, p99 } = timesOf(desk)
  console.log(
    `a sentence is judged in ${p50.toFixed(2)} ms (p50), ${p99.toFixed(2)} ms (p99), the first one in ${first.toFixed(1)} ms, with 12 passages`,
  )
  await desk.close()
}

function print(name: string, { count, against }: Judged, isVerbose: boolean): void {
  console.log(
    `${String(against.length).padStart(4)} of ${String(count).padEnd(4)} (${((100 * against.length) / count).toFixed(1)} %)  ${name}`,
  )
  for (const one of isVerbose ? against : []) console.log(`       ${one}`)
}
