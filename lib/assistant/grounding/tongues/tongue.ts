/** What the judgement has to know of a language. Words are folded: lower case, without accents. */
export interface Tongue {
  /** Phrases and what they are read as, in this order: "free of charge" is "free". */
  phrases: ReadonlyArray<readonly [RegExp, string]>
  /** Groups of words that say the same, narrow ones: a wrong member lets an invention pass. */
  synonyms: readonly string[]
  /** Words that state nothing by themselves. */
  light: readonly string[]
  /** Words that an answer may add, for they carry no fact: how it is told, not what. In an article they count. */
  harmless: readonly string[]
  negations: readonly string[]
  /** Words that leave a way out; who drops one says more than was said. Each list is one class. */
  hedges: readonly (readonly string[])[]
  /** Words that leave no way out; who adds one says more than was said. */
  universals: readonly (readonly string[])[]
  /** Words that open a condition, and those that restrict what is said to what follows. */
  conditions: readonly string[]
  /** Words that open a reason, and those that open a relative clause. */
  reasons: readonly string[]
  relatives: readonly string[]
  where: string
  so: string
  restrictions: readonly string[]
  /** Those of them that may go when all that they bound is kept ("only while"). */
  only: readonly string[]
  opposites: ReadonlyArray<readonly [readonly string[], readonly string[]]>
  must: readonly string[]
  may: readonly string[]
  before: readonly string[]
  after: readonly string[]
  and: string
  or: string
  plus: readonly string[]
  /** Words that part two statements ("but"), besides `and`. */
  partings: readonly string[]
  /** Finite verbs that a statement without a subject of its own begins with, and that tell where a subject ends. */
  verbs: readonly string[]
  /** Who acts: the company, who asks, somebody else. */
  company: readonly string[]
  visitor: readonly string[]
  /** What belongs to the company so much that "we" means it. */
  house: readonly string[]
  others: readonly string[]
  /** What takes up what was said before ("it"), goes on with it ("also"), or may mean something of it ("the link"). */
  pronouns: readonly string[]
  further: readonly string[]
  definite: readonly string[]
  /** Words for whose a thing is ("your"), things that are asked about anyway, what "you" do anyway ("buy"), and what a condition may ask of "you" ("if you want"). */
  theirs: readonly string[]
  deeds: readonly string[]
  wishes: readonly string[]
  /** Verbs that are nouns too, the word that makes an infinitive, and the one that a request begins with. */
  nouns: readonly string[]
  infinitive: string
  please: string
  things: readonly string[]
  numbers: Readonly<Record<string, number>>
  months: readonly string[]
  days: readonly string[]
  /** Units and the name they are compared by; their number is given in it. */
  units: Readonly<Record<string, readonly [unit: string, times: number]>>
  /** Words before a figure, and after it, that say how it is meant. */
  comparators: ReadonlyArray<readonly [Comparator, before: RegExp, after?: RegExp]>
  /** Words that a figure of a kind says by itself. */
  implied: Readonly<Record<string, readonly string[]>>
  /**
   * How records of a shop are told: what may stand between their fields, what fields are called besides, and how it is said that
   * nothing is in stock.
   */
  records: {
    free: readonly string[]
    keys: readonly (readonly string[])[]
    stock: readonly string[]
    sold: readonly string[]
  }
  /** Whole sentences that state nothing. */
  neutral: readonly RegExp[]
  /** What may be taken off a sentence's beginning: a greeting, a yes that the articles do not say. */
  interjections: RegExp
  /** Claims of having acted or of being about to, and what somebody promises who is not the company. */
  claims: readonly RegExp[]
}

export type Comparator = 'exactly' | 'at most' | 'at least' | 'over' | 'under' | 'within' | 'by' | 'after' | 'about'

export const words = (text: string): string[] => text.trim().split(/\s+/)
