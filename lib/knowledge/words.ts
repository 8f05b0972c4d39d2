import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as portuguese } from '@orama/stemmers/portuguese'
import { stemmer as spanish } from '@orama/stemmers/spanish'
import * as en from './lexicon/en.ts'
import * as vi from './lexicon/vi.ts'

/**
 * Words as the index compares them. A text becomes terms: its content words, folded and stemmed; `~n` for each
 * phrase that stands for concept n of the lexicon ("money back"); `?where` and the like for what is asked.
 */
export interface Analyzer {
  /** The words of a text, folded, contractions written out. */
  words(text: string): string[]
  /** The terms of a text, or of words that `words` gave. */
  terms(text: string | string[]): string[]
  /** The concepts of a term, with how closely its group belongs together (0…1). */
  concepts(term: string): ReadonlyMap<string, number>
  /** Whether a word is one of the lexicon's, so that no other may be meant. */
  knows(word: string): boolean
  /** All words of the lexicon. */
  vocabulary: ReadonlySet<string>
}

interface Lexicon {
  groups: readonly string[]
  contractions: Record<string, string>
  stopWords: readonly string[]
}

const stemmers: Record<string, (word: string) => string> = { en: english, es: spanish, fr: french, de: german, pt: portuguese }
const lexicons: Record<string, Lexicon> = { en, vi }
const analyzers = new Map<string, Analyzer>()
const none: ReadonlyMap<string, number> = new Map()

/** The analyzer of a language (a tag such as `en` or `en-GB`); for unknown ones it does without stems and lexicon. */
export function analyzerFor(language: string): Analyzer {
  const code = language.slice(0, 2).toLowerCase()
  let analyzer = analyzers.get(code)
  if (!analyzer) {
    analyzer = createAnalyzer(lexicons[code] ?? { groups: [], contractions: {}, stopWords: [] }, stemmers[code])
    analyzers.set(code, analyzer)
  }
  return analyzer
}

/** The longest phrase that the lexicon may hold, in words. */
const PHRASE = 4
/** How much a member of a group stands for the others: the more members, the looser the group. */
const closeness = (members: number) => (members <= 4 ? 0.8 : members <= 8 ? 0.65 : 0.5)
const questionWord = /^(where|when|who|which|why)$/
const measure = /^(much|many|long|late|early|far|old|big|fast|soon|often|quick)$/

function createAnalyzer(lexicon: Lexicon, stem: (word: string) => string = (word) => word): Analyzer {
  const contractions = new Map(Object.entries(lexicon.contractions).map(([short, long]) => [fold(short), split(long)]))
  const stopWords = new Set(lexicon.stopWords.flatMap(split))
  const words = (text: string) => split(text).flatMap((word) => contractions.get(word) ?? [word])
  const { ofTerm, ofPhrase } = readGroups(lexicon.groups, (text) => words(text).map(stem))
  const vocabulary = new Set([...lexicon.groups.flatMap(words), ...stopWords, ...[...contractions.keys()]])

  function terms(text: string | string[]): string[] {
    const all = typeof text === 'string' ? words(text) : text
    const stems = all.map(stem)
    const found: string[] = []
    for (const [at, word] of all.entries()) {
      const next = all[at + 1] ?? ''
      if (!stopWords.has(word)) found.push(stems[at] as string)
      if (questionWord.test(word)) found.push(`?${word}`)
      if (word === 'how' && measure.test(next)) found.push(`?how ${next}`)
      // Phrases keep their function words: "give a ring" is not "give ring".
      for (let length = 2; length <= PHRASE && at + length <= all.length; length += 1) {
        found.push(...(ofPhrase.get(stems.slice(at, at + length).join(' ')) ?? []))
      }
    }
    return [...new Set(found)]
  }

  const conceptsOf = (term: string) => (term.startsWith('~') ? new Map([[term, 0.8]]) : (ofTerm.get(term) ?? none))
  return { words, terms, concepts: conceptsOf, knows: (word) => vocabulary.has(word), vocabulary }
}

/** The concepts of single words, by stem, and of phrases, by stems joined by spaces. */
function readGroups(groups: readonly string[], stems: (text: string) => string[]) {
  const ofTerm = new Map<string, Map<string, number>>()
  const ofPhrase = new Map<string, string[]>()
  for (const [index, group] of groups.entries()) {
    const members = [...group.matchAll(/"([^"]+)"|(\S+)/g)].map(([, phrase, word]) => stems(phrase ?? word ?? ''))
    for (const member of members) {
      const key = member.join(' ')
      const concept = `~${index}`
      if (member.length > 1) ofPhrase.set(key, [...(ofPhrase.get(key) ?? []), concept])
      else ofTerm.set(key, (ofTerm.get(key) ?? new Map()).set(concept, closeness(members.length)))
    }
  }
  return { ofTerm, ofPhrase }
}

/** Lower case, without accents, and without the strokes and tones of Vietnamese, which phones leave out. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase()
}

/** The words of a text, folded. Short parts around hyphens and dots are joined up: e-mail is email, Wi-Fi wifi. */
function split(text: string): string[] {
  const found = fold(text).match(/[\p{L}\p{N}]+(?:['’.&-][\p{L}\p{N}]+)*/gu) ?? []
  return found.flatMap((word) => {
    if (/^\d+(\.\d+)?$/.test(word)) return [word]
    const plain = word.replace(/['’][sd]$/, '')
    const parts = plain.split(/[.&-]/).map((part) => part.replaceAll(/['’]/g, ''))
    return parts.length > 1 && parts.every((part) => part.length > 2) ? parts : [parts.join('')]
  })
}
