import type { Figure } from './figure.ts'
import { isSameFigure } from './figure.ts'
import { isSameWord } from './matching.ts'
import type { Reader } from './reading.ts'
import type { Statement, Token } from './token.ts'
import type { Tongue } from './tongues/tongue.ts'

/**
 * Why the words of what is said belong together otherwise than in what is known: a figure given to another thing, a deed
 * to somebody else, the sides of a comparison exchanged. Undefined if they do not.
 */
export function misplacement(
  said: Statement,
  known: Statement,
  parts: { said: number[]; known: number[] },
  { verbs, tongue, isVerb }: Reader,
): string | undefined {
  return (
    figuresMoved(said, known, parts, isVerb) ??
    conditionsMoved(said, known, tongue) ??
    doersChanged(said, known, isVerb, tongue) ??
    sidesChanged(said, known, parts, verbs)
  )
}

/** Figures of one kind: what stands by one of them only must not be said of another. */
function figuresMoved(
  said: Statement,
  known: Statement,
  parts: { said: number[]; known: number[] },
  isVerb: Reader['isVerb'],
): string | undefined {
  for (const kind of new Set(said.figures.map((figure) => figure.kind))) {
    const rivals = known.figures.filter((figure) => figure.kind === kind)
    const own = said.figures.filter((figure) => figure.kind === kind)
    if (rivals.length < 2 || own.length === 0) continue
    const areas = areasOf(known.tokens, rivals, parts.known, isVerb)
    const saidAreas = areasOf(said.tokens, own, parts.said, isVerb)
    for (const [index, figure] of own.entries()) {
      const matches = rivals.flatMap((rival, at) => (isSameFigure(figure, rival) ? [at] : []))
      if (matches.length === 0) continue
      const words =
        own.length === 1 && kind === 'ordinal'
          ? said.tokens.slice(0, figure.at).findLast(({ isContent }) => isContent)
          : own.length === 1
            ? said.tokens.filter(({ isContent }, at) => isContent && parts.said[at] === parts.said[figure.at])
            : (saidAreas[index] ?? [])
      const fits = matches.some((match) =>
        [words ?? []].flat().every((word) => {
          const places = areas.flatMap((area, at) => (area.some((other) => isSameWord(word, other)) ? [at] : []))
          return places.length === 0 || places.includes(match) || places.length === areas.length
        }),
      )
      if (!fits) return 'a figure of something else'
      // Where each figure has a word of its own, one of them must be said: "$55" alone is the price of nothing.
      const owned = areas.map((area, at) =>
        area.filter((word) => !areas.some((other, place) => place !== at && other.some((one) => isSameWord(one, word)))),
      )
      const names = said.tokens.filter(({ isContent }) => isContent)
      const isOwned = matches.some(
        (match) => (owned[match] ?? []).length === 0 || owned[match]?.some((word) => names.some((one) => isSameWord(one, word))),
      )
      if (kind !== 'ordinal' && !isOwned) return 'a figure of nothing'
    }
  }
  return undefined
}

/** Where what is known has several conditions, each thing done must keep its own: charged when approved, authorized when submitted. */
function conditionsMoved(said: Statement, known: Statement, tongue: Tongue): string | undefined {
  const own = deedsOnCondition(known, tongue)
  if (own.length < 2) return undefined
  const shares = (list: Token[], other: Token[]) => list.some((one) => other.some((two) => isSameWord(one, two)))
  for (const { deed, condition } of deedsOnCondition(said, tongue)) {
    const right = own.find((one) => isSameWord(deed, one.deed))
    if (!right) continue
    const isOnly = (token: Token) => own.filter((one) => shares([token], one.condition)).length === 1
    const telling = condition.filter(isOnly)
    if (telling.length > 0 && !shares(telling, right.condition)) return 'on another condition'
  }
  return undefined
}

/** The word before each condition, and the words of the condition up to the next joint. */
function deedsOnCondition({ tokens }: Statement, tongue: Tongue): Array<{ deed: Token; condition: Token[] }> {
  return tokens.flatMap(({ word }, at) => {
    const deed = tongue.conditions.includes(word) ? tokens.slice(0, at).findLast(({ isContent }) => isContent) : undefined
    const end = tokens.findIndex(
      (token, place) => place > at && (token.word === ',' || token.word === tongue.and || token.word === tongue.or),
    )
    const condition = tokens.slice(at + 1, end < 0 ? tokens.length : end).filter(({ isContent }) => isContent)
    return deed ? [{ deed, condition }] : []
  })
}

/** The words around each figure, up to the joint that parts it from the next one. */
function areasOf(tokens: Token[], figures: Figure[], parts: number[], isVerb: Reader['isVerb']): Token[][] {
  const isJoint = ({ word }: Token) => word === ',' || word === ';' || /^(?:and|or|but|und|oder|et|ou|y|o|va|hoac|con)$/.test(word)
  // Without a joint between two figures, what stands between them is of neither.
  const cuts = figures.slice(1).map((figure, index) => {
    const last = figures[index] as Figure
    for (let at = figure.at - 1; at > last.at; at -= 1) if (isJoint(tokens[at] as Token)) return { end: at, begin: at }
    return { end: last.at, begin: figure.at }
  })
  // What is counted ("per order") and what is done is of all of them.
  const stated = (list: Token[]) => list.filter(({ isContent }, at) => isContent && list[at - 1]?.word !== 'per')
  const first = tokens.findLastIndex((_, at) => at < (figures[0]?.at ?? 0) && (isVerb(tokens, at) || isParticiple(tokens, at))) + 1
  return figures.map((figure, index) => {
    const to = cuts[index]?.end ?? tokens.length
    const from = cuts[index - 1]?.begin
    const within = (begin: number) => stated(tokens.filter((_, at) => at >= begin && at < to && parts[at] === parts[figure.at]))
    if (from !== undefined) return within(from)
    // What stands before the first figure is about all of them, unless the others have something before them too.
    const isAhead = figures[1] !== undefined && stated(tokens.slice(cuts[0]?.begin, figures[1].at)).length > 0
    return within(isAhead ? first : figure.at)
  })
}

/** Who does what: a verb that both have, with another doer right before it. */
function doersChanged(said: Statement, known: Statement, isVerb: Reader['isVerb'], tongue: Tongue): string | undefined {
  const sides = [tongue.company, tongue.visitor, tongue.others]
  const doer = (tokens: Token[], at: number) => {
    for (let place = at - 1; place >= Math.max(0, at - 6); place -= 1) {
      const word = tokens[place]?.word ?? ''
      const side = sides.findIndex((list) => list.includes(word))
      if (side >= 0) return side
      if (word === ',' || tongue.conditions.includes(word)) return -1
    }
    return -1
  }
  for (const [at, token] of said.tokens.entries()) {
    if (!token.isContent || !isVerb(said.tokens, at)) continue
    const side = doer(said.tokens, at)
    if (side < 0) continue
    const others = known.tokens.flatMap((other, place) =>
      other.isContent && isSameWord(token, other) ? [{ other, side: doer(known.tokens, place) }] : [],
    )
    const told = others.filter((one) => one.side >= 0)
    // Who is charged pays: then it must be somebody else.
    const fits = told.some((one) => (isConverse(token.word, one.other.word) ? one.side !== side : one.side === side))
    if (told.length > 0 && !fits) return 'somebody else does it'
  }
  return undefined
}

const isConverse = (a: string, b: string) => (/^pay/.test(a) && /^charg/.test(b)) || (/^charg/.test(a) && /^pay/.test(b))

/** What is on the left of "than", or of a verb, must not have moved to its right while the right moved to its left. */
function sidesChanged(
  said: Statement,
  known: Statement,
  parts: { said: number[]; known: number[] },
  verbs: ReadonlySet<string>,
): string | undefined {
  for (const [at, token] of said.tokens.entries()) {
    const isPivot =
      token.word === 'than' ||
      (verbs.has(token.word) &&
        !/^(?:is|are|was|were|be|can|could|may|might|must|will|would|do|does|did|has|have|had|costs?|takes?)$/.test(token.word))
    if (!isPivot) continue
    const place = known.tokens.findIndex(({ word }) => word === token.word)
    if (place < 0 || isPassive(said.tokens, at) !== isPassive(known.tokens, place)) continue
    const side = (list: Token[], from: number, to: number, part: number[], pivot: number) =>
      list.filter(({ isContent }, one) => isContent && one >= from && one < to && part[one] === part[pivot])
    const left = side(known.tokens, 0, place, parts.known, place)
    const right = side(known.tokens, place + 1, known.tokens.length, parts.known, place)
    const only = (list: Token[], other: Token[]) => list.filter((one) => !other.some((two) => isSameWord(one, two)))
    const [onlyLeft, onlyRight] = [only(left, right), only(right, left)]
    const isIn = (list: Token[], some: Token[]) => list.some((one) => some.some((two) => isSameWord(one, two)))
    const saidLeft = side(said.tokens, 0, at, parts.said, at)
    const saidRight = side(said.tokens, at + 1, said.tokens.length, parts.said, at)
    if (isIn(saidRight, onlyLeft) && isIn(saidLeft, onlyRight) && !(isIn(saidLeft, onlyLeft) && isIn(saidRight, onlyRight)))
      return 'the sides exchanged'
  }
  return undefined
}

const isParticiple = (tokens: Token[], at: number) => /(?:ed|en)$/.test(tokens[at]?.word ?? '') && isPassive(tokens, at)

function isPassive(tokens: Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 3), at).some(({ word }) => /^(?:is|are|was|were|be|been|being)$/.test(word))
}
