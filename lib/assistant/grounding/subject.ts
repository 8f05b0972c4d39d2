import type { Fact, Saying } from './fact.ts'
import { isSameWord } from './matching.ts'
import type { Reader } from './reading.ts'
import type { Token } from './token.ts'

/**
 * Why a statement is about something else than a fact, or about more than that; undefined if it is about the same. `taken` are
 * the words of the fact that it has, `missing` its words that the fact has not.
 */
export function objectionToSubject(saying: Saying, fact: Fact, taken: Token[], missing: Token[], reader: Reader): string | undefined {
  const { statement: said, figures, asked } = saying
  const before = saying.before.tokens
  const own = reader.subjectOf(said).subject
  // What the heading says and what was just said need not be said again; what is asked about only where nothing else is named.
  const named = [...before, ...(own.length === 0 ? asked : [])]
  const known = [...fact.context, ...named]
  const isNamed = (token?: Token) => token !== undefined && has(named, token)
  const isOurs = said.tokens.some(({ word }) => reader.tongue.company.includes(word))
  const isKnown = (token: Token) => has(known, token) || (isOurs && reader.tongue.house.includes(token.word))
  // "The support team answers" is "we answer", and "is answered" where nobody is named.
  const isUnnamed = said.tokens.some(({ word }, at) => /^(?:is|are|be)$/.test(word) && /ed$/.test(said.tokens[at + 1]?.word ?? ''))
  const isHouse = (member: Token[]) => (isOurs || isUnnamed) && reader.tongue.house.includes(member.at(-1)?.word ?? '')
  const members = membersOf(fact)
  if (!members.some((member) => isHouse(member) || isKept(member, taken, isKnown, isNamed))) return 'about less than that'
  if (losesModifier(fact, members, taken, isDefinite(saying, reader) ? [...fact.title, ...before, ...asked] : fact.title))
    return 'about more than that'
  const replaced = own.some((token) => missing.includes(token))
  if (replaced && fact.subject.length > 0 && !fact.subject.some((token) => taken.includes(token))) return 'about something else'
  const led = fact.statement.figures.filter(({ at }) => at < fact.verb)
  const told = isDefinite(saying, reader) ? [...figures, ...saying.before.figures] : figures
  const isSaid = (figure: (typeof led)[number]) => told.some((other) => other.low === figure.low && other.high === figure.high)
  if (led.some((figure) => figure.kind !== 'ordinal' && !isSaid(figure))) return 'about less than that'
  return undefined
}

/** Whether a statement is about something that was named before: "the fee", not "a fee". */
function isDefinite({ statement: { tokens } }: Saying, { tongue, isVerb }: Reader): boolean {
  return (
    !tokens.some((_, at) => isVerb(tokens, at)) ||
    tokens.slice(0, 3).some(({ word }) => tongue.definite.includes(word) || tongue.pronouns.includes(word))
  )
}

const has = (list: Token[], token: Token) => list.some((other) => isSameWord(token, other))

/** What a fact is about, each member of a list ("opened ink, opened toner and gift cards") for itself. */
export function membersOf({ subject, statement: { tokens } }: Fact): Token[][] {
  const members: Token[][] = []
  let last = -1
  for (const token of subject) {
    const at = tokens.indexOf(token)
    const isJoined = last >= 0 && !tokens.slice(last + 1, at).some(({ word }) => /^(?:,|and|or|und|oder|et|ou|y|o|va|hoac)$/.test(word))
    if (isJoined) members.at(-1)?.push(token)
    else members.push([token])
    last = at
  }
  return members.length > 0 ? members : [[]]
}

/** Whether at least half of what a member says is said, a name of several words counted once. */
function isKept(member: Token[], taken: Token[], isKnown: (token: Token) => boolean, isNamed: (token?: Token) => boolean): boolean {
  const heads = member.filter((token, at) => !(token.isName && member[at - 1]?.isName))
  const nameOf = (token: Token) => (token.isName ? (member.slice(member.indexOf(token)).findLast(({ isName }) => isName) ?? token) : token)
  const open = heads.filter((token) => !isKnown(token) && !isKnown(nameOf(token)))
  const kept = open.filter((token) => taken.includes(token))
  // "The code" after "the welcome code" is "the newsletter welcome code".
  const isTakenUp = isNamed(member.at(-1)) && (heads.length - open.length + kept.length) * 2 >= heads.length
  return kept.length * 2 >= open.length || isTakenUp
}

/**
 * Whether a word of the subject is kept without the one right before it ("an order" of "a draft order"), which `known` does not
 * imply; or a member of a list without what the first one says of all ("printers" of "opened computers and printers").
 */
function losesModifier({ subject, statement }: Fact, members: Token[][], taken: Token[], known: Token[]): boolean {
  const isLost = subject.some((token, at) => {
    const before = subject[at - 1]
    if (!before || !taken.includes(token) || before.isName || taken.some(({ word }) => word === before.word)) return false
    const isAdjacent = statement.tokens.indexOf(token) === statement.tokens.indexOf(before) + 1
    return isAdjacent && !has(known, before)
  })
  if (isLost || members.length < 2) return isLost
  const [first = [], ...others] = members
  const place = (token: Token) => statement.tokens.indexOf(token)
  const isOfHead = (token: Token, at: number) =>
    at < first.length - 1 && place(first.at(-1) as Token) - place(token) === first.length - 1 - at
  const shared = first.filter(isOfHead).filter((token) => !others.some((member) => has(member, token)))
  // A member with a word of its own before it ("store purchases and pickup orders") shares none.
  const isOther = others.some(([token, next]) => token && !next && taken.includes(token))
  return isOther && shared.some((token) => !token.isName && !taken.includes(token) && !has(known, token))
}
