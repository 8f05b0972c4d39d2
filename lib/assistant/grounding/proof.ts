import { type Before, type Fact, type factsOf, nothing, type Saying } from './fact.ts'
import type { Figure } from './figure.ts'
import { align, isSameWord } from './matching.ts'
import type { Reader } from './reading.ts'
import { createRecords } from './records.ts'
import { signsOf } from './signs.ts'
import { nearestFirst, objection } from './support.ts'
import type { Statement, Token } from './token.ts'

/** Parts that a list in a sentence is taken into, at most two to the power of this. */
const LISTED = 2

/** Finds the facts that statements rest on. `wholes` are sentences that make several facts, `question` is what was asked. */
export function createProof({ facts, wholes, records }: ReturnType<typeof factsOf>, question: Statement, reader: Reader) {
  const { tongue } = reader
  const asked = question.tokens.filter(({ isContent }) => isContent)
  const shop = createRecords(records, question, reader)

  /** The facts that a statement rests on, or why there are none. One that lists may rest on several. */
  function supportOf(statement: Statement, before: Before, figures: Figure[], depth = 0): Fact[] | string {
    const own = statement.tokens.filter(({ isContent }) => isContent)
    if (own.length === 0 && statement.figures.length === 0) return 'nothing stated'
    const record = shop.supportOf(statement, before)
    if (record) return [record]
    let nearest: string | undefined
    const candidates = nearestFirst(statement, facts)
    for (const context of contextsOf(statement, own, before)) {
      const saying: Saying = { statement, signs: signsOf(statement, tongue), figures, asked, ...context }
      for (const fact of candidates) {
        const reason = objection(saying, fact, facts, reader)
        if (reason === undefined) return [fact]
        nearest ??= reason
      }
    }
    if (depth < LISTED && /^(?:not said|another figure)/.test(nearest ?? '')) {
      for (const parts of [reader.members(statement), ...reader.fragments(statement)]) {
        if (parts.length === 0) continue
        const found = parts.map((part) => supportOf(part, before, figures, parts.length > 2 ? LISTED : depth + 1))
        if (found.every((list) => typeof list !== 'string')) return found.flat() as Fact[]
      }
    }
    return nearest ?? 'nothing to rest on'
  }

  /** The sentence that says the same as another one, whose parts say less than it does: its words in their order. */
  function wholeOf(statement: Statement, before: Before): Fact[] | string {
    for (const [list, all] of [
      [wholes, true],
      [facts, false],
    ] as const) {
      for (const context of contextsOf(statement, statement.tokens, before)) {
        const saying: Saying = { statement, signs: signsOf(statement, tongue), figures: statement.figures, asked, ...context }
        const found = nearestFirst(statement, list).find(
          (fact) => isInOrder(saying, fact) && objection(saying, fact, all ? wholes : facts, reader) === undefined,
        )
        if (found) return [found]
      }
    }
    return 'nothing to rest on'
  }

  /** What a statement takes up of what was said: what "it" stands for it must, what "the" and "also" may stand for it may. */
  function contextsOf({ tokens }: Statement, own: Token[], before: Before): Array<Pick<Saying, 'before' | 'isRecalled'>> {
    const has = (list: readonly string[]) => tokens.some(({ word }) => list.includes(word) && word !== 'that')
    const [first] = tokens.filter(({ isLoose }) => !isLoose)
    const isRecalled = has(tongue.further) || (first !== undefined && tongue.pronouns.includes(first.word))
    // Nothing was said yet: then "it" is what was asked about.
    const last = before === nothing ? { ...nothing, tokens: asked } : before
    if (own.length < 2 || has(tongue.pronouns)) return [{ before: last, isRecalled }]
    const alone = { before: nothing, isRecalled: false }
    const isTakenUp = has(tongue.further) || isNamedAgain(tokens, before) || !tokens.some((_, at) => reader.isVerb(tokens, at))
    return isTakenUp && before.tokens.length > 0 ? [alone, { before, isRecalled }] : [alone]
  }

  /** Whether "the" or "your" stands before something that was just named. */
  function isNamedAgain(tokens: Token[], before: Before): boolean {
    return tokens.some(({ word }, at) => {
      const next = tongue.definite.includes(word) ? tokens.slice(at + 1, at + 3).find(({ isContent }) => isContent) : undefined
      return next !== undefined && before.tokens.some((other) => isSameWord(other, next))
    })
  }

  /** The facts that a quoted sentence of a passage makes. `keyOf` is what sentences are compared by. */
  function factsIn(passage: number, key: string, keyOf: (text: string) => string): Fact[] {
    return [...facts, ...wholes, ...records].filter((fact) => fact.passage === passage && keyOf(fact.text) === key)
  }

  return { supportOf, wholeOf, factsIn, prose: facts }
}

/** How far a word may stand ahead of one that comes before it in an article. */
const REACH = 3

/** Whether the words that both have come in one order, but for neighbours, and what is denied follows its negation in both. */
function isInOrder({ statement, signs }: Saying, fact: Fact): boolean {
  const places = align(statement, fact.statement)
  const found = places.filter((at) => at >= 0)
  if (!found.every((at, index) => found.slice(index + 1).every((other) => at - other <= REACH))) return false
  return signs.negations.every((negation) =>
    fact.signs.negations.some((other) => places.every((at, place) => at < 0 || place < negation === at < other)),
  )
}
