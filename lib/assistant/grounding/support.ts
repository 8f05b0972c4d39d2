import { objectionToFigures } from './amounts.ts'
import { type Fact, nothing, type Saying } from './fact.ts'
import { isSameValue } from './figure.ts'
import { align, isSameWord } from './matching.ts'
import { misplacement } from './order.ts'
import { objectionToPromise, promise } from './promises.ts'
import type { Reader } from './reading.ts'
import { disagreement } from './signs.ts'
import { objectionToSubject } from './subject.ts'
import type { Statement, Token } from './token.ts'

/** Why a fact does not support a statement; undefined if it does. `facts` are all, to see whether another fits better. */
export function objection(saying: Saying, fact: Fact, facts: Fact[], reader: Reader): string | undefined {
  const { statement: said, signs } = saying
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
  const wrongFigure = objectionToFigures(saying, fact, held, used, reader)
  if (wrongFigure) return wrongFigure
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
  const unbounded = objectionToPromise(saying, fact, { places, used, taken }, reader)
  if (unbounded) return unbounded
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

/** Words that a figure says by itself: $5 is a price. */
function isImplied({ word, keys }: Token, { figures, tokens }: Statement, { tongue, keysOf }: Reader): boolean {
  const kinds = [
    ...figures.flatMap(({ kind, comparator }) => [kind, comparator]),
    ...(tokens.some((token) => token.word.includes('@')) ? ['email'] : []),
  ]
  return kinds.some((kind) => tongue.implied[kind]?.some((implied) => implied === word || keysOf(implied)[0] === keys[0]))
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
