import { german } from './de.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { french } from './fr.ts'
import { portuguese } from './pt.ts'
import type { Tongue } from './tongue.ts'
import { vietnamese } from './vi.ts'

/** What the judgement knows of a language of which it knows nothing: words count as they stand, figures that are written in digits. */
const unknown: Tongue = {
  phrases: [],
  synonyms: [],
  light: [],
  harmless: [],
  negations: [],
  hedges: [],
  universals: [],
  conditions: [],
  reasons: [],
  relatives: [],
  where: '',
  so: '',
  restrictions: [],
  only: [],
  opposites: [],
  must: [],
  may: [],
  before: [],
  after: [],
  and: '',
  or: '',
  plus: [],
  partings: [],
  verbs: [],
  company: [],
  visitor: [],
  house: [],
  others: [],
  pronouns: [],
  further: [],
  definite: [],
  theirs: [],
  deeds: [],
  wishes: [],
  nouns: [],
  infinitive: '',
  please: '',
  things: [],
  numbers: {},
  months: [],
  days: [],
  units: {},
  comparators: [],
  implied: {},
  records: { free: [], keys: [], stock: [], sold: [] },
  neutral: [],
  interjections: /^(?!)/,
  claims: [],
}

/** English is known in full; of the others little more than figures, negations and words that state nothing. */
const tongues: Readonly<Record<string, Partial<Tongue>>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  pt: portuguese,
  vi: vietnamese,
}

const complete = new Map(Object.entries(tongues).map(([code, tongue]) => [code, { ...unknown, ...tongue }]))

/** The tongue of a language's two-letter code. */
export const tongueOf = (code: string): Tongue => complete.get(code) ?? unknown
