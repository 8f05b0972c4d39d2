import type { Before, Fact, Saying } from './fact.ts'
import { type Figure, isSameFigure, isSameValue } from './figure.ts'
import { isSameWord } from './matching.ts'
import type { Reader } from './reading.ts'
import type { Statement } from './token.ts'

/**
 * Why the figures of a statement are not those of a fact; undefined if they are. Adds the places of those that it has to `used`.
 * `held` is what was said before and bounds this statement too.
 */
export function objectionToFigures(
  { statement: said, figures }: Saying,
  { statement: known }: Fact,
  held: Before,
  used: Set<number>,
  reader: Reader,
): string | undefined {
  for (const figure of said.figures) {
    const same = known.figures.filter((other) => isSameFigure(figure, other))
    if (same.length === 0 && (isOne(said, figure, known) || isBeforehand(said, figure))) continue
    if (
      same.length > 0 &&
      said.figures.filter((one) => isSameValue(one, figure)).length > known.figures.filter((one) => isSameValue(one, figure)).length
    ) {
      return 'a figure said twice'
    }
    if (same.length > 0 && same.every((other) => isTurned(said, figure, known, other, reader))) return 'before for after'
    if (same.length === 0) return `another figure: ${figure.kind} ${figure.low} ${figure.unit}`
    if (figure.kind === 'count' && !same.some((other) => countSame(said, figure, known, other))) return 'a number of something else'
    for (const other of same) used.add(other.at)
  }
  const bounds = [...figures, ...held.figures]
  const dropped = known.figures.find((figure) => isBound(figure) && !bounds.some((other) => isSameValue(other, figure)))
  if (dropped && said.tokens.some(({ isContent }) => isContent)) return 'a bound dropped'
  return undefined
}

/** Figures that bound what is said: from, up to, over, under, by, after. */
function isBound({ comparator, kind }: Figure): boolean {
  return kind !== 'ordinal' && comparator !== 'exactly' && comparator !== 'about'
}

/** Whether "first" only says that other things come after ("check the mailbox first"). */
function isBeforehand({ tokens }: Statement, { kind, low, at }: Figure): boolean {
  return kind === 'ordinal' && low === 1 && /^[,.;]?$/.test(tokens[at + 1]?.word ?? '')
}

/** Whether "one order" is what the article calls "an order" or "per order". */
function isOne(said: Statement, { kind, low, high, at }: Figure, known: Statement): boolean {
  const noun = said.tokens.slice(at + 1).find(({ isContent }) => isContent)
  if (kind !== 'count' || low !== 1 || high !== 1 || !noun) return false
  const place = known.tokens.findIndex((token) => token.isContent && isSameWord(token, noun))
  return known.tokens.slice(Math.max(0, place - 2), place).some(({ word }) => /^(?:an?|each|every|per)$/.test(word))
}

/** Whether two figures count in opposite directions: 14 days before, 14 days after. */
function isTurned(said: Statement, figure: Figure, known: Statement, other: Figure, { tongue }: Reader): boolean {
  const direction = ({ tokens }: Statement, at: number) =>
    [tongue.before, tongue.after].findIndex((list) => list.includes(tokens[at + 1]?.word ?? ''))
  const [own, theirs] = [direction(said, figure.at), direction(known, other.at)]
  return own >= 0 && theirs >= 0 && own !== theirs
}

/** Whether two numbers count the same: the next word with content after one is among those after the other. */
function countSame(said: Statement, figure: Figure, known: Statement, other: Figure): boolean {
  const next = said.tokens.slice(figure.at + 1).find(({ isContent }) => isContent)
  const near = known.tokens
    .slice(other.at + 1)
    .filter(({ isContent }) => isContent)
    .slice(0, 4)
  const previous = known.tokens.slice(0, other.at).findLast(({ isContent }) => isContent)
  return !next || [...near, ...(previous ? [previous] : [])].some((token) => isSameWord(next, token)) || near.length === 0
}
