import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as portuguese } from '@orama/stemmers/portuguese'
import { stemmer as spanish } from '@orama/stemmers/spanish'
import * as de from './lexicon/de.ts'
import * as en from './lexicon/en.ts'
import * as es from './lexicon/es.ts'
import * as fr from './lexicon/fr.ts'
import * as pt from './lexicon/pt.ts'
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
  /** Whether words are written together in this language, so that a part of one may be meant by another. */
  compounds: boolean
  /** All words of the lexicon: they are not misspelt, whatever they mean. */
  vocabulary: ReadonlySet<string>
}

interface Lexicon {
  groups: readonly string[]
  contractions: Record<string, string>
  stopWords: readonly string[]
}

const stemmers: Record<string, (word: string) => string> = { en: english, es: spanish, fr: french, de: german, pt: portuguese }
const lexicons: Record<string, Lexicon> = { de, en, es, fr, pt, vi }
const compounding = ['de', 'nl', 'sv', 'da', 'nb', 'no', 'fi']
/** Languages that the desk has a lexicon of. */
export const languages = Object.keys(lexicons)

const analyzers = new Map<string, Analyzer>()

/** The analyzer of a language (a tag such as `en` or `en-GB`); for unknown ones it does without stems and lexicon. */
export function analyzerFor(language: string): Analyzer {
  const code = language.slice(0, 2).toLowerCase()
  let analyzer = analyzers.get(code)
  if (!analyzer) {
    analyzer = createAnalyzer(lexicons[code] ?? { groups: [], contractions: {}, stopWords: [] }, stemmers[code], compounding.includes(code))
    analyzers.set(code, analyzer)
  }
  return analyzer
}

/** The function words of a language, none for those without a lexicon. */
export const stopWordsIn = (language: string): readonly string[] => lexicons[language]?.stopWords ?? []

/** The longest phrase that the lexicon may hold, in words. */
const PHRASE = 4
/** Words whose stem is remembered. */
const REMEMBERED = 50_000
/** How much a member of a group stands for the others: the more members, the looser the group. */
const closeness = (members: number) => (members <= 4 ? 0.8 : members <= 8 ? 0.65 : 0.5)
const phraseCloseness = 0.8
const questionWord = /^(where|when|who|which|why)$/
const measure = /^(much|many|long|late|early|far|old|big|fast|soon|often|quick)$/
const none: ReadonlyMap<string, number> = new Map()

function createAnalyzer(lexicon: Lexicon, stemmer: (word: string) => string = (word) => word, compounds = false): Analyzer {
  const stem = remembering(stemmer)
  const contractions = new Map(Object.entries(lexicon.contractions).map(([short, long]) => [fold(short), split(long)]))
  const stopWords = new Set(lexicon.stopWords.flatMap(split))
  const words = (text: string) => split(text).flatMap((word) => contractions.get(word) ?? [word])
  const { ofTerm, ofPhrase, firsts } = readGroups(lexicon.groups, (text) => words(text).map(stem))
  const vocabulary = new Set([...lexicon.groups.flatMap(words), ...stopWords, ...contractions.keys()])

  function terms(text: string | string[]): string[] {
    const all = typeof text === 'string' ? words(text) : text
    const stems = all.map(stem)
    const found = new Set<string>()
    for (const [at, word] of all.entries()) {
      const own = stems[at] as string
      if (!stopWords.has(word)) found.add(own)
      if (questionWord.test(word)) found.add(`?${word}`)
      else if (word === 'how' && measure.test(all[at + 1] ?? '')) found.add(`?how ${all[at + 1]}`)
      if (!firsts.has(own)) continue
      // Phrases keep their function words: "give a ring" is not "give ring".
      for (let length = 2; length <= PHRASE && at + length <= all.length; length += 1) {
        for (const concept of ofPhrase.get(stems.slice(at, at + length).join(' ')) ?? []) found.add(concept)
      }
    }
    return [...found]
  }

  const concepts = (term: string) => (term.startsWith('~') ? new Map([[term, phraseCloseness]]) : (ofTerm.get(term) ?? none))
  return { words, terms, concepts, vocabulary, compounds }
}

/** The concepts of single words, by stem, and of phrases, by stems joined by spaces; and how phrases begin. */
function readGroups(groups: readonly string[], stems: (text: string) => string[]) {
  const ofTerm = new Map<string, Map<string, number>>()
  const ofPhrase = new Map<string, string[]>()
  const firsts = new Set<string>()
  for (const [index, group] of groups.entries()) {
    const members = [...group.matchAll(/"([^"]+)"|(\S+)/g)].map(([, phrase, word]) => stems(phrase ?? word ?? ''))
    for (const member of members) {
      const key = member.join(' ')
      const concept = `~${index}`
      if (member.length > 1) {
        ofPhrase.set(key, [...(ofPhrase.get(key) ?? []), concept])
        firsts.add(member[0] ?? '')
      } else ofTerm.set(key, (ofTerm.get(key) ?? new Map()).set(concept, closeness(members.length)))
    }
  }
  return { ofTerm, ofPhrase, firsts }
}

/** The same function, asked only once for each word. */
function remembering(stem: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>()
  return (word) => {
    let result = known.get(word)
    if (result === undefined) {
      result = stem(word)
      if (known.size > REMEMBERED) known.clear()
      known.set(word, result)
    }
    return result
  }
}

/** Lower case, without accents, and without the strokes and tones of Vietnamese, which phones leave out. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase()
}

/** The words of a text, folded. Short parts around hyphens and dots are joined up: e-mail is email, Wi-Fi wifi. */
function split(text: string): string[] {
  const found = fold(text).match(/[\p{L}\p{N}]+(?:['’.&-][\p{L}\p{N}]+)*/gu) ?? []
  return found.flatMap((word) => {
    if (/^[\p{L}\p{N}]+$/u.test(word) || /^\d+(\.\d+)?$/.test(word)) return [word]
    // French leaves a vowel out before another one: l'hôtel.
    const plain = word.replace(/['’][sd]$/, '').replace(/^(?:[cdjlmnst]|qu)['’](?=\p{L}{3})/u, '')
    const parts = plain.split(/[.&-]/).map((part) => part.replaceAll(/['’]/g, ''))
    return parts.length > 1 && parts.every((part) => part.length > 2) ? parts : [parts.join('')]
  })
}
