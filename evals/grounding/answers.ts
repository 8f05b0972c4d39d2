import { createGrounding, type Verdict } from '#lib/assistant/grounding.ts'
import { phrasesIn } from '#lib/assistant/phrases.ts'
import { createRelease } from '#lib/assistant/release.ts'
import { type AnswerSet, answers, deceptions } from './data.ts'
import type { Desk } from './desk.ts'
import type { Judged } from './judging.ts'

/**
 * Whole answers as a truthful model writes them, each over the passages of the article that it is about. Against it speaks
 * each sentence that is supported and not told, in its own words or (`restated`) in the article's. What only greets or leads out (`besides`) does not count.
 */
export function judgeAnswers(desk: Desk, set: AnswerSet): Judged & { answers: number; restated: string[] } {
  const list = answers(set)
  const judged = { count: 0, against: [] as string[], answers: list.length, restated: [] as string[] }
  for (const { on, ask, say, besides = [] } of list) {
    for (const { sentence, verdict, isSaid, restated } of sentencesOf(desk, on, say, ask)) {
      if (besides.includes(sentence)) continue
      judged.count += 1
      if (!isSaid && restated !== undefined) judged.restated.push(`${on}: ${sentence}  →  ${restated}`)
      else if (!isSaid) judged.against.push(`${on}: ${sentence}  [${verdict.kind === 'unsupported' ? verdict.reason : verdict.kind}]`)
    }
  }
  return judged
}

/** Sentences that keep an article's words and change one fact, the last of each answer. Against it speaks each that is released. */
export function judgeDeceptions(desk: Desk, round: 'before' | 'after'): Judged {
  const list = deceptions(round)
  const against = list.filter(({ on, ask, say }) => sentencesOf(desk, on, say, ask).at(-1)?.isSaid).map(({ on, say }) => `${on}: ${say}`)
  return { count: list.length, against }
}

/** What becomes of each sentence of an answer, with all passages of an article to rest on. */
interface Fate {
  sentence: string
  verdict: Verdict
  isSaid: boolean
  /** What the article says in its place. */
  restated: string | undefined
}

function sentencesOf(desk: Desk, on: string, say: string, question = ''): Fate[] {
  const article = desk.knowledge.articles().find(({ file }) => file === on)
  if (!article) throw new Error(`there is no article ${on}`)
  const grounding = createGrounding(
    article.passages.map((passage) => ({ article, passage })),
    article.language,
    'Harbor Computers',
    question,
  )
  const judged: Array<{ sentence: string; verdict: Verdict }> = []
  const release = createRelease(
    {
      ...grounding,
      judge(sentence, place) {
        const verdict = grounding.judge(sentence, place)
        judged.push({ sentence, verdict })
        return verdict
      },
    },
    phrasesIn(article.language).voices,
  )
  const said = [...release.push(say), ...release.end(true)].map(({ text }) => text).join('')
  const inItsPlace = (sentence: string) => {
    const own = grounding.restate(sentence)
    return own && said.includes(own.text) ? own.text : undefined
  }
  return judged.map((one) => ({
    ...one,
    restated: one.verdict.kind === 'unsupported' ? inItsPlace(one.sentence) : undefined,
    isSaid: one.verdict.kind !== 'unsupported' && said.includes(one.verdict.kind === 'supported' ? one.verdict.text : one.sentence),
  }))
}
