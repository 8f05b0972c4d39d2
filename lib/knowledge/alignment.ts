import type { Article, Passage } from './article.ts'
import { createSpelling } from './spelling.ts'
import type { Analyzer } from './words.ts'

/**
 * How well a question fits what an article says, asks or is called. The question is laid beside each short text
 * of an article (an example question, a title, a heading, a sentence): how much of the question the text covers,
 * and how much of the text is about the question. A word is covered by itself or, for less, by another one of
 * its concept. Words that few articles have weigh more.
 */

/** What a text of each kind counts when a question fits it. */
const kinds = { question: 1, title: 1, heading: 1, sentence: 0.9, synonym: 0.6 }
/** Rare words weigh more, but less than by their full idf: people say the same thing twice in one question. */
const IDF_POWER = 0.7
const QUESTION_WORD = 0.8
const PHRASE = 0.8
/** What a word weighs that only a related one covers, and one that nothing covers. */
const RELATED = 0.8
const UNKNOWN = 0.6
/** How soon it stops mattering how often an article has a word. */
const SATURATION = 3
/** How much it counts that a text is about nothing but the question. */
const FOCUS = 0.4
/** What the second and third best text of an article add, and what the article as a whole. */
const RUNNERS_UP = [0.3, 0.15]
const WHOLE = 0.6
/** What a passage's whole text counts beside its best single text. */
const PASSAGE = 0.5

interface Short {
  article: number
  /** Index of the passage it belongs to; -1 for what belongs to the whole article. */
  passage: number
  kind: keyof typeof kinds
  terms: string[]
  weight: number
}

/** A term of the question with the terms that cover it, and how well. */
interface Asked {
  weight: number
  covers: Map<string, number>
}

/** A question as the aligner understands it. */
export interface Question {
  asked: Asked[]
  weight: number
  /** How many of its words have content, and how many of them no article knows. */
  contentWords: number
  unknownWords: number
}

export interface Alignment {
  article: Article
  /** 0 … about 2. */
  score: number
  /** The share of the question, by weight, that the article covers (0…1). */
  coverage: number
  /** How well the best of its short texts fits (0…1). */
  best: number
  /** Its passages, the one that fits best first. */
  passages: Array<{ passage: Passage; score: number }>
}

export type Aligner = ReturnType<typeof createAligner>

export function createAligner(articles: Article[], analyzer: Analyzer) {
  const { terms: termsOf } = analyzer
  const counts = articles.map(countTerms)
  const frequency = new Map<string, number>()
  for (const terms of counts) for (const term of terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  const related = relatedTerms([...frequency.keys()], analyzer)
  const correct = createSpelling(knownWords(articles, analyzer))

  const passageTerms = articles.map(({ passages }) => passages.map((passage) => new Set(termsOf(`${passage.heading}\n${passage.text}`))))
  const shorts = articles.flatMap(shortTexts)
  const postings = new Map<string, number[]>()
  for (const [index, { terms }] of shorts.entries()) for (const term of terms) list(postings, term).push(index)
  const holders = new Map<string, number[]>()
  for (const [index, terms] of counts.entries()) for (const term of terms.keys()) list(holders, term).push(index)

  function idf(term: string): number {
    const n = frequency.get(term) ?? 0
    const rarity = Math.log(1 + (articles.length - n + 0.5) / (n + 0.5)) ** IDF_POWER
    return rarity * (term.startsWith('?') ? QUESTION_WORD : term.startsWith('~') ? PHRASE : 1)
  }

  function countTerms(article: Article): Map<string, number> {
    const counted = new Map<string, number>()
    const add = (text: string, by: number) => {
      for (const term of termsOf(text)) counted.set(term, (counted.get(term) ?? 0) + by)
    }
    for (const text of [article.title, ...article.questions, ...article.synonyms]) add(text, 1.5)
    for (const { heading, sentences, questions } of article.passages) {
      for (const text of [heading, ...questions]) add(text, 1.5)
      for (const sentence of sentences) add(sentence, 1)
    }
    return counted
  }

  function shortTexts(article: Article, index: number): Short[] {
    const short = (kind: Short['kind'], text: string, passage: number): Short => {
      const terms = termsOf(text)
      return { article: index, passage, kind, terms, weight: terms.reduce((sum, term) => sum + idf(term), 0) }
    }
    return [
      short('title', article.title, -1),
      ...article.synonyms.map((text) => short('synonym', text, -1)),
      ...article.questions.map((text) => short('question', text, passageFor(text, index))),
      ...article.passages.flatMap(({ heading, sentences, questions }, at) => [
        short('heading', heading, at),
        ...questions.map((text) => short('question', text, at)),
        ...sentences.map((sentence) => short('sentence', sentence, at)),
      ]),
    ].filter(({ terms }) => terms.length > 0)
  }

  /** The passage of an article that answers one of its example questions. */
  function passageFor(question: string, article: number): number {
    const { asked } = read(question)
    const scores = (passageTerms[article] ?? []).map((terms) => covered(asked, terms))
    return scores.indexOf(Math.max(...scores))
  }

  /** Reads a question: its terms, misspelt words corrected, each with what covers it. */
  function read(text: string): Question {
    const words = analyzer.words(text).flatMap((word) => {
      const known = analyzer.knows(word) || frequency.has(analyzer.terms([word])[0] ?? word)
      return known ? [word] : [correct(word) ?? word]
    })
    const asked: Asked[] = []
    let contentWords = 0
    let unknownWords = 0
    for (const term of termsOf(words)) {
      const covers = coversOf(term)
      const isWord = !/^[?~]/.test(term)
      if (isWord) contentWords += 1
      if (isWord && covers.size === 0) unknownWords += 1
      if (covers.size > 0 || isWord) asked.push({ weight: weightOf(term, covers), covers })
    }
    return { asked, weight: asked.reduce((sum, { weight }) => sum + weight, 0), contentWords, unknownWords }
  }

  function coversOf(term: string): Map<string, number> {
    const covers = new Map<string, number>()
    for (const [concept, closeness] of analyzer.concepts(term)) {
      for (const other of related.get(concept) ?? []) covers.set(other, Math.max(closeness, covers.get(other) ?? 0))
    }
    if (frequency.has(term)) covers.set(term, 1)
    return covers
  }

  function weightOf(term: string, covers: Map<string, number>): number {
    if (frequency.has(term)) return idf(term)
    if (covers.size > 0) return RELATED * Math.max(...[...covers.keys()].map(idf))
    return UNKNOWN * idf(term)
  }

  /** The weight of what a set of terms covers of a question. */
  function covered(asked: Asked[], terms: ReadonlySet<string>): number {
    let sum = 0
    for (const { weight, covers } of asked) {
      let best = 0
      for (const [term, closeness] of covers) if (closeness > best && terms.has(term)) best = closeness
      sum += weight * best
    }
    return sum
  }

  /** All articles that have something of the question, best first. */
  function align(question: Question): Alignment[] {
    if (question.weight === 0) return []
    const whole = coverages(question)
    const fits = shortFits(question)
    const found = [...whole].map(([index, coverage]) => alignment(index, coverage, fits.get(index) ?? [], question))
    return found.sort((a, b) => b.score - a.score)
  }

  /** By article: the share of the question that it covers as a whole; what it says often, it covers better. */
  function coverages({ asked, weight }: Question): Map<number, number> {
    const sums = new Map<number, number>()
    for (const { weight: termWeight, covers } of asked) {
      const best = new Map<number, number>()
      for (const [term, closeness] of covers) {
        for (const article of holders.get(term) ?? []) {
          const often = counts[article]?.get(term) ?? 0
          const value = (closeness * often) / (often + SATURATION)
          if (value > (best.get(article) ?? 0)) best.set(article, value)
        }
      }
      for (const [article, value] of best) sums.set(article, (sums.get(article) ?? 0) + termWeight * value)
    }
    for (const [article, sum] of sums) sums.set(article, sum / weight)
    return sums
  }

  /** By article: how well each of its short texts fits that covers anything. */
  function shortFits({ asked, weight }: Question): Map<number, Array<{ fit: number; passage: number }>> {
    const cover = new Map<number, { asked: number; used: number }>()
    for (const { weight: termWeight, covers } of asked) {
      const best = new Map<number, { closeness: number; term: string }>()
      for (const [term, closeness] of covers) {
        for (const short of postings.get(term) ?? []) {
          if (closeness > (best.get(short)?.closeness ?? 0)) best.set(short, { closeness, term })
        }
      }
      for (const [short, { closeness, term }] of best) {
        const sum = cover.get(short) ?? { asked: 0, used: 0 }
        cover.set(short, { asked: sum.asked + termWeight * closeness, used: sum.used + idf(term) * closeness })
      }
    }
    const fits = new Map<number, Array<{ fit: number; passage: number }>>()
    for (const [index, sum] of cover) {
      const short = shorts[index] as Short
      const fit = kinds[short.kind] * (sum.asked / weight) * Math.min(1, sum.used / short.weight) ** FOCUS
      list(fits, short.article).push({ fit, passage: short.passage })
    }
    return fits
  }

  function alignment(index: number, coverage: number, fits: Array<{ fit: number; passage: number }>, question: Question): Alignment {
    const article = articles[index] as Article
    const [best = 0, ...others] = fits.map(({ fit }) => fit).sort((a, b) => b - a)
    const more = RUNNERS_UP.reduce((sum, share, at) => sum + share * (others[at] ?? 0), 0)
    const passages = article.passages.map((passage, at) => {
      const own = Math.max(0, ...fits.filter((fit) => fit.passage === at).map(({ fit }) => fit))
      const text = covered(question.asked, passageTerms[index]?.[at] ?? new Set()) / question.weight
      return { passage, score: own + PASSAGE * text }
    })
    passages.sort((a, b) => b.score - a.score)
    return { article, score: WHOLE * coverage + best + more, coverage, best, passages }
  }

  /** How well one text fits a question, as the short texts of articles are judged (0…1). */
  function fit(question: Question, text: string): number {
    const terms = new Set(termsOf(text))
    const weight = [...terms].reduce((sum, term) => sum + idf(term), 0)
    if (weight === 0 || question.weight === 0) return 0
    const cover = covered(question.asked, terms)
    return (cover / question.weight) * Math.min(1, cover / weight) ** FOCUS
  }

  return { read, align, fit }
}

/** For each concept the terms that stand for it. */
function relatedTerms(terms: string[], analyzer: Analyzer): Map<string, string[]> {
  const related = new Map<string, string[]>()
  for (const term of terms) for (const concept of analyzer.concepts(term).keys()) list(related, concept).push(term)
  return related
}

/** Every word that may be meant when one is misspelt, with how often articles have it. */
function knownWords(articles: Article[], analyzer: Analyzer): Map<string, number> {
  const known = new Map<string, number>()
  for (const word of analyzer.vocabulary) known.set(word, 0)
  for (const { title, questions, synonyms, passages } of articles) {
    const texts = [title, ...questions, ...synonyms, ...passages.flatMap(({ heading, text, questions }) => [heading, text, ...questions])]
    for (const word of analyzer.words(texts.join('\n'))) known.set(word, (known.get(word) ?? 0) + 1)
  }
  return known
}

function list<K, V>(map: Map<K, V[]>, key: K): V[] {
  let values = map.get(key)
  if (!values) {
    values = []
    map.set(key, values)
  }
  return values
}
