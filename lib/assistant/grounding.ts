import type { Article, Passage } from '#lib/knowledge/article.ts'
import { isWrittenIn } from '#lib/knowledge/language.ts'
import { addressOfPassage, nameOfPassage } from '#lib/knowledge/passage-name.ts'
import { sentencesOf } from '#lib/knowledge/sentences.ts'
import { fold } from '#lib/knowledge/words.ts'
import type { Citation } from '#lib/protocol/events.ts'
import type { Figure } from './grounding/figures.ts'
import { isInstruction, visible } from './grounding/instructions.ts'
import { isNeutral, withoutInterjection } from './grounding/neutral.ts'
import { createReader, plainProse, type Reader } from './grounding/reading.ts'
import { signsOf } from './grounding/signs.ts'
import { type Fact, factsOf, nearestFirst, objection } from './grounding/support.ts'
import type { Statement, Token } from './grounding/token.ts'

/** A passage that an answer may rest on. */
export interface Ground {
  article: Article
  passage: Passage
}

/** What became of a sentence: it may be said and rests on passages, it states nothing, or it is not to be said. */
export type Verdict =
  | { kind: 'supported'; text: string; grounds: Ground[]; voice?: Voice }
  | { kind: 'neutral' }
  | { kind: 'unsupported'; reason: string }

/** Whose words a sentence is, where they are not the company's: the visitor's own file, or what was read in a picture. */
export type Voice = 'file' | 'picture'

export type Grounding = ReturnType<typeof createGrounding> & { fileHoldsInstruction?: boolean }

/** A sentence of a passage, and whether it only looks like one: an instruction to the assistant. */
export interface Source {
  text: string
  isInstruction: boolean
}

/**
 * Judges the sentences of one answer: each must say no more than the passages do. Numbers the passages as citations, in the
 * order of their first use, after the `citations` that there are. `language` is the turn's, `desk` the company's name.
 */
export function createGrounding(grounds: Ground[], language: string, desk: string, citations: Citation[] = []) {
  const reader = readerFor(language, desk)
  const sources = grounds.map(({ passage }) => sourcesOf(passage))
  const quotes = new Map<string, number>()
  for (const [at, list] of sources.entries()) {
    for (const { text, isInstruction } of list) if (!isInstruction && !quotes.has(quoteKey(text))) quotes.set(quoteKey(text), at)
  }
  let facts: Fact[] | undefined
  let before: Token[] = []

  /** Whether a sentence may be said, and on which passages it rests. */
  function judge(sentence: string): Verdict {
    const own = visible(sentence)
      .trim()
      .replace(/\s*\[\d+\]/g, '')
    const quoted = quotes.get(quoteKey(own))
    if (quoted !== undefined) return supported(own, [quoted], reader.read(own).tokens)
    const text = withoutInterjection(own, reader.tongue)
    const plain = plainProse(text)
    if (!/[\p{L}\p{N}]/u.test(plain) || isNeutral(plain, reader.tongue)) return { kind: 'neutral' }
    const refused = refusal(text, plain)
    if (refused) return { kind: 'unsupported', reason: refused }
    facts ??= factsOf(allSentences(), reader)
    const statements = reader.statements(text)
    const figures = statements.flatMap((statement) => statement.figures)
    const used = new Set<number>()
    for (const [at, statement] of statements.entries()) {
      const found = supportOf(statement, at === 0 ? before : stated(statements[at - 1] as Statement), figures)
      if (typeof found === 'string') return { kind: 'unsupported', reason: found }
      for (const fact of found) used.add(fact.passage)
    }
    if (used.size === 0) return { kind: 'unsupported', reason: 'nothing stated' }
    if (addressesIn(text).some((address) => ![...used].some((at) => grounds[at]?.passage.text.toLowerCase().includes(address)))) {
      return { kind: 'unsupported', reason: 'an address of somebody else' }
    }
    return supported(
      text,
      [...used],
      statements.flatMap(({ tokens }) => tokens),
    )
  }

  function supported(text: string, used: number[], tokens: Token[]): Verdict {
    before = stated({ tokens })
    return { kind: 'supported', text, grounds: used.flatMap((at) => grounds[at] ?? []) }
  }

  /** What is refused without a look at the passages. */
  function refusal(text: string, plain: string): string | undefined {
    if (!isWrittenIn(plain, language)) return 'another language'
    if (/!\[|<\/?[a-z][^>]*>/i.test(text)) return 'not plain text'
    if (isInstruction(text)) return 'an instruction'
    if (/\?["”')\s]*$/.test(text)) return 'a question'
    let claimed = fold(plain)
    for (const [pattern, read] of reader.tongue.phrases.slice(0, 9)) claimed = claimed.replace(pattern, read)
    const main = claimed.split(/\b(?:when|if|once|after|until|unless|while|before|as soon as|wenn|sobald)\b/)[0] ?? ''
    if (reader.tongue.claims.some((pattern) => pattern.test(main))) return 'a claim to have acted'
    return undefined
  }

  /** The facts that a statement rests on, or why there are none. One that lists may rest on several. */
  function supportOf(statement: Statement, before: Token[], figures: Figure[], depth = 0): Fact[] | string {
    const own = stated(statement)
    if (own.length === 0 && statement.figures.length === 0) return 'nothing stated'
    const takesUp = own.length < 2 || statement.tokens.some(({ word }) => reader.tongue.pronouns.includes(word) && word !== 'that')
    const saying = { statement, signs: signsOf(statement, reader.tongue), figures, before: takesUp ? before : [] }
    let nearest: string | undefined
    for (const fact of nearestFirst(statement, facts ?? [])) {
      const reason = objection(saying, fact, facts ?? [], reader)
      if (reason === undefined) return [fact]
      nearest ??= reason
    }
    if (depth < LISTED && /^(?:not said|another figure)/.test(nearest ?? '')) {
      for (const parts of [reader.members(statement), ...reader.fragments(statement)]) {
        if (parts.length === 0) continue
        const found = parts.map((part) => supportOf(part, before, figures, parts.length > 2 ? LISTED : depth + 1))
        if (found.every((list) => typeof list !== 'string')) return found.flat() as Fact[]
      }
    }
    return nearest ?? 'nothing to rest on'
  }

  function allSentences() {
    return grounds.flatMap(({ article, passage }, at) => {
      const title = stated(reader.read(article.title))
      const context = [...stated(reader.read(passage.heading)), ...title]
      return (sources[at] ?? []).filter(({ isInstruction }) => !isInstruction).map(({ text }) => ({ passage: at, text, context, title }))
    })
  }

  /** The citation of a passage, and whether it is new in this answer. */
  function cite({ article, passage }: Ground): { citation: Citation; isNew: boolean } {
    const known = citations.find(({ source }) => source === passage.id)
    if (known) return { citation: known, isNew: false }
    const citation: Citation = {
      n: citations.length + 1,
      source: passage.id,
      title: nameOfPassage(article, passage),
      excerpt: excerptOf(passage),
      url: addressOfPassage(article, passage),
      ...(article.updated === undefined ? {} : { updated: article.updated }),
    }
    citations.push(citation)
    return { citation, isNew: true }
  }

  return { judge, cite, holdsInstruction: grounds.some(({ passage }) => holdsInstruction(passage)) }
}

/** Whether a passage holds an instruction to the assistant. */
export function holdsInstruction(passage: Passage): boolean {
  return isInstruction(passage.text) || sourcesOf(passage).some((source) => source.isInstruction)
}

const readers = new Map<string, Reader>()

/** A reader is made once for a language and a company: making one takes longer than judging ten sentences. */
function readerFor(language: string, desk: string): Reader {
  const name = `${language} ${desk}`
  const reader = readers.get(name) ?? createReader(language, desk)
  readers.set(name, reader)
  return reader
}

/** Parts that a list in a sentence is taken into, at most two to the power of this. */
const LISTED = 2
/** Characters of a passage that a citation shows. */
const EXCERPT = 400
const known = new WeakMap<Passage, Source[]>()

/** The sentences of a passage; what follows an instruction in its paragraph is not trusted either. */
export function sourcesOf(passage: Passage): Source[] {
  let sources = known.get(passage)
  if (!sources) {
    sources = passage.text.split(/\n\s*\n/).flatMap(sourcesIn)
    known.set(passage, sources)
  }
  return sources
}

function sourcesIn(paragraph: string): Source[] {
  let isTainted = false
  let isHidden = false
  return sentencesOf(paragraph).map((sentence) => {
    const text = visible(isHidden ? `<!--${sentence}` : sentence).trim()
    isTainted ||= isInstruction(sentence)
    isHidden = sentence.lastIndexOf('<!--') > sentence.lastIndexOf('-->') || (isHidden && !sentence.includes('-->'))
    return { text, isInstruction: isTainted || text === '' }
  })
}

const stated = ({ tokens }: Pick<Statement, 'tokens'>) => tokens.filter(({ isContent }) => isContent)

function quoteKey(text: string): string {
  return fold(plainProse(text)).replace(/[.!?:;,\s]+$/, '')
}

function addressesIn(text: string): string[] {
  const found = text.toLowerCase().match(/https?:\/\/[^\s)>\]"']+|www\.[^\s)>\]"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? []
  return found.map((address) => address.replace(/[.,;:!?]+$/, ''))
}

function excerptOf({ sentences }: Passage): string {
  const text = sentences.join(' ')
  return text.length <= EXCERPT ? text : `${text.slice(0, text.lastIndexOf(' ', EXCERPT))} …`
}
