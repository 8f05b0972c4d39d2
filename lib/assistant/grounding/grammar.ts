import type { Token } from './token.ts'
import type { Tongue } from './tongues/tongue.ts'

export type Grammar = ReturnType<typeof createGrammar>

/** Punctuation that is a token of its own. */
export const stops = /^[,;:()–—.!?]$/

/** What can be told of the build of a sentence by lists of words: its verbs, and where one statement ends. */
export function createGrammar(tongue: Tongue) {
  const verbs = new Set(tongue.verbs)
  const partings = new Set(tongue.partings)
  const ambiguous = new Set(tongue.nouns)
  const aside = new Set([
    ...tongue.further,
    ...tongue.restrictions,
    ...tongue.negations.filter((word) => /^(?:not|never|nicht|nie)$/.test(word)),
    ...tongue.hedges.flat().filter((word) => word.endsWith('ly')),
  ])

  /** Where a new statement begins: after a word that parts, with a verb of its own. */
  function cutsIn(list: Token[]): number[] {
    const cuts: number[] = []
    const hasVerb = (from: number, to: number) => list.some((_, at) => at >= from && at < to && isVerb(list, at))
    let from = 0
    for (const [at, { word }] of list.entries()) {
      if (at === 0 || at === list.length - 1) continue
      const strong = word === ';' || word === '.' || word === '!' || word === '?' || word === '–' || word === '—' || word === ':'
      const joint = word === tongue.and || partings.has(word)
      const isPlace = word === ',' && list[at + 1]?.word === tongue.where && hasVerb(at + 2, list.length)
      const isRelative = word === ',' && tongue.relatives.includes(list[at + 1]?.word ?? '') && isVerb(list, at + 2)
      if ((isPlace || isRelative) && hasVerb(from, at)) {
        cuts.push(at)
        from = at + 1
        continue
      }
      if (!strong && !joint) continue
      if (word === 'but' && tongue.negations.includes(list[at + 1]?.word ?? '') && hasVerb(from, at)) {
        cuts.push(at)
        from = at + 1
        continue
      }
      const comma = list[at - 1]?.word === ','
      const opened = list.slice(from, at).findLastIndex((token) => tongue.conditions.includes(token.word))
      const closed = list.slice(from, at).findLastIndex((token) => token.word === ',')
      const inCondition = !comma && opened >= 0 && opened > closed
      if (!hasVerb(from, at) || (!strong && inCondition)) continue
      if (strong || (isPart(word, comma) && beginsStatement(list, at))) {
        cuts.push(at)
        from = at + 1
      }
    }
    return cuts
  }

  /** "while" parts statements after a comma alone; without one it opens a condition. */
  const isPart = (word: string, comma: boolean) => comma || word === tongue.and || !tongue.conditions.includes(word)

  /** Whether a verb follows a joint, before the next one. */
  function beginsStatement(list: Token[], at: number): boolean {
    if (isVerb(list, at + 1)) return !isVerb(list, at - 1) || isAuxiliary(list[at + 1]?.word ?? '')
    const end = endOf(list, at)
    // "and you choose" is no statement of its own.
    const says = list.filter(({ isContent, figure }, place) => place > at && place < list.length && (isContent || figure))
    const isAside = says.length < 2 && tongue.visitor.includes(list[at + 1]?.word ?? '')
    return !isAside && list.some((_, place) => place > at + 1 && place < end && isVerb(list, place))
  }

  /** Where to look for the verb up to. After "but" and commas a list may stand before it: ", and laptops, screens and printers take a week". */
  function endOf(list: Token[], at: number): number {
    const isOpen = list[at]?.word === 'but' || list[at - 1]?.word === ','
    const isEnd = (token: Token, place: number) =>
      isOpen && (token.word === ',' || token.word === tongue.and) ? !endsList(list, place) : isBreak(token)
    const end = list.findIndex((token, place) => place > at + 1 && isEnd(token, place))
    return end < 0 ? list.length : end
  }

  /** Whether a joint stands in a list that ends with "and" before the next verb. */
  function endsList(list: Token[], at: number): boolean {
    const verb = list.findIndex((_, place) => place > at && isVerb(list, place))
    const rest = list.slice(at, verb)
    const last = rest.findLastIndex(({ word }) => word === ',' || word === tongue.and)
    const isSimple = rest.every((token) => token.word === ',' || token.word === tongue.and || !isBreak(token))
    return verb > 0 && isSimple && (rest[last]?.word === tongue.and || rest[last + 1]?.word === tongue.and)
  }

  const isAuxiliary = (word: string) => /^(?:is|are|has|have|can|may|must|will|does|do)$/.test(word)

  const isBreak = ({ word }: Token) =>
    word === ',' ||
    tongue.before.includes(word) ||
    tongue.after.includes(word) ||
    word === tongue.and ||
    partings.has(word) ||
    tongue.conditions.includes(word) ||
    tongue.relatives.includes(word)

  /** Whether a word is a verb that tells what somebody does: not "to pay", not a name, not "the charge". */
  function isVerb(list: Token[], at: number): boolean {
    const token = list[at]
    if (!token || token.isName || !verbs.has(token.word)) return false
    // "It never needs", "you also need".
    const before = list.slice(0, at).findLast(({ word }) => !aside.has(word))
    if (tongue.infinitive !== '' && before?.word === tongue.infinitive) return false
    if (!ambiguous.has(token.word)) return true
    const next = list[at + 1]
    // Verbs in -s have somebody before them: "Refunds to cards" begins with a noun.
    if (!before && token.word.endsWith('s')) return false
    if (!before || isBreak(before) || before.word === tongue.please)
      return next !== undefined && !next.isContent && !isBreak(next) && !stops.test(next.word)
    return (
      before.isContent ||
      before.figure !== undefined ||
      tongue.company.includes(before.word) ||
      tongue.visitor.includes(before.word) ||
      tongue.pronouns.includes(before.word) ||
      tongue.may.includes(before.word)
    )
  }

  /** A part without the words that join it to the one before. */
  const trimmed = (part: Token[]) => {
    const first = part.findIndex(
      ({ word }) =>
        !stops.test(word) &&
        word !== tongue.or &&
        !tongue.plus.includes(word) &&
        word !== tongue.and &&
        !partings.has(word) &&
        !tongue.relatives.includes(word) &&
        word !== tongue.where,
    )
    return first < 0 ? [] : part.slice(first)
  }

  return { isVerb, cutsIn, trimmed }
}
