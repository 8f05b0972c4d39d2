import { isSameWord } from './matching.ts'
import type { Statement, Token } from './token.ts'
import type { Tongue } from './tongues/tongue.ts'

/** A piece of a statement: its main part, or a condition in it. */
export interface Part {
  tokens: Token[]
  isCondition: boolean
}

/** What a statement means beside its words: where it is denied, bounded, softened. */
export interface Signs {
  parts: Part[]
  /** For each token the place of its part. */
  partOf: number[]
  negations: number[]
}

export function signsOf({ tokens }: Statement, tongue: Tongue): Signs {
  const parts: Part[] = []
  const partOf: number[] = []
  const negations: number[] = []
  let part: Part | undefined
  for (const [at, token] of tokens.entries()) {
    const isCondition = tongue.conditions.includes(token.word)
    const opens = isCondition || tongue.reasons.includes(token.word)
    const closes = token.word === ',' && part?.isCondition === true && !isListComma(tokens, at, tongue)
    if (!part || opens || closes) {
      part = { tokens: [], isCondition }
      parts.push(part)
    }
    part.tokens.push(token)
    partOf.push(parts.length - 1)
    if (tongue.negations.includes(token.word)) negations.push(at)
  }
  return { parts, partOf, negations }
}

/** Whether a comma stands in a list ("drops, damage or loss") rather than at the end of a condition. */
function isListComma(tokens: Token[], at: number, tongue: Tongue): boolean {
  const rest = tokens.slice(at + 1, at + 5).map(({ word }) => word)
  const joint = rest.findIndex((word) => word === tongue.or || word === tongue.and)
  return (
    joint >= 0 &&
    joint <= 3 &&
    !rest.slice(0, joint).some((word) => tongue.verbs.includes(word) || tongue.company.includes(word) || word === 'you')
  )
}

const has = (tokens: Token[], list: readonly string[]) => tokens.some(({ word }) => list.includes(word))
const classes = (tokens: Token[], lists: readonly (readonly string[])[]) =>
  lists.flatMap((list, index) => (has(tokens, list) ? [index] : []))

/** The tokens of those parts of what is known that what is said speaks of. */
function usedTokens(known: Statement, signs: Signs, used: ReadonlySet<number>): Token[] {
  const places = new Set([...used].map((at) => signs.partOf[at]))
  return known.tokens.filter((_, at) => places.has(signs.partOf[at] ?? -1))
}

/**
 * Why what is said means another thing than what is known, although its words are there; undefined if it does not.
 * `used` are the places of the words that both have, `held` the words of the sentence before that hold on.
 */
export function disagreement(
  said: Statement,
  known: Statement,
  signs: { said: Signs; known: Signs; held: Token[]; situation: Token[] },
  used: ReadonlySet<number>,
  tongue: Tongue,
): string | undefined {
  const spoken = usedTokens(known, signs.known, used)
  const usedParts = new Set([...used].map((at) => signs.known.partOf[at]))
  const knownNegations = signs.known.negations.filter((at) => usedParts.has(signs.known.partOf[at]))
  const [denials, denied] = [signs.said.negations.length, knownNegations.length]
  if (denials % 2 !== denied % 2 || (denials === 0) !== (denied === 0)) return 'negation'
  for (const at of signs.said.negations) if (!isDeniedIn(said.tokens, at, known.tokens, knownNegations)) return 'what is denied'
  const isDenied = signs.said.negations.length > 0

  const softened = classes(spoken, tongue.hedges)
  const softly = classes(said.tokens, tongue.hedges)
  // "You can" of an article may be said as a plain offer; "may" and "usually" may not be dropped.
  const canOnly = !has(spoken, ['may', 'might', 'could', 'possibly'])
  for (const soft of softened) if (!softly.includes(soft) && !(soft === 0 && canOnly)) return 'a hedge dropped'
  const firmly = classes(said.tokens, tongue.universals)
  const firm = classes(known.tokens, tongue.universals)
  for (const one of firmly) if (!firm.includes(one) && !(isDenied && one === 0)) return 'more than is said'
  const mustSaid = has(said.tokens, tongue.must)
  const mustKnown = has(spoken, tongue.must)
  if (mustSaid && !mustKnown && has(spoken, tongue.may) && !isDenied && !has(known.tokens, tongue.restrictions))
    return 'an offer made a duty'
  if (mustKnown && !mustSaid && has(said.tokens, tongue.may) && !isDenied) return 'a duty made an offer'

  if (adds(said.tokens, tongue.restrictions) && !has(known.tokens, tongue.restrictions)) return 'a restriction added'
  if (!has(said.tokens, tongue.restrictions) && dropsBound(known.tokens, used, tongue)) return 'a restriction dropped'
  if (opposed(said.tokens, known.tokens, tongue.opposites)) return 'the opposite'
  for (const [index, part] of signs.known.parts.entries()) {
    if (!part.isCondition) continue
    const stated = part.tokens.filter(({ isContent, figure }) => isContent || figure)
    const kept = stated.filter((token) => used.has(known.tokens.indexOf(token)) || signs.held.some((other) => isSameWord(other, token)))
    if (kept.length * 2 < stated.length && !isRestated(part, signs.said.parts) && !isAsked(stated, signs.situation))
      return 'a condition dropped'
    if (usedParts.size === 1 && usedParts.has(index) && signs.known.parts.length > 1) return 'only the condition'
  }
  return joints(said, known, tongue, isDenied || has(said.tokens, tongue.may)) ?? times(said, known, tongue)
}

/** Whether what is said has a condition in words of this one alone ("if you need more time"). */
function isRestated(condition: Part, parts: Part[]): boolean {
  const words = new Set(condition.tokens.map(({ word }) => word))
  return parts.some(
    ({ isCondition, tokens }) =>
      isCondition && tokens.length > 3 && tokens.slice(1).every(({ word }) => words.has(word) || /^[,.]$/.test(word)),
  )
}

/** Whether a condition is what the visitor told: two thirds of its words at least. */
function isAsked(condition: Token[], situation: Token[]): boolean {
  const told = condition.filter((token) => situation.some((other) => isSameWord(other, token)))
  return told.length > 0 && told.length * 3 >= condition.length * 2
}

/** Whether a restriction is left out with something that it bounds: what is true only then is true then. */
function dropsBound(known: Token[], used: ReadonlySet<number>, tongue: Tongue): boolean {
  return known.some(({ word }, at) => {
    if (!tongue.restrictions.includes(word)) return false
    const bound = known.flatMap(({ isContent, figure }, place) => (place > at && (isContent || figure) ? [place] : []))
    return !tongue.only.includes(word) || bound.length === 0 || bound.some((place) => !used.has(place))
  })
}

/** Whether a word stands in for its opposite, or by what the opposite is said of. */
function opposed(said: Token[], known: Token[], opposites: Tongue['opposites']): boolean {
  return opposites.some((pair) =>
    pair.some((side, index) => {
      const other = pair[1 - index] ?? []
      if (!has(said, side) || has(said, other) || !has(known, other)) return false
      if (!has(known, side)) return true
      const place = known.findIndex(({ word }) => side.includes(word))
      const against = known.findIndex(({ word }) => other.includes(word))
      return said.some((token) => {
        if (!token.isContent || side.includes(token.word)) return false
        const places = known.flatMap((one, at) => (one.isContent && isSameWord(token, one) ? [at] : []))
        return places.length > 0 && places.every((at) => at > against && (place < against || at < place))
      })
    }),
  )
}

/** Whether a restriction is added: "only" right by a figure adds none. */
function adds(tokens: Token[], restrictions: readonly string[]): boolean {
  const isBare = ({ figure }: Token) => figure !== undefined && figure.kind !== 'money'
  return tokens.some(({ word }, at) => restrictions.includes(word) && !tokens.slice(Math.max(0, at - 1), at + 5).some(isBare))
}

/** Whether the word that a negation stands by is denied in what is known too. */
function isDeniedIn(said: Token[], at: number, known: Token[], negations: number[]): boolean {
  const near = around(said, at)
  if (near.length === 0) return negations.length > 0
  return negations.some((other) => {
    const there = around(known, other, 7)
    return near.some((token) => there.some((one) => isSameWord(token, one)))
  })
}

function around(tokens: Token[], at: number, reach = 4): Token[] {
  const stated = (list: Token[]) => list.filter(({ isContent }) => isContent)
  const after = stated(tokens.slice(at + 1)).slice(0, reach)
  const before = stated(tokens.slice(0, at)).slice(-reach)
  return [...after, ...before]
}

/** "or" made into "and" between the same two words; "and" into "or" where both are asked for. */
function joints(said: Statement, known: Statement, tongue: Tongue, isLoose: boolean): string | undefined {
  const { and, or, must, verbs } = tongue
  if (isLoose || and === '' || !known.tokens.some(({ word }) => verbs.includes(word))) return undefined
  const first = known.tokens[0]?.word ?? ''
  const asksFor = (verbs.includes(first) && !first.endsWith('s')) || has(known.tokens, must)
  for (const [at, { word }] of said.tokens.entries()) {
    if (word !== and && !(word === or && asksFor)) continue
    const [left, right] = sides(said.tokens, at)
    if (!left || !right) continue
    for (const [other, token] of known.tokens.entries()) {
      if (token.word !== (word === and ? or : and)) continue
      const [a, b] = sides(known.tokens, other)
      if (a && b && isSameWord(left, a) && isSameWord(right, b)) return 'and for or'
    }
  }
  return undefined
}

function sides(tokens: Token[], at: number): [Token | undefined, Token | undefined] {
  return [tokens.slice(0, at).findLast(({ isContent }) => isContent), tokens.slice(at + 1).find(({ isContent }) => isContent)]
}

/** Words that what comes before or after something is told in, at most. */
const GOVERNED = 4

/** Whether "after the order" is said where something else comes first: "after the pickup e-mail". */
function isOfAnother(said: Token[], at: number, known: Token[], kind: readonly string[]): boolean {
  const after = (list: Token[], from: number) => list.slice(from + 1).filter(({ isContent }) => isContent)
  const [word] = after(said, at)
  const governed = known.flatMap((token, place) => (kind.includes(token.word) ? after(known, place).slice(0, GOVERNED) : []))
  if (!word || governed.length === 0 || governed.some((other) => isSameWord(word, other))) return false
  return known.some((other) => other.isContent && isSameWord(word, other))
}

/** Conditions that end when something happens: "before" says the same. */
const until = ['until', 'while', 'unless', 'bis', 'solange']

/** Before made of after, or either left out where the article has it. */
function times(said: Statement, known: Statement, tongue: Tongue): string | undefined {
  const kinds = [tongue.before, tongue.after]
  const kindAt = (tokens: Token[], from: number, to: number) =>
    kinds.findIndex((list) =>
      list.includes(tokens.slice(from, to).findLast(({ word }) => kinds.some((one) => one.includes(word)))?.word ?? ''),
    )
  const governed = known.tokens.flatMap((token, at) => {
    const kind = kinds.findIndex((list) => list.includes(token.word))
    const word = kind < 0 ? undefined : known.tokens.slice(at + 1).find(({ isContent }) => isContent)
    return word ? [{ word, kind }] : []
  })
  for (const [place, token] of said.tokens.entries()) {
    const known = governed.filter(({ word }) => token.isContent && isSameWord(token, word))
    if (known.length === 0) continue
    const from = Math.max(0, place - 6)
    const kind = kindAt(said.tokens, from, place)
    if (kind >= 0 && !known.some((one) => one.kind === kind)) return 'before for after'
    const told = said.tokens.some(({ word }) => known.some((one) => kinds[one.kind]?.includes(word)) || tongue.conditions.includes(word))
    if (!told && !said.tokens.slice(from, place).some(({ figure }) => figure?.kind === 'duration')) return 'before or after dropped'
  }
  for (const [at, token] of said.tokens.entries()) {
    const kind = kinds.findIndex((list) => list.includes(token.word))
    if (kind >= 0 && isOfAnother(said.tokens, at, known.tokens, kinds[kind] ?? [])) return 'before or after something else'
    const alike = kind === 0 ? until : tongue.conditions
    if (kind < 0 || known.tokens.some(({ word }) => kinds[kind]?.includes(word) || alike.includes(word))) continue
    if (known.figures.some(({ comparator }) => comparator === 'by' || comparator === 'after' || comparator === 'within')) continue
    if (said.tokens.slice(at + 1).some(({ isContent }) => isContent)) return 'before or after added'
  }
  return undefined
}
