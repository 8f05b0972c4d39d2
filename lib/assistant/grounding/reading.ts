import { analyzerFor, fold } from '#lib/knowledge/words.ts'
import { type Figure, indexOfMark, isMark, takeFigures } from './figures.ts'
import { english } from './tongues/en.ts'
import { others, plain } from './tongues/other.ts'
import type { Tongue } from './tongues/tongue.ts'

/** One word of a text, as the judgement compares it. */
export interface Token {
  word: string
  /** What it is compared by: its stem, and the groups of words that say the same. */
  keys: readonly string[]
  /** It states something by itself. */
  isContent: boolean
  /** It names somebody or something: no other word stands for it. */
  isName: boolean
  /** What is asked about anyway ("your order"): an article need not name it. */
  isLoose: boolean
  figure?: Figure
}

/** One statement: a clause, with the subject that it shares with the one before. */
export interface Statement {
  tokens: Token[]
  figures: Figure[]
}

export type Reader = ReturnType<typeof createReader>

const stops = /^[,;:()–—.!?]$/
/** What mail addresses, links and product codes look like: they are names, to the letter. */
const exact =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?:\/\/[^\s)>\]]+|\bwww\.[^\s)>\]]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|example|io|edu|shop|de|vn|fr|es)\b(?:\/[^\s)>\]]*)?|\b[a-z]{2,}-?\d{2,}[a-z\d]*\b/g
const tokens = /[\ue000-\uf8ff]|[\p{L}\p{N}]+(?:['’.&/-][\p{L}\p{N}]+)*|[,;:()–—]|[.!?](?=\s|$)/gu
/** Words whose keys are remembered. */
const WORDS = 20_000
/** Names stand in a text as these characters while it is read, after those that stand for figures. */
const FIRST_NAME = 0xf000

/** Reads texts in one language. `desk` is the company's name: it is "we". */
export function createReader(language: string, desk: string) {
  const code = language.slice(0, 2).toLowerCase()
  const tongue: Tongue = code === 'en' ? english : (others[code as keyof typeof others] ?? plain)
  const analyzer = analyzerFor(code)
  const stem = (word: string) => analyzer.terms([word]).find((term) => !/^[?~]/.test(term)) ?? word
  // Words that are judged for themselves state nothing besides.
  const light = new Set([
    ...tongue.light,
    ...tongue.hedges.flat(),
    ...tongue.universals.flat(),
    ...tongue.must,
    ...tongue.may,
    ...tongue.negations,
    ...tongue.restrictions,
    ...tongue.conditions,
  ])
  const groups = groupsOf(tongue.synonyms, stem)
  const known = new Map<string, readonly string[]>()
  const company = fold(desk).trim()
  const inDigits = numberWriter(tongue.numbers)
  const verbs = new Set(tongue.verbs)
  const partings = new Set(tongue.partings)
  const ambiguous = new Set(tongue.nouns)

  function keysOf(word: string): readonly string[] {
    let keys = known.get(word)
    if (!keys) {
      const own = stem(word)
      // The stemmer makes "ad" of "added": the plain root is a key too.
      const root = code === 'en' ? word.replace(/(?:ing|ed|es|s)$/, '') : ''
      const roots = root.length >= 3 ? [`=${root}`] : []
      keys = [own, ...roots, ...(groups.byWord.get(word) ?? groups.byStem.get(own) ?? [])]
      if (known.size > WORDS) known.clear()
      known.set(word, keys)
    }
    return keys
  }

  /** The words of a text, its figures among them. */
  function read(text: string): Statement {
    const prose = plainProse(text).replace(/\b(?:US|U\.S\.)(?=\s)(?!\s?\$)/g, 'United States')
    const names = namesIn(prose)
    let folded = fold(prose)
    if (company !== '') folded = folded.replaceAll(company, ' we ')
    const taken: string[] = []
    folded = folded.replace(exact, (all) => {
      const name = all.replace(/[.,;:!?]+$/, '')
      return ` ${String.fromCharCode(FIRST_NAME + taken.push(name) - 1)} ${all.slice(name.length)}`
    })
    for (const [pattern, plain] of tongue.phrases) folded = folded.replace(pattern, plain)
    folded = inDigits(folded)
    const figured = takeFigures(folded, tongue, code !== 'en')
    const list = [...figured.text.matchAll(tokens)].flatMap(([raw]): Token[] => {
      if (isMark(raw))
        return [
          { word: raw, keys: [], isContent: false, isName: false, isLoose: false, figure: figured.figures[indexOfMark(raw)] as Figure },
        ]
      if (raw >= '\uf000' && raw <= '\uf8ff') {
        const word = taken[raw.charCodeAt(0) - FIRST_NAME] ?? ''
        return [{ word, keys: [word], isContent: true, isName: true, isLoose: false }]
      }
      if (stops.test(raw)) return [{ word: raw, keys: [], isContent: false, isName: false, isLoose: false }]
      return partsOf(raw).map((word) => {
        const isName = names.has(word)
        const isContent = isName ? !light.has(word) || word === 'us' : !light.has(word)
        return {
          word,
          keys: isName ? keysOf(word).slice(0, 1) : keysOf(word),
          isContent: isContent && !tongue.company.includes(word),
          isName,
          isLoose: false,
        }
      })
    })
    for (const [at, token] of list.entries()) {
      if (token.figure) token.figure.at = at
      const before = list[at - 1]?.word ?? ''
      token.isLoose =
        (tongue.theirs.includes(before) && tongue.things.includes(token.word)) ||
        (tongue.deeds.includes(token.word) && isByVisitor(list, at))
    }
    return { tokens: list, figures: list.flatMap(({ figure }) => figure ?? []) }
  }

  /** Whether "you" stands before a word, with nothing of content between. */
  function isByVisitor(list: Token[], at: number): boolean {
    const last = list.slice(Math.max(0, at - 4), at).findLast(({ word, isContent }) => isContent || word === tongue.visitor[0])
    return last !== undefined && !last.isContent
  }

  /** The statements that a sentence is made of. */
  function statements(text: string): Statement[] {
    const whole = read(text)
    const cuts = cutsIn(whole.tokens)
    if (cuts.length === 0) return [whole]
    const parts = [0, ...cuts].map((from, index) => whole.tokens.slice(from, cuts[index]))
    let subject: Token[] = []
    let opening: Token[] = []
    return parts.map((part) => {
      const own = trimmed(part)
      const isElliptic = isVerb(own, 0)
      const isDenied = tongue.negations.includes(own[0]?.word ?? '') && !own.some((_, at) => isVerb(own, at))
      const all = isElliptic ? [...subject, ...own] : isDenied ? [...opening, ...own] : own
      const verb = all.findIndex(({ isContent }, at) => isContent && isVerb(all, at))
      const auxiliary = all.findIndex((_, at) => isVerb(all, at))
      if (!isElliptic && !isDenied && auxiliary > 0) {
        subject = all.slice(0, auxiliary)
        opening = all.slice(0, Math.max(verb, auxiliary) + 1)
      }
      return renumbered(all)
    })
  }

  /** Where a new statement begins: after a word that parts, with a verb of its own. */
  function cutsIn(list: Token[]): number[] {
    const cuts: number[] = []
    const hasVerb = (from: number, to: number) => list.some((_, at) => at >= from && at < to && isVerb(list, at))
    let from = 0
    for (const [at, { word }] of list.entries()) {
      if (at === 0 || at === list.length - 1) continue
      const strong = word === ';' || word === '.' || word === '!' || word === '?' || word === '–' || word === '—' || word === ':'
      const joint = word === tongue.and || partings.has(word)
      if (word === ',' && tongue.relatives.includes(list[at + 1]?.word ?? '') && isVerb(list, at + 2) && hasVerb(from, at)) {
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
      const inCondition = !comma && list.slice(from, at).some((token) => tongue.conditions.includes(token.word))
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
    if (isVerb(list, at + 1)) return !isVerb(list, at - 1)
    const isEnd = list[at]?.word === 'but' ? ({ word }: Token) => word === ',' : isBreak
    const next = list.findIndex((token, index) => index > at + 1 && isEnd(token))
    const end = next < 0 ? list.length : next
    // "and you choose" is no statement of its own.
    const says = list.filter(({ isContent, figure }, place) => place > at && place < list.length && (isContent || figure))
    const isAside = says.length < 2 && tongue.visitor.includes(list[at + 1]?.word ?? '')
    return !isAside && list.some((_, place) => place > at + 1 && place < end && isVerb(list, place))
  }

  const isBreak = ({ word }: Token) =>
    word === ',' || word === tongue.and || partings.has(word) || tongue.conditions.includes(word) || tongue.relatives.includes(word)

  /** Whether a word is a verb that tells what somebody does: not "to pay", not a name, not "the charge". */
  function isVerb(list: Token[], at: number): boolean {
    const token = list[at]
    if (!token || token.isName || !verbs.has(token.word)) return false
    const before = list[at - 1]
    if (tongue.infinitive !== '' && before?.word === tongue.infinitive) return false
    if (!ambiguous.has(token.word)) return true
    const next = list[at + 1]
    // Verbs in -s have somebody before them: "Refunds to cards" begins with a noun.
    if (!before && token.word.endsWith('s')) return false
    if (!before || isBreak(before)) return next !== undefined && !next.isContent && !isBreak(next) && !stops.test(next.word)
    return (
      before.isContent ||
      tongue.company.includes(before.word) ||
      tongue.visitor.includes(before.word) ||
      tongue.pronouns.includes(before.word) ||
      tongue.may.includes(before.word)
    )
  }

  const trimmed = (part: Token[]) => {
    const first = part.findIndex(
      ({ word }) =>
        !stops.test(word) &&
        word !== tongue.or &&
        !tongue.plus.includes(word) &&
        word !== tongue.and &&
        !partings.has(word) &&
        !tongue.relatives.includes(word),
    )
    return first < 0 ? [] : part.slice(first)
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
    const cuts = cutsIn(whole.tokens)
    const isDenied = whole.tokens.some(({ word }) => tongue.negations.includes(word))
    const shares =
      !isDenied && cuts.length > 0 && cuts.every((cut) => whole.tokens[cut]?.word === tongue.and && isVerb(whole.tokens, cut + 1))
    return shares ? [...statements(text), whole] : statements(text)
  }

  /** The words that a statement begins with, up to its verb: what it is about. Conditions before it are no part of that. */
  function subjectOf({ tokens }: Statement): { subject: Token[]; verb: number } {
    const isLed = tongue.conditions.includes(tokens[0]?.word ?? '')
    const from = isLed ? tokens.findIndex(({ word }) => word === ',') + 1 : 0
    const verb = tokens.findIndex((_, at) => at >= from && isVerb(tokens, at))
    return { subject: verb < 0 ? [] : tokens.slice(from, verb).filter(({ isContent }) => isContent), verb }
  }

  return { tongue, read, statements, subjectOf, assertions, fragments, members, keysOf, verbs }
}

function renumbered(tokens: Token[]): Statement {
  const own = tokens.map((token, at) => (token.figure ? { ...token, figure: { ...token.figure, at } } : token))
  return { tokens: own, figures: own.flatMap(({ figure }) => figure ?? []) }
}

/** Groups of words by each word as it stands, and by its stem where the group does not list another form of it. */
function groupsOf(synonyms: readonly string[], stem: (word: string) => string) {
  const byWord = new Map<string, string[]>()
  const byStem = new Map<string, string[]>()
  for (const [index, group] of synonyms.entries()) {
    for (const word of group.split(' ')) {
      byWord.set(word, [...(byWord.get(word) ?? []), `=${index}`])
      const own = stem(word)
      byStem.set(own, [...(byStem.get(own) ?? []), `=${index}`])
    }
  }
  return { byWord, byStem }
}

/** Words with a capital letter that no sentence begins with. */
function namesIn(text: string): Set<string> {
  const names = new Set<string>()
  for (const [, before, word] of text.matchAll(/(^|[.!?:;“"(]\s*|[^\s]*\s+)(\p{Lu}[\p{L}\p{N}'’&-]*)/gu)) {
    if (before !== '' && !/[.!?:“"(]\s*$/.test(before ?? '')) for (const part of partsOf(fold(word ?? ''))) names.add(part)
  }
  // A sentence that begins with a name of several words: "Harbor Care costs".
  for (const [, word] of text.matchAll(/(?:^|[.!?]\s+)(\p{Lu}\p{Ll}+)(?=\s\p{Lu}\p{Ll})/gu)) names.add(fold(word ?? ''))
  return names
}

/** Parts joined by hyphens: each a word when all are long, else all together (e-mail, wi-fi). */
function partsOf(raw: string): string[] {
  if (/^[\p{L}\p{N}]+$/u.test(raw)) return [raw]
  const parts = raw.split(/[./&-]/).map((part) => part.replaceAll(/['’]/g, ''))
  return parts.every((part) => part.length > 1 && /^\p{L}/u.test(part)) && parts.join('').length > 5 ? parts : [parts.join('')]
}

/** Writes numbers in digits: "thirty days", "within an hour". */
function numberWriter(numbers: Readonly<Record<string, number>>): (text: string) => string {
  const spelled = Object.keys(numbers).sort((a, b) => b.length - a.length)
  if (spelled.length === 0) return (text) => text
  const unit = '(?=[ -](?:(?:business|calendar|working|full) )?(?:day|hour|week|month|year|minute|second)\\b)'
  const number = new RegExp(`(?<![\\p{L}-])(?:${spelled.join('|')})(?![\\p{L}])`, 'gu')
  const single =
    /(?<!\b(?:the|this|that|any|each|every|no|wrong|another|right|new|by|from|which|same|\w+er|old) )\bone\b(?= (?!of|another|that|which|who|is|are|was|you|for|to|in|at|on|with|and|or|the|another|can|will|must|has|free)\p{L})/gu
  const one = new RegExp(`\\b(?:one|a single)${unit}`, 'g')
  const article = new RegExp(`\\b(within|in|takes?|about|for|than|after|least|most|around|lasts?|closes|every) an?${unit}`, 'g')
  return (text) =>
    text
      .replace(single, '1')
      .replace(number, (word) => String(numbers[word]))
      .replace(one, '1')
      .replace(article, '$1 1')
}

/** A text without its Markdown: what is read aloud. */
export function plainProse(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\ue000-\uf8ff]/g, '')
    .replace(/\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g, '$1 $2')
    .replace(/\s*\[\d+\]/g, '')
    .replace(/^\s*(?:#{1,6}\s+|>\s*)/gm, '')
    .replace(/\*\*|__|`|(?<=^|\s)[*_](?=\S)|(?<=\S)[*_](?=\s|$|[.,;:!?])/g, '')
    .replace(/[“”„«»"]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
