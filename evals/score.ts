import type { Ask, Said } from './ask.ts'
import { ambiguous, fileOf, followUp, inScope, outOfScope, person, type QuestionSet, smalltalk, twoPart } from './questions.ts'

/** One figure of an evaluation. */
export interface Figure {
  name: string
  value: number
  /** What must hold, as a share of the questions. */
  goal: { side: 'at least' | 'at most'; share: number }
  holds: boolean
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

  const isAnswer = ({ said }: Asked) => said.kind === 'answer'
  const isRight = ({ item, said }: { item: { articles: string[] }; said: Said }) => oneOf(item.articles, said.sources.slice(0, 1))
  const given = [...own.map((one) => ({ ...one, right: isRight(one) })), ...foreign.map((one) => ({ ...one, right: false }))].filter(
    isAnswer,
  )

  const figures = [
    figure('answered from the right article', 'at least', 0.9, own, isRight),
    figure('… and the answer holds the fact asked for', 'at least', 0.75, own, ({ item, said }) =>
      item.must.some((part) => said.response.includes(part)),
    ),
    figure('not ours, but answered', 'at most', 0.075, foreign, isAnswer),
    figure('two questions in one, both answered', 'at least', 0.6, double, ({ item, said }) =>
      item.articles.every((part) => oneOf(part, said.sources)),
    ),
    figure('follow-ups answered from the right article', 'at least', 0.75, following, ({ item, said }) => oneOf(item.articles, said.sources)),
    figure(
      'vague ones: asked back, or one of the topics answered',
      'at least',
      0.8,
      vague,
      ({ item, said }) => said.kind === 'clarify' || oneOf(item.articles, said.sources),
    ),
    figure('… asked back', 'at least', 0.4, vague, ({ said }) => said.kind === 'clarify'),
    figure(
      'a wish for a person, recognised or rightly not',
      'at least',
      0.95,
      people,
      ({ item, said }) => said.handoff !== Boolean(item.not),
    ),
    figure('smalltalk taken as such', 'at least', 0.8, small, ({ item, said }) =>
      item.kind === 'frustration' ? said.reasons.includes('the visitor is not content') : said.kind === 'smalltalk',
    ),
    figure('answers that are right, of all that were given', 'at least', 0.85, given, ({ right }) => right),
  ]
  return figures.filter(({ count }) => count > 0)
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

function figure<T extends Asked>(
  name: string,
  side: Figure['goal']['side'],
  share: number,
  asked: T[],
  counts: (one: T) => boolean,
): Figure {
  const counted = asked.filter(counts)
  const value = counted.length / asked.length
  const against = side === 'at least' ? asked.filter((one) => !counted.includes(one)) : counted
  return { name, value, goal: { side, share }, holds: side === 'at least' ? value >= share : value <= share, count: asked.length, against }
}
