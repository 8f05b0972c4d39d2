import type { Article, Passage } from './article.ts'
import { type Bag, createBagIndex } from './bags.ts'
import { type Example, trainBelonging } from './belonging.ts'
import { covered, createQuestionReader, FOCUS, type Question } from './question.ts'
import { createShortTexts } from './short-texts.ts'
import type { Analyzer } from './words.ts'

/** How an article fits a question. */
export interface Hit {
  article: Article
  /** 0 … about 3. */
  score: number
  /** How well the article as a whole covers the question (0…1). */
  coverage: number
  /** How well the best of its short texts fits (0…1). */
  best: number
  /** Its passages, the one that fits best first. */
  passages: Array<{ passage: Passage; score: number }>
}

export type SearchIndex = ReturnType<typeof createSearchIndex>

/** What a whole article or passage counts beside its single best texts. */
const WHOLE = 1.5
/** What the next best texts add to the best one. */
const RUNNERS_UP = [0.3, 0.15]
const PASSAGE_RUNNERS_UP = [0.5, 0.4, 0.3, 0.2]
/** How often something counts as said in a title, a heading or an example question. */
const EMPHASIS = 1.5

/** What a sentence of an article weighs beside a question, and the whole background beside all that belongs. */
const SAID = 0.3
const BACKGROUND = 0.5

/** What people say elsewhere, and words of other walks of life. */
export interface Background {
  messages: string[]
  words: string[]
}
const nowhere: Background = { messages: [], words: [] }

/**
 * An index over articles in one language. It looks at a question in two ways and adds up what it sees: BM25+ over
 * whole articles and passages, and how well the single best short texts fit (an example question, a heading, a
 * sentence). The first knows what an article is about, the second what exactly it answers.
 */
export function createSearchIndex(articles: Article[], analyzer: Analyzer, background: Background = nowhere) {
  const terms = remembering(analyzer.terms)
  const bags = articles.map((article) => bagOf(article, terms))
  const frequency = new Map<string, number>()
  for (const bag of bags) for (const term of bag.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  const reader = createQuestionReader(analyzer, frequency, articles.length, wordsOf(articles, analyzer, background))

  const places = articles.flatMap(({ passages }, article) => passages.map((passage, at) => ({ article, at, passage })))
  const wholeArticles = createBagIndex(bags)
  const wholePassages = createBagIndex(places.map(({ passage }) => passageBag(passage, terms)))
  const shortTexts = createShortTexts(articles, terms, reader)
  const judge = trainBelonging(examplesOf(articles, background, (words) => featuresOf(words, analyzer), analyzer))

  /** The articles that have something of a question, best first. */
  function search(question: Question): Hit[] {
    if (question.weight === 0) return []
    const fits = shortTexts.fits(question)
    const passageScores = wholePassages(question)
    const hits = [...wholeArticles(question)].map(([index, coverage]): Hit => {
      const article = articles[index] as Article
      const own = fits.get(index) ?? []
      const [best = 0] = own.map(({ fit }) => fit).sort((a, b) => b - a)
      const score = WHOLE * coverage + topOf(own, RUNNERS_UP)
      return { article, score, coverage, best, passages: ratePassages(index, own, passageScores) }
    })
    return hits.sort((a, b) => b.score - a.score)
  }

  function ratePassages(article: number, fits: Array<{ fit: number; passage: number }>, wholes: Map<number, number>) {
    const first = places.findIndex((place) => place.article === article)
    const rated = (articles[article] as Article).passages.map((passage, at) => {
      const own = fits.filter((fit) => fit.passage === at)
      return { passage, score: topOf(own, PASSAGE_RUNNERS_UP) + WHOLE * (wholes.get(first + at) ?? 0) }
    })
    return rated.sort((a, b) => b.score - a.score)
  }

  /** How well one text fits a question, as the short texts of articles are judged (0…1). */
  function fit(question: Question, text: string): number {
    const own = new Set(terms(text))
    const weight = [...own].reduce((sum, term) => sum + reader.weight(term), 0)
    if (weight === 0 || question.weight === 0) return 0
    const cover = covered(question, own)
    return (cover / question.weight) * Math.min(1, cover / weight) ** FOCUS
  }

  /** Whether a question belongs to what the articles are about: -6 (no) … 6 (yes), 0 when that cannot be told. */
  function belonging({ words }: Question): number {
    return judge(featuresOf(words, analyzer))
  }

  return { read: reader.read, search, fit, belonging }
}

/** What a message is judged by: its terms, its concepts, its words and their pairs. */
function featuresOf(words: string[], analyzer: Analyzer): string[] {
  const terms = analyzer.terms(words)
  const concepts = terms.flatMap((term) => [...analyzer.concepts(term).keys()])
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`)
  return [...terms.map((term) => `t${term}`), ...concepts, ...words.map((word) => `w${word}`), ...pairs]
}

/** What belongs: everything that is asked, and what is said. What does not: the background, weighing half as much. */
function examplesOf(articles: Article[], background: Background, features: (words: string[]) => string[], analyzer: Analyzer): Example[] {
  const example = (text: string, belongs: boolean, weight: number) => ({ features: features(analyzer.words(text)), belongs, weight })
  const asked = articles.flatMap(({ questions, passages }) => [...questions, ...passages.flatMap((passage) => passage.questions)])
  const said = articles.flatMap(({ passages }) => passages.flatMap(({ sentences }) => sentences))
  const elsewhere = BACKGROUND * ((asked.length + SAID * said.length) / Math.max(1, background.messages.length))
  return [
    ...asked.map((text) => example(text, true, 1)),
    ...said.map((text) => example(text, true, SAID)),
    ...background.messages.map((text) => example(text, false, elsewhere)),
    ...background.words.map((word) => example(word, false, SAID)),
  ]
}

/** The best fit, and a share of the next ones. */
function topOf(fits: Array<{ fit: number }>, shares: number[]): number {
  const [best = 0, ...others] = fits.map(({ fit }) => fit).sort((a, b) => b - a)
  return shares.reduce((sum, share, at) => sum + share * (others[at] ?? 0), best)
}

function bagOf({ title, questions, synonyms, passages }: Article, terms: (text: string) => string[]): Bag {
  const bag = new Map<string, number>()
  for (const text of [title, ...questions, ...synonyms]) count(bag, terms(text), EMPHASIS)
  for (const passage of passages) for (const [term, times] of passageBag(passage, terms)) bag.set(term, (bag.get(term) ?? 0) + times)
  return bag
}

function passageBag({ heading, sentences, questions }: Passage, terms: (text: string) => string[]): Bag {
  const bag = new Map<string, number>()
  for (const text of [heading, ...questions]) count(bag, terms(text), EMPHASIS)
  for (const sentence of sentences) count(bag, terms(sentence), 1)
  return bag
}

function count(bag: Map<string, number>, terms: string[], times: number): void {
  for (const term of terms) bag.set(term, (bag.get(term) ?? 0) + times)
}

/** The same function, asked only once for each text while the index is built. */
function remembering(terms: (text: string) => string[]): (text: string) => string[] {
  const known = new Map<string, string[]>()
  return (text) => {
    let result = known.get(text)
    if (!result) {
      result = terms(text)
      known.set(text, result)
    }
    return result
  }
}

/** Every word that may be meant when one is misspelt, with how often it stands in the articles as it is written. */
function wordsOf(articles: Article[], analyzer: Analyzer, background: Background): Map<string, number> {
  const known = new Map<string, number>()
  for (const word of [...analyzer.vocabulary, ...analyzer.words([...background.words, ...background.messages].join('\n'))])
    known.set(word, 0)
  for (const { title, questions, synonyms, passages } of articles) {
    const texts = [title, ...questions, ...synonyms, ...passages.flatMap(({ heading, text, questions }) => [heading, text, ...questions])]
    for (const word of analyzer.words(texts.join('\n'))) known.set(word, (known.get(word) ?? 0) + 1)
  }
  return known
}
