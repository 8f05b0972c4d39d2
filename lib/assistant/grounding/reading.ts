import { analyzerFor, fold } from '#lib/knowledge/words.ts'
import type { Figure } from './figure.ts'
import { indexOfMark, isMark, takeFigures } from './figures.ts'
import { createGrammar, stops } from './grammar.ts'
import { createStatements } from './statements.ts'
import type { Statement, Token } from './token.ts'
import { tongueOf } from './tongues/tongues.ts'

export type Reader = ReturnType<typeof createReader>

/** What mail addresses, links and product codes look like: they are names, to the letter. */
const exact =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?:\/\/[^\s)>\]]+|\bwww\.[^\s)>\]]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|example|io|edu|shop|de|vn|fr|es)\b(?:\/[^\s)>\]]*)?|\b[a-z]{2,}-?\d{2,}[a-z\d]*\b|(?<![\d -])0\d{3,}\b|(?<=\p{L} )0\d{3,}\b/gu
const tokens = /[\ue000-\uf8ff]|[\p{L}\p{N}]+(?:['’.&/-][\p{L}\p{N}]+)*|[,;:()–—]|[.!?](?=\s|$)/gu
/** Words whose keys are remembered. */
const WORDS = 20_000
/** Names stand in a text as these characters while it is read, after those that stand for figures. */
const FIRST_NAME = 0xf000

/** Reads texts in one language. `desk` is the company's name: it is "we". */
export function createReader(language: string, desk: string) {
  const code = language.slice(0, 2).toLowerCase()
  const tongue = tongueOf(code)
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
  const withoutDesk = (text: string) => (desk === '' ? text : text.replaceAll(desk, 'we'))
  const inDigits = numberWriter(tongue.numbers)
  const grammar = createGrammar(tongue)
  const verbs = new Set(tongue.verbs)

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
    const names = namesIn(withoutDesk(prose), (word) => !verbs.has(word) && !light.has(word))
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
        tongue.harmless.includes(token.word) ||
        (tongue.deeds.includes(token.word) && isByVisitor(list, at)) ||
        (tongue.wishes.includes(token.word) && isByVisitor(list, at) && list.slice(Math.max(0, at - 5), at).some(opensCondition))
    }
    return { tokens: list, figures: list.flatMap(({ figure }) => figure ?? []) }
  }

  const opensCondition = ({ word }: Token) => tongue.conditions.includes(word)

  /** Whether "you" stands before a word, with nothing of content between. */
  function isByVisitor(list: Token[], at: number): boolean {
    const last = list.slice(Math.max(0, at - 4), at).findLast(({ word, isContent }) => isContent || word === tongue.visitor[0])
    return last !== undefined && !last.isContent
  }

  return { tongue, read, keysOf, verbs, isVerb: grammar.isVerb, ...createStatements(read, tongue, grammar) }
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
function namesIn(text: string, isFree: (word: string) => boolean): Set<string> {
  const names = new Set<string>()
  for (const [, before, word] of text.matchAll(/(^|[.!?:;“"(]\s*|[^\s]*\s+)(\p{Lu}[\p{L}\p{N}'’&-]*)/gu)) {
    if (before !== '' && !/[.!?:“"(]\s*$/.test(before ?? '')) for (const part of partsOf(fold(word ?? ''))) names.add(part)
  }
  // A sentence that begins with a name of several words: "Harbor Care costs".
  for (const [, word] of text.matchAll(/(?:^|[.!?]\s+)(\p{Lu}\p{Ll}+)(?=\s\p{Lu}\p{Ll})/gu))
    if (isFree(fold(word ?? ''))) names.add(fold(word ?? ''))
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
    /(?<!\b(?:the|this|that|any|each|every|no|wrong|another|right|new|by|from|which|same|\w+er|old) )\bone\b(?= (?!of|another|that|which|who|is|are|was|takes|costs|has|needs|you|for|to|in|at|on|with|and|or|the|another|can|will|must|has|free)\p{L})/gu
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
