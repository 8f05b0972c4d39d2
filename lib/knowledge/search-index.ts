import type { Article, Passage } from './article.ts'
import { type Bag, createBagIndex } from './bags.ts'
import { type Example, trainBelonging } from './belonging.ts'
import { covered, createQuestionReader, FOCUS, type Question } from './question.ts'
import { createShortTexts, type Fit } from './short-texts.ts'
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

  const places = articles.flatMap(({ passages }, article) => passages.map((passage) => ({ article, passage })))
  const firstPlace = articles.map((_, article) => places.findIndex((place) => place.article === article))
  const wholeArticles = createBagIndex(bags)
  const wholePassages = createBagIndex(places.map(({ passage }) => passageBag(passage, terms)))
  const shortTexts = createShortTexts(articles, terms, reader)
  const judge = trainBelonging(examplesOf(articles, background, (words) => featuresOf(words, analyzer), analyzer))

  const prepared = remembering((text: string) => {
    const own = new Set(terms(text))
    return { terms: own, weight: [...own].reduce((sum, term) => sum + reader.weight(term), 0) }
  })

  /** The articles that have something of a question, best first, at most `limit`. */
  function search(question: Question, limit = 10): Hit[] {
    if (question.weight === 0) return []
    const fits = shortTexts.fits(question)
    const rated = [...wholeArticles(question)].map(([index, coverage]) => {
      const own = fits.get(index) ?? []
      return { index, own, coverage, score: WHOLE * coverage + topOf(own, RUNNERS_UP) }
    })
    rated.sort((a, b) => b.score - a.score)
    const passageScores = wholePassages(question)
    return rated.slice(0, limit).map(({ index, own, coverage, score }) => ({
      article: articles[index] as Article,
      score,
      coverage,
      best: topOf(own, []),
      passages: ratePassages(index, own, passageScores),
    }))
  }

  function ratePassages(article: number, fits: Fit[], wholes: Map<number, number>) {
    const rated = (articles[article] as Article).passages.map((passage, at) => {
      const own = fits.filter((fit) => fit.passage === at)
      return { passage, score: topOf(own, PASSAGE_RUNNERS_UP) + WHOLE * (wholes.get((firstPlace[article] ?? 0) + at) ?? 0) }
    })
    return rated.sort((a, b) => b.score - a.score)
  }

  /** How well one text fits a question, as the short texts of articles are judged (0…1). */
  function fit(question: Question, text: string): number {
    const own = prepared(text)
    if (own.weight === 0 || question.weight === 0) return 0
    const cover = covered(question, own.terms)
    return (cover / question.weight) * Math.min(1, cover / own.weight) ** FOCUS
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
function topOf(fits: Fit[], shares: number[]): number {
  const top = new Array<number>(shares.length + 1).fill(0)
  for (const { fit } of fits) {
    let place = top.length
    while (place > 0 && fit > (top[place - 1] as number)) place -= 1
    if (place === top.length) continue
    top.splice(place, 0, fit)
    top.pop()
  }
  const [best = 0, ...others] = top
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

/** The same function, asked only once for each text; for texts of articles, of which there are not too many. */
function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let result = known.get(text)
    if (result === undefined) {
      result = read(text)
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
