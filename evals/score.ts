import type { Ask, Said } from './ask.ts'
import { type Goal, goals, type Measure, reaches } from './goals.ts'
import { ambiguous, fileOf, followUp, inScope, outOfScope, person, type QuestionSet, smalltalk, twoPart } from './questions.ts'

/** One figure of an evaluation. */
export interface Figure {
  name: Measure
  value: number
  goal: Goal
  /** Whether it reaches the goal, and whether at least what the set must hold meanwhile. */
  holds: boolean
  isKept: boolean
  /** The questions it was measured on, and those of them that speak against it. */
  count: number
  against: Asked[]
}

export interface Asked {
  item: object
  said: Said
}

/** Puts one set of questions to the assistant and says how it did. */
export async function score(set: QuestionSet, ask: Ask): Promise<Figure[]> {
  const own = await each(inScope(set), ({ q }) => ask(q))
  const foreign = await each(outOfScope(set), ({ q }) => ask(q))
  const double = await each(twoPart(set), ({ q }) => ask(q))
  const following = await each(followUp(set), ({ turns }) => ask(...turns))
  const vague = await each(ambiguous(set), ({ q }) => ask(q))
  const people = await each(person(set), ({ q }) => ask(q))
  const small = await each(smalltalk(set), ({ q }) => ask(q))
  const helped = await each(inScope(set), ({ q, articles }) => choosing(ask, q, articles))

  const noted = own.filter(({ item }) => item.must.length > 0)

  const isAnswer = ({ said }: Asked) => said.kind === 'answer'
  const isRight = ({ item, said }: { item: { articles: string[] }; said: Said }) => oneOf(item.articles, said.sources.slice(0, 1))
  const given = [...own.map((one) => ({ ...one, right: isRight(one) })), ...foreign.map((one) => ({ ...one, right: false }))].filter(
    isAnswer,
  )

  function figure<T extends Asked>(name: Measure, asked: T[], counts: (one: T) => boolean): Figure {
    const goal: Goal = goals[name]
    const counted = asked.filter(counts)
    const value = counted.length / asked.length
    const against = goal.side === 'at least' ? asked.filter((one) => !counted.includes(one)) : counted
    return { name, value, goal, holds: reaches(value, goal), isKept: reaches(value, goal, goal.held?.[set]), count: asked.length, against }
  }

  const figures = [
    figure('answered from the right article', own, isRight),
    figure('… at once, or after asking back', helped, isRight),
    figure('… and at once with the fact asked for', noted, ({ item, said }) => item.must.some((part) => said.response.includes(part))),
    figure('not ours, but answered', foreign, isAnswer),
    figure('two questions in one, both answered', double, ({ item, said }) => item.articles.every((part) => oneOf(part, said.sources))),
    figure('follow-ups answered from the right article', following, ({ item, said }) => oneOf(item.articles, said.sources)),
    figure(
      'vague ones: asked back, or one of the topics answered',
      vague,
      ({ item, said }) => said.kind === 'clarify' || oneOf(item.articles, said.sources),
    ),
    figure('… asked back', vague, ({ said }) => said.kind === 'clarify'),
    figure('a wish for a person, recognised or rightly not', people, ({ item, said }) => said.handoff !== Boolean(item.not)),
    figure('smalltalk taken as such', small, ({ item, said }) =>
      item.kind === 'frustration' ? said.reasons.includes('the visitor is not content') : said.kind === 'smalltalk',
    ),
    figure('answers that are right, of all that were given', given, ({ right }) => right),
  ]
  return figures.filter(({ count }) => count > 0)
}

/** Asks, and when it is asked back chooses each topic: what was said from a right article, or else at last. */
async function choosing(ask: Ask, question: string, articles: string[]): Promise<Said> {
  let said = await ask(question)
  for (const option of said.kind === 'clarify' ? said.options : []) {
    said = await ask(question, option)
    if (oneOf(articles, said.sources.slice(0, 1))) return said
  }
  return said
}

/** Whether one of the files or entries is among the sources cited. */
function oneOf(names: string[], sources: string[]): boolean {
  return names.some((name) => sources.some((source) => source === name || source.split('#')[0] === fileOf(name)))
}

/** Asks one after the other, as a session does. */
async function each<T extends object>(items: T[], put: (item: T) => Promise<Said>): Promise<Array<{ item: T; said: Said }>> {
  const done: Array<{ item: T; said: Said }> = []
  for (const item of items) done.push({ item, said: await put(item) })
  return done
}
