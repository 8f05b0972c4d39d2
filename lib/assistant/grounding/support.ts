import { type Fact, nothing, type Saying } from './fact.ts'
import type { Figure } from './figure.ts'
import { isSameFigure, isSameValue } from './figure.ts'
import { align, isSameWord } from './matching.ts'
import { misplacement } from './order.ts'
import type { Reader } from './reading.ts'
import { disagreement } from './signs.ts'
import { membersOf, objectionToSubject } from './subject.ts'
import type { Statement, Token } from './token.ts'

/** Words that promise something: who says them must say all that bounds the promise. */
const promise =
  /^(?:free|refund\w*|discount|guarante\w*|exempt|waive\w*|replac\w*|cancel\w*|cover\w*|return\w*|exchang\w*|credit\w*|off|reimburs\w*|price match|match\w*|kostenlos|gratis|gratuit|umtausch\w*|erstatt\w*|rembours\w*|devol\w*)$/
/** The share of a fact's words that a promise must repeat. */
const PROMISED = 0.6

/** Why a fact does not support a statement; undefined if it does. `facts` are all, to see whether another fits better. */
export function objection(saying: Saying, fact: Fact, facts: Fact[], reader: Reader): string | undefined {
  const { statement: said, signs, figures } = saying
  const before = saying.before.tokens
  // Who says the same again must say again what bounds it.
  const isNew = !saying.before.facts.includes(fact) && saying.before.facts.some(({ passage }) => passage === fact.passage)
  const held = saying.isRecalled && isNew ? saying.before : nothing
  const known = fact.statement
  const places = align(said, known)
  const used = new Set(places.filter((at) => at >= 0))
  const missing = said.tokens.filter(
    (token, at) => token.isContent && !token.isLoose && (places[at] ?? -1) < 0 && !isImplied(token, known, reader),
  )
  if (missing.some((token) => !fact.context.some((word) => isSameWord(token, word)))) {
    return `not said: ${missing.find((token) => !fact.context.some((word) => isSameWord(token, word)))?.word}`
  }
  if (
    used.size === 0 &&
    !(said.figures.length > 0 && before.some((token) => known.tokens.some((other) => other.isContent && isSameWord(token, other))))
  ) {
    return 'nothing in common'
  }
  if (missing.some((token) => isChosenElsewhere(token, said, known, places))) return 'said of something else'
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
  const reason =
    disagreement(
      said,
      known,
      { said: signs, known: fact.signs, held: held.tokens, situation: situation(saying, reader) },
      used,
      reader.tongue,
    ) ?? misplacement(said, known, { said: signs.partOf, known: fact.signs.partOf }, reader)
  if (reason) return reason
  const own = said.tokens.filter(({ isContent, figure }) => isContent || figure)
  const stated = known.tokens.filter(({ isContent }) => isContent)
  const taken = stated.filter((token) => used.has(known.tokens.indexOf(token)) || before.some((other) => isSameWord(other, token)))
  const otherSubject = objectionToSubject(saying, fact, taken, missing, reader)
  if (otherSubject) return otherSubject
  // "Tax law requires it" says what the law requires.
  const { verb } = reader.subjectOf(said)
  const isWhole = verb >= 0 && said.tokens.slice(verb + 1).some(({ word }) => reader.tongue.pronouns.includes(word))
  const isAbout = !isWhole && said.figures.length === 0 && fact.verb > 0 && [...used].every((at) => at < fact.verb)
  if (isAbout && known.tokens.some((token, at) => at > fact.verb && (token.isContent || token.figure))) return 'only what it is about'
  const isDay = ({ word }: Token) => reader.tongue.days.includes(word)
  if (known.tokens.some(isDay) && !said.tokens.some(isDay)) return 'a day dropped'
  if (own.length < 2 && taken.length * 2 < stated.length) return 'too little of it'
  if (signs.negations.length === 0 && said.tokens.some(({ word }) => promise.test(word))) {
    const others = membersOf(fact).filter((member) => !member.some((token) => taken.includes(token)))
    const isOther = (token: Token) => others.length < membersOf(fact).length && others.some((member) => member.includes(token))
    const bounding = known.tokens.slice(0, addressIn(known)).filter((token) => (token.isContent || token.figure) && !isOther(token))
    const repeated = bounding.filter(
      (token) => used.has(known.tokens.indexOf(token)) || [...before, ...fact.title].some((other) => isSameWord(other, token)),
    )
    if (repeated.length < PROMISED * bounding.length) return 'a promise without its bounds'
    // To confirm a cancellation is not to be free to cancel.
    const isDeed = said.tokens.some(
      ({ word }, at) =>
        promise.test(word) && /(?:tion|ment|al)$/.test(known.tokens[places[at] ?? -1]?.word ?? '') && !/(?:tion|ment|al)$/.test(word),
    )
    if (
      isDeed &&
      said.tokens.some(({ word }) => reader.tongue.may.includes(word)) &&
      !known.tokens.some(({ word }) => reader.tongue.may.includes(word))
    )
      return 'a step made an offer'
  }
  return rival(saying, missing, fact, facts)
}

/**
 * What need not be said before advice ("restart the router first"): the situation that the visitor asked about. What the
 * company does or grants depends on its conditions all the same.
 */
function situation({ statement: { tokens }, asked }: Saying, { tongue }: Reader): Token[] {
  const first = tokens.find(({ word, isLoose }) => !isLoose && word !== 'please' && word !== 'just')
  const isAdvice = first !== undefined && tongue.verbs.includes(first.word) && !first.word.endsWith('s') && !promise.test(first.word)
  return isAdvice ? asked : []
}

/** Where the address begins that a fact ends with ("at 18 Wharf Lane, Portland"): it bounds nothing. */
function addressIn({ tokens }: Statement): number | undefined {
  const at = tokens.findIndex(
    ({ figure }, place) => figure?.kind === 'count' && tokens[place - 1]?.word === 'at' && tokens[place + 1]?.isName,
  )
  return at < 0 ? undefined : at
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

/** Words that a figure says by itself: $5 is a price. */
function isImplied({ word, keys }: Token, { figures, tokens }: Statement, { tongue, keysOf }: Reader): boolean {
  const kinds = [
    ...figures.flatMap(({ kind, comparator }) => [kind, comparator]),
    ...(tokens.some((token) => token.word.includes('@')) ? ['email'] : []),
  ]
  return kinds.some((kind) => tongue.implied[kind]?.some((implied) => implied === word || keysOf(implied)[0] === keys[0]))
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

/**
 * Whether a word that only the heading has stands where the fact has another one: "an ink printer" for "a laser printer",
 * "is open" for "is closed".
 */
function isChosenElsewhere(token: Token, said: Statement, known: Statement, places: number[]): boolean {
  const at = said.tokens.indexOf(token)
  if (/^(?:is|are|was|were|be|not|ist|sind|est|es)$/.test(said.tokens[at - 1]?.word ?? '') || token.word === 'free') return true
  const next = places[at + 1] ?? -1
  return next > 0 && known.tokens[next - 1]?.isContent === true
}

/**
 * Whether another fact has more of the words: then the statement is about that one. What was said before counts when the
 * statement takes it up ("it") or says little by itself.
 */
function rival({ statement: said, before }: Saying, missing: Token[], fact: Fact, facts: Fact[]): string | undefined {
  if (missing.length === 0 && before.tokens.length === 0) return undefined
  const asked = [...said.tokens.filter(({ isContent }) => isContent), ...before.tokens]
  const has = ({ statement }: Fact, token: Token) => statement.tokens.some((other) => other.isContent && isSameWord(token, other))
  const count = (one: Fact) => asked.filter((token) => has(one, token)).length
  const own = count(fact)
  const isBetter = (other: Fact) => {
    if (missing.length > 0 && missing.some((token) => has(other, token)) && count(other) >= own) return true
    return differs(said, other.statement) && count(other) > own
  }
  return facts.some((other) => other !== fact && !before.facts.includes(other) && isBetter(other)) ? 'about something else' : undefined
}

/** Whether a fact has figures of the same kinds, and others. */
function differs(said: Statement, known: Statement): boolean {
  return said.figures.some((figure) => {
    const rivals = known.figures.filter(({ kind }) => kind === figure.kind)
    return rivals.length > 0 && !rivals.some((other) => isSameValue(figure, other))
  })
}

/** The facts that have any word or figure of a statement, those with the most first. */
export function nearestFirst(said: Statement, facts: Fact[]): Fact[] {
  const words = said.tokens.filter(({ isContent }) => isContent)
  const rated = facts.map((fact) => {
    const { tokens, figures } = fact.statement
    const own = words.filter((token) => tokens.some((other) => other.isContent && isSameWord(token, other)))
    const same = said.figures.filter((figure) => figures.some((other) => isSameValue(figure, other)))
    return { fact, score: own.length + same.length }
  })
  return rated
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ fact }) => fact)
}
