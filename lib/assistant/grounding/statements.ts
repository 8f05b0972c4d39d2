import { type Grammar, stops } from './grammar.ts'
import type { Statement, Token } from './token.ts'
import type { Tongue } from './tongues/tongue.ts'

/** Takes sentences apart into statements. `read` gives their words. */
export function createStatements(read: (text: string) => Statement, tongue: Tongue, { isVerb, cutsIn, trimmed }: Grammar) {
  /** The statements that a sentence is made of. */
  function statements(text: string): Statement[] {
    const whole = read(text)
    return partsOf(whole, cutsIn(whole.tokens))
  }

  function partsOf(whole: Statement, cuts: number[]): Statement[] {
    if (cuts.length === 0) return [whole]
    const parts = [0, ...cuts].map((from, index) => whole.tokens.slice(from, cuts[index]))
    let subject: Token[] = []
    let opening: Token[] = []
    let object: Token[] = []
    const says = ({ isContent, figure }: Token) => isContent || figure !== undefined
    return parts.map((part) => {
      // ", which is deducted": what was last named.
      const isRelative = stops.test(part[0]?.word ?? '') && tongue.relatives.includes(part[1]?.word ?? '')
      const own = trimmed(part)
      // "…, so cancel the order" is a request.
      const joint = part[0]?.word ?? ''
      const isElliptic = isVerb(own, 0) && (joint === tongue.and || joint === 'but' || !tongue.partings.includes(joint))
      const isDenied = tongue.negations.includes(own[0]?.word ?? '') && !own.some((_, at) => isVerb(own, at))
      const antecedent = isRelative && object.length > 0 ? object : subject
      const all = isElliptic ? [...antecedent, ...own] : isDenied ? [...opening, ...own] : own
      const verb = all.findIndex(({ isContent }, at) => isContent && isVerb(all, at))
      const auxiliary = all.findIndex((_, at) => isVerb(all, at))
      if (!isElliptic && !isDenied && auxiliary > 0) {
        subject = all.slice(beginOf(all, auxiliary), auxiliary)
        const end = all.findLastIndex((token) => says(token))
        const begin =
          Math.max(
            verb,
            auxiliary,
            all.findLastIndex((token, at) => at < end && !says(token)),
          ) + 1
        object = all.slice(begin, end + 1)
        opening = all.slice(0, Math.max(verb, auxiliary) + 1)
      }
      return renumbered(all)
    })
  }

  /** Where the subject begins: after what stands before it up to a comma ("For a return, the label costs"). */
  function beginOf(tokens: Token[], verb: number): number {
    const comma = tokens.slice(0, verb).findLastIndex(({ word }) => word === ',')
    const first = tokens[0]
    const isLed = first && ((!first.isContent && !first.figure && !tongue.definite.includes(first.word)) || first.isLoose)
    return isLed && comma > 0 && comma < verb - 1 ? comma + 1 : 0
  }

  /**
   * Two statements of one that lists: what stands up to a joint, and the rest with the same opening ("we are open on Monday
   * from 9 to 7 and on Saturday from 10 to 6"). All the ways to part it.
   */
  function fragments({ tokens }: Statement): Array<[Statement, Statement]> {
    const verb = tokens.findIndex(({ isContent }, at) => isVerb(tokens, at) && (isContent || !isVerb(tokens, at + 1)))
    if (verb < 0) return []
    return tokens.flatMap((token, at): Array<[Statement, Statement]> => {
      if (
        at <= verb + 1 ||
        at > tokens.length - 2 ||
        !(token.word === ',' || token.word === tongue.and || token.word === tongue.or || tongue.plus.includes(token.word))
      )
        return []
      const rest = trimmed(tokens.slice(at))
      if (rest.length === 0 || rest.some((_, place) => isVerb(rest, place))) return []
      return [[renumbered(tokens.slice(0, at)), renumbered([...tokens.slice(0, verb + 1), ...rest])]]
    })
  }

  /** The same for a longer list: each of its members with the opening. */
  function members({ tokens }: Statement): Statement[] {
    const verb = tokens.findIndex(({ isContent }, at) => isVerb(tokens, at) && (isContent || !isVerb(tokens, at + 1)))
    const joints = tokens.flatMap(({ word }, at) => (at > verb && (word === ',' || word === tongue.and || word === tongue.or) ? [at] : []))
    if (verb < 0 || joints.length < 2) return []
    const opening = tokens.slice(0, verb + 1)
    const rests = [...joints, tokens.length].map((at, index) => trimmed(tokens.slice(index === 0 ? verb + 1 : joints[index - 1], at)))
    const named = rests.filter((rest) => rest.some(({ isContent, figure }) => isContent || figure))
    return named.some((rest) => rest.some((_, at) => isVerb(rest, at))) ? [] : named.map((rest) => renumbered([...opening, ...rest]))
  }

  /** What a sentence states: its statements, and the whole where all have one subject. */
  function assertions(text: string): Statement[] {
    const whole = read(text)
    // What follows from something is not true without it: "…, so cancel the order".
    const cuts = cutsIn(whole.tokens).filter((cut) => whole.tokens[cut]?.word !== tongue.so)
    const isDenied = whole.tokens.some(({ word }) => tongue.negations.includes(word))
    const shares =
      !isDenied && cuts.length > 0 && cuts.every((cut) => whole.tokens[cut]?.word === tongue.and && isVerb(whole.tokens, cut + 1))
    const parts = partsOf(whole, cuts)
    return shares ? [...parts, whole] : parts
  }

  /** The words that a statement begins with, up to its verb: what it is about. Conditions before it are no part of that. */
  function subjectOf({ tokens }: Statement): { subject: Token[]; verb: number } {
    const isLed = tongue.conditions.includes(tokens[0]?.word ?? '')
    const from = isLed ? tokens.findIndex(({ word }) => word === ',') + 1 : 0
    const verb = tokens.findIndex((_, at) => at >= from && isVerb(tokens, at))
    return { subject: verb < 0 ? [] : tokens.slice(from, verb).filter(({ isContent }) => isContent), verb }
  }

  /** Whether a text tells by itself what somebody does, is or should do: not "PayPal: two days". */
  function isSentence(text: string): boolean {
    const { tokens } = read(text)
    const [first, second] = tokens
    const isRequest = first && second && tongue.verbs.includes(first.word) && !second.isContent && !second.figure && second.word !== 'of'
    return (isRequest && !stops.test(second.word)) || tokens.some((_, at) => isVerb(tokens, at))
  }

  return { isSentence, statements, fragments, members, assertions, subjectOf }
}

function renumbered(tokens: Token[]): Statement {
  const own = tokens.map((token, at) => (token.figure ? { ...token, figure: { ...token.figure, at } } : token))
  return { tokens: own, figures: own.flatMap(({ figure }) => figure ?? []) }
}
