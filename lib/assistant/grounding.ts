import type { Article, Passage } from '#lib/knowledge/article.ts'
import { isWrittenIn } from '#lib/knowledge/language.ts'
import { addressOfPassage, nameOfPassage } from '#lib/knowledge/passage-name.ts'
import { fold } from '#lib/knowledge/words.ts'
import type { Citation } from '#lib/protocol/events.ts'
import { type Before, type Fact, factsOf, nothing } from './grounding/fact.ts'
import { isInstruction, visible } from './grounding/instructions.ts'
import { isLead, type Lead, namesTopic, type Place, readingsOf } from './grounding/lists.ts'
import { isNeutral, withoutInterjection } from './grounding/neutral.ts'
import { createProof } from './grounding/proof.ts'
import { createReader, plainProse, type Reader } from './grounding/reading.ts'
import { createRestating } from './grounding/restating.ts'
import { isRecord, sourcesOf } from './grounding/sources.ts'
import type { Statement, Token } from './grounding/token.ts'

/** A passage that an answer may rest on. */
export interface Ground {
  article: Article
  passage: Passage
}

/**
 * What became of a sentence: it may be said and rests on passages, it states nothing, it is not to be said, or it leads to a list
 * and may be said with the first item that `isLed`. `sources` are the sentences of the passages that it rests on.
 */
export type Verdict =
  | { kind: 'supported'; text: string; grounds: Ground[]; sources: string[]; isLed?: true; voice?: Voice }
  | { kind: 'neutral' }
  | { kind: 'lead' }
  | { kind: 'unsupported'; reason: string }

/** Whose words a sentence is, where they are not the company's: the visitor's own file, or what was read in a picture. */
export type Voice = 'file' | 'picture'

export type Grounding = ReturnType<typeof createGrounding> & { fileHoldsInstruction?: boolean }

/**
 * Judges the sentences of one answer: each must say no more than the passages do. Numbers the passages as citations, in the
 * order of their first use, after the `citations` that there are. `language` is the turn's, `desk` the company's name. What the
 * `question` is about, an answer need not name again.
 */
export function createGrounding(grounds: Ground[], language: string, desk: string, question = '', citations: Citation[] = []) {
  const reader = readerFor(language, desk)
  const sources = grounds.map(({ passage }) => sourcesOf(passage))
  const quotes = new Map<string, number>()
  for (const [at, list] of sources.entries()) {
    for (const { text, isInstruction } of list) if (!isInstruction && !quotes.has(quoteKey(text))) quotes.set(quoteKey(text), at)
  }
  let proof: ReturnType<typeof createProof> | undefined
  let restating: ReturnType<typeof createRestating> | undefined
  let before: Before = nothing
  let lead: Lead | undefined

  /**
   * Whether a sentence may be said, and on which passages it rests. An item of a list is judged with the sentence that leads to
   * it; what only names what is asked about, as headings do, states nothing.
   */
  function judge(sentence: string, place: Place = 'text'): Verdict {
    const text = visible(sentence)
      .trim()
      .replace(/\s*\[\d+\]/g, '')
    if (place === 'item' && lead) return judgeItem(text, lead)
    lead = undefined
    const verdict = judgeAlone(text)
    if (verdict.kind === 'neutral' || refusal(text, plainProse(text))) return verdict
    const leads = isLead(text)
    if (!leads && place !== 'heading') return verdict
    const isSaid = verdict.kind === 'supported'
    const isTopic = !isSaid && namesTopic(reader, text, topics())
    if (leads) lead = { text, isSaid: isSaid || isTopic, isTopic }
    if (isSaid || (!leads && !isTopic)) return verdict
    return { kind: isTopic ? 'neutral' : 'lead' }
  }

  function judgeItem(text: string, lead: Lead): Verdict {
    for (const sentences of readingsOf(lead.text, text)) {
      const verdicts = sentences.map(judgeAlone)
      if (!verdicts.every((verdict) => verdict.kind === 'supported')) continue
      const isFirst = !lead.isSaid
      lead.isSaid = true
      return {
        kind: 'supported',
        text,
        grounds: [...new Set(verdicts.flatMap(({ grounds }) => grounds))],
        sources: verdicts.flatMap(({ sources }) => sources),
        ...(isFirst ? { isLed: true } : {}),
      }
    }
    const alone = judgeAlone(text)
    const stands = lead.isTopic || reader.isSentence(text)
    return alone.kind === 'supported' && !stands ? { kind: 'unsupported', reason: 'not said with what leads to it' } : alone
  }

  /** The words of what is asked, and of the titles and headings that answer it. */
  function topics(): Token[] {
    return [question, ...grounds.flatMap(({ article, passage }) => [article.title, passage.heading])].flatMap((text) =>
      stated(reader.read(text)),
    )
  }

  function judgeAlone(sentence: string): Verdict {
    const quoted = quotes.get(quoteKey(sentence))
    if (quoted !== undefined)
      return supported(sentence, [quoted], reader.read(sentence), prove().factsIn(quoted, quoteKey(sentence), quoteKey))
    const text = withoutInterjection(sentence, reader.tongue)
    const plain = plainProse(text)
    if (!/[\p{L}\p{N}]/u.test(plain) || isNeutral(plain, reader.tongue)) return { kind: 'neutral' }
    const refused = refusal(text, plain)
    if (refused && (refused !== CLAIM || !isRecorded(text))) return { kind: 'unsupported', reason: refused }
    const statements = reader.statements(text)
    const whole = reader.read(text)
    const parts = proofOfAll(statements)
    const used = typeof parts === 'string' ? prove().wholeOf(whole, before) : parts
    if (typeof used === 'string') return { kind: 'unsupported', reason: typeof parts === 'string' ? parts : used }
    const passages = [...new Set(used.map(({ passage }) => passage))]
    if (passages.length === 0) return { kind: 'unsupported', reason: 'nothing stated' }
    if (addressesIn(text).some((address) => !passages.some((at) => grounds[at]?.passage.text.toLowerCase().includes(address)))) {
      return { kind: 'unsupported', reason: 'an address of somebody else' }
    }
    return supported(text, passages, whole, used)
  }

  /** Whether a claim that something was done ("your order has been cancelled") is what a record says; nobody says that they did it. */
  function isRecorded(text: string): boolean {
    const found = /\bI\b/.test(text) ? '' : proofOfAll(reader.statements(text))
    return typeof found !== 'string' && found.every(({ text }) => isRecord(text))
  }

  function prove() {
    proof ??= createProof(factsOf(allSentences(), reader), reader.read(question), reader)
    return proof
  }

  /** What the statements of a sentence rest on, or why one of them rests on nothing. */
  function proofOfAll(statements: Statement[]): Fact[] | string {
    const figures = statements.flatMap((statement) => statement.figures)
    const used: Fact[] = []
    let context = before
    for (const statement of statements) {
      const found = prove().supportOf(statement, context, figures)
      if (typeof found === 'string') return found
      used.push(...found)
      context = { tokens: stated(statement), figures: statement.figures, facts: found }
    }
    return used
  }

  function supported(text: string, passages: number[], statement: Statement, facts: Fact[]): Verdict & { kind: 'supported' } {
    before = { tokens: stated(statement), figures: statement.figures, facts }
    return { kind: 'supported', text, grounds: passages.flatMap((at) => grounds[at] ?? []), sources: facts.map((fact) => fact.text) }
  }

  /** What the articles themselves say of what a sentence was about that was not supported; undefined if that cannot be told. */
  function restate(sentence: string): (Verdict & { kind: 'supported' }) | undefined {
    const text = visible(sentence).trim()
    if (refusal(text, plainProse(text))) return undefined
    restating ??= createRestating(prove().prose)
    const found = restating(reader.read(text))
    const ground = found && grounds[found.passage]
    return found && ground && { kind: 'supported', text: found.text, grounds: [ground], sources: [found.text] }
  }

  /** What is refused without a look at the passages. */
  function refusal(text: string, plain: string): string | undefined {
    if (!isWrittenIn(plain, language)) return 'another language'
    if (/!\[|<\/?[a-z][^>]*>/i.test(text)) return 'not plain text'
    if (isInstruction(text)) return 'an instruction'
    if (/\?["”')\s]*$/.test(text)) return 'a question'
    let claimed = fold(plain)
    for (const [pattern, read] of reader.tongue.phrases.slice(0, 10)) claimed = claimed.replace(pattern, read)
    const main = claimed.split(/\b(?:when|if|once|after|until|unless|while|before|as soon as|wenn|sobald)\b/)[0] ?? ''
    if (reader.tongue.claims.some((pattern) => pattern.test(main))) return CLAIM
    return undefined
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

  return { judge, restate, cite, holdsInstruction: grounds.some(({ passage }) => holdsInstruction(passage)) }
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

const CLAIM = 'a claim to have acted'
/** Characters of a passage that a citation shows. */
const EXCERPT = 400
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
