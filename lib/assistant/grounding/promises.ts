import type { Fact, Saying } from './fact.ts'
import { isSameWord } from './matching.ts'
import type { Reader } from './reading.ts'
import { membersOf } from './subject.ts'
import type { Statement, Token } from './token.ts'

/** Words that promise something: who says them must say all that bounds the promise. */
export const promise =
  /^(?:free|refund\w*|discount|guarante\w*|exempt|waive\w*|replac\w*|cancel\w*|cover\w*|return\w*|exchang\w*|credit\w*|off|reimburs\w*|price match|match\w*|kostenlos|gratis|gratuit|umtausch\w*|erstatt\w*|rembours\w*|devol\w*)$/
/** The share of a fact's words that a promise must repeat. */
const PROMISED = 0.6

/** What a statement and a fact have in common: for each word its place in the fact, those places, and the words that are said. */
interface Common {
  places: number[]
  used: ReadonlySet<number>
  taken: Token[]
}

/** Why a promise says more than a fact does: it leaves out what bounds it, or makes an offer of a step. Undefined if it does not. */
export function objectionToPromise(
  { statement: said, signs, before }: Saying,
  fact: Fact,
  { places, used, taken }: Common,
  reader: Reader,
): string | undefined {
  const known = fact.statement
  if (signs.negations.length > 0 || !said.tokens.some(({ word }) => promise.test(word))) return undefined
  const others = membersOf(fact).filter((member) => !member.some((token) => taken.includes(token)))
  const isOther = (token: Token) => others.length < membersOf(fact).length && others.some((member) => member.includes(token))
  const bounding = known.tokens.slice(0, addressIn(known)).filter((token) => (token.isContent || token.figure) && !isOther(token))
  const repeated = bounding.filter(
    (token) => used.has(known.tokens.indexOf(token)) || [...before.tokens, ...fact.title].some((other) => isSameWord(other, token)),
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
  return undefined
}

/** Where the address begins that a fact ends with ("at 18 Wharf Lane, Portland"): it bounds nothing. */
function addressIn({ tokens }: Statement): number | undefined {
  const at = tokens.findIndex(
    ({ figure }, place) => figure?.kind === 'count' && tokens[place - 1]?.word === 'at' && tokens[place + 1]?.isName,
  )
  return at < 0 ? undefined : at
}
