import { startDesk } from '../e2e/support/desk-process.ts'
import { ask, type Said } from './ask.ts'
import { ambiguous, fileOf, followUp, type Half, inScope, outOfScope, person, smalltalk, twoPart } from './questions.ts'

/**
 * `npm run evals [-- dev|test] [-v]`: puts the questions to a running desk and says how it did. The test half is for
 * judging, the dev half for working. `npm run evals -- calibrate` fits the confidence, `-- ranking` compares
 * the search with SQLite's own.
 */
const [half = 'test'] = process.argv.slice(2).filter((word): word is Half => word === 'dev' || word === 'test')
const verbose = process.argv.includes('-v')

interface Result {
  name: string
  /** What must hold, as a share of the questions. */
  goal: string
  value: number
  holds: boolean
  count: number
}
const results: Result[] = []

const desk = await startDesk({ RATE_LIMIT: 'off' })
try {
  const answered = ({ kind }: Said) => kind === 'answer'

  const own = await each(inScope(half), ({ q }) => [q])
  const right = own.filter(({ item, said }) => said.files[0] !== undefined && item.articles.map(fileOf).includes(said.files[0]))
  report('answered from the right article', right.length / own.length, 'at least', 0.9, own.length)
  const quoted = own.filter(({ item, said }) => item.must.some((part) => said.response.includes(part)))
  report('… and the answer holds the fact asked for', quoted.length / own.length, 'at least', 0.75, own.length)
  show(
    'not answered from the right article',
    own.filter((one) => !right.includes(one)),
  )

  const foreign = await each(outOfScope(half), ({ q }) => [q])
  const wronglyAnswered = foreign.filter(({ said }) => answered(said))
  report('not ours, but answered', wronglyAnswered.length / foreign.length, 'at most', 0.075, foreign.length)
  show('answered although not ours', wronglyAnswered)

  const double = await each(twoPart(half), ({ q }) => [q])
  const both = double.filter(({ item, said }) => item.articles.every((part) => part.some((name) => said.files.includes(fileOf(name)))))
  report('two questions in one, both answered', both.length / double.length, 'at least', 0.6, double.length)
  show(
    'not both answered',
    double.filter((one) => !both.includes(one)),
  )

  const following = await each(followUp(half), ({ turns }) => turns)
  const followed = following.filter(({ item, said }) => item.articles.map(fileOf).some((file) => said.files.includes(file)))
  report('follow-ups answered from the right article', followed.length / following.length, 'at least', 0.75, following.length)
  show(
    'follow-up missed',
    following.filter((one) => !followed.includes(one)),
  )

  const vague = await each(ambiguous(half), ({ q }) => [q])
  const handled = vague.filter(
    ({ item, said }) => said.kind === 'clarify' || said.files.some((file) => item.articles.map(fileOf).includes(file)),
  )
  report('vague ones: asked back, or one of the topics answered', handled.length / vague.length, 'at least', 0.8, vague.length)
  report('… asked back', vague.filter(({ said }) => said.kind === 'clarify').length / vague.length, 'at least', 0.4, vague.length)
  show(
    'neither',
    vague.filter((one) => !handled.includes(one)),
  )

  const people = await each(person(half), ({ q }) => [q])
  const judged = people.filter(({ item, said }) => said.handoff !== Boolean(item.not))
  report('a wish for a person, recognised or rightly not', judged.length / people.length, 'at least', 0.95, people.length)
  show(
    'wish misjudged',
    people.filter((one) => !judged.includes(one)),
  )

  const small = await each(smalltalk(half), ({ q }) => [q])
  const polite = small.filter(({ said }) => said.kind === 'smalltalk')
  report('smalltalk taken as such', polite.length / small.length, 'at least', 0.8, small.length)
  show(
    'smalltalk missed',
    small.filter((one) => !polite.includes(one)),
  )

  const graded = [
    ...own.map(({ said, item }) => ({ said, right: item.articles.map(fileOf).includes(said.files[0] ?? '') })),
    ...foreign.map(({ said }) => ({ said, right: false })),
  ]
  const sure = graded.filter(({ said }) => answered(said))
  report(
    'answers that are right, of all that were given',
    sure.filter((one) => one.right).length / sure.length,
    'at least',
    0.85,
    sure.length,
  )
} finally {
  await desk.dispose()
}

for (const { name, goal, value, holds, count } of results) {
  console.log(`${holds ? 'holds' : 'FAILS'}  ${(value * 100).toFixed(1).padStart(5)} %  (${goal})  ${name}  [${count}]`)
}
process.exitCode = results.every(({ holds }) => holds) ? 0 : 1

async function each<T>(items: T[], messages: (item: T) => string[]): Promise<Array<{ item: T; said: Said }>> {
  const done: Array<{ item: T; said: Said }> = []
  for (const item of items) done.push({ item, said: await ask(desk.url, ...messages(item)) })
  return done
}

function report(name: string, value: number, side: 'at least' | 'at most', goal: number, count: number): void {
  const holds = side === 'at least' ? value >= goal : value <= goal
  results.push({ name, value, holds, count, goal: `${side} ${(goal * 100).toFixed(1)} %` })
}

function show(title: string, items: Array<{ item: object; said: Said }>): void {
  if (!verbose) return
  console.log(`\n${title}:`)
  for (const { item, said } of items) {
    console.log(
      `  ${JSON.stringify(item).slice(0, 200)}\n    → ${said.kind} ${said.confidence?.toFixed(2) ?? ''} ${said.files.join(' ')}: ${said.response.slice(0, 100).replaceAll('\n', ' ')}`,
    )
  }
}
