import type { Figure } from './figure.ts'
import type { Reader } from './reading.ts'
import { type Signs, signsOf } from './signs.ts'
import { isRecord } from './sources.ts'
import type { Statement, Token } from './token.ts'

/** One statement of a passage, with what its surroundings say. */
export interface Fact {
  /** The sentence that it is of. */
  text: string
  /** The place of its passage among those the answer may rest on. */
  passage: number
  statement: Statement
  signs: Signs
  /** What it is about. */
  subject: Token[]
  /** Where its verb stands; -1 if it has none. */
  verb: number
  /** The words of the passage's heading and of the article's title. */
  context: Token[]
  title: Token[]
}

/** A statement of an answer. */
export interface Saying {
  statement: Statement
  signs: Signs
  /** What was said before, when this statement takes it up, and whether what bounded that holds on. */
  before: Before
  isRecalled: boolean
  /** The words of the question. */
  asked: Token[]
  /** The figures of the whole sentence: what it bounds once, it need not bound again. */
  figures: Figure[]
}

/** What an answer has said right before a statement, and the facts that it rested on. */
export interface Before {
  tokens: Token[]
  figures: Figure[]
  facts: readonly Fact[]
}

export const nothing: Before = { tokens: [], figures: [], facts: [] }

/** The statements of sentences, the sentences that make several of them, and the records among them. */
export function factsOf(sentences: Array<Pick<Fact, 'passage' | 'context' | 'title' | 'text'>>, reader: Reader) {
  const factOf = (place: Pick<Fact, 'passage' | 'context' | 'title' | 'text'>, statement: Statement): Fact => ({
    ...place,
    statement,
    signs: signsOf(statement, reader.tongue),
    ...reader.subjectOf(statement),
  })
  const facts: Fact[] = []
  const wholes: Fact[] = []
  const records: Fact[] = []
  for (const place of sentences) {
    const { text } = place
    if (isRecord(text)) {
      records.push(factOf(place, reader.read(text)))
      continue
    }
    const statements = reader.assertions(text)
    facts.push(...statements.map((statement) => factOf(place, statement)))
    if (statements.length > 1) wholes.push(factOf(place, reader.read(text)))
  }
  return { facts, wholes, records }
}
