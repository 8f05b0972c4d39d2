import { hybridGoals } from '../goals.ts'
import { type EmbedderName, embedders, measureHybrid } from './hybrid.ts'
import { judgeHybrid } from './judging.ts'

/** Prints what each embedder makes of each set, and whether the goals hold. Returns whether they all do. */
export async function printHybrid(): Promise<boolean> {
  let allHold = true
  for (const name of Object.keys(embedders) as EmbedderName[]) {
    const legs = await measureHybrid(name)
    console.log(`\n${name.padEnd(16)}  words  vectors   both  of the better  right: words, both  not ours: words, both`)
    for (const { set, words, vectors, both } of legs) {
      const share = both.ndcg / Math.max(words.ndcg, vectors.ndcg)
      const figures = [
        words.ndcg.toFixed(3),
        vectors.ndcg.toFixed(3).padStart(8),
        both.ndcg.toFixed(3).padStart(6),
        share.toFixed(3).padStart(14),
      ]
      const counts = [`${words.right}, ${both.right}`.padStart(19), `${words.foreign}, ${both.foreign}`.padStart(22)]
      console.log(`  ${set.padEnd(14)}  ${[...figures, ...counts].join(' ')}`)
    }
    const lost = judgeHybrid(legs, hybridGoals)
    console.log(lost.length === 0 ? '  holds' : `  FAILS  ${lost.join('; ')}`)
    allHold &&= lost.length === 0
  }
  return allHold
}
