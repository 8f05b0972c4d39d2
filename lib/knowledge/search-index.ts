import { type Article, hasQuestions, type Passage } from './article.ts'
import { type Bag, bagIndexInSteps } from './bags.ts'
import { belongingInSteps } from './belonging.ts'
import { classifierInSteps } from './classifier.ts'
import { articleExamples, exampleMaker, featuresOf, passageExamples, SAID } from './examples.ts'
import { likelihood } from './likelihood.ts'
import { fuse, lossesOf } from './meaning/fuse.ts'
import type { Meant } from './meaning/meaning.ts'
import { covered, covers, type Question, questionReaderInSteps } from './question.ts'
import { type Fit, shortTextsInSteps } from './short-texts.ts'
import { softmaxInSteps } from './softmax.ts'
import { atOnce, mapInSteps, type Steps } from './steps.ts'
import type { Analyzer } from './words.ts'

/** How an article fits a question. */
export interface Hit {
  article: Article
  /** 0 … about 4. */
  score: number
  /** How well the article as a whole covers the question (0…1). */
  coverage: number
  /** The share of the question that it has anything for (0…1). */
  covered: number
  /** How well the best of its short texts fits (0…1). */
  best: number
  /** Whether its topic is the likely one, by what all articles are asked and say: 0 (impossible) … 1 (certain). */
  topic: number
  /** What vectors say for it or against it beside all that, where there are any: a logarithm of odds. */
  meant?: number
  /** Its passages, the one that fits best first. */
  passages: Array<{ passage: Passage; score: number }>
}

const none: ReadonlySet<string> = new Set()

export type SearchIndex = ReturnType<typeof createSearchIndex>

/** What a whole article or passage counts beside its single best texts. */
const WHOLE = 1.5
/** What the next best texts add to the best one. */
const RUNNERS_UP = [0.3, 0.15]
const PASSAGE_RUNNERS_UP = [0.5, 0.4, 0.3, 0.2]
/** What an article's first passage gains: it mostly says what is asked in general. */
const OPENING = 0.3
/** How often something counts as said in a title, a heading or an example question. */
const EMPHASIS = 1.5

/** What it counts that an article is the likely topic. */
const TOPIC = 2
/** How much it counts that a sentence says nothing but what was asked: less than for other texts, or the short ones would win. */
const SENTENCE_FOCUS = 0.15
/** A term that at most so many messages of the background have is rare; how little a common one counts. */
const RARE = 3
const COMMON = 3
/** How telling a term is in general counts as much as how telling it is in so many articles. */
const PRIOR = 4
const SAID_BY_TITLE = 0.3
/** The class of what is not for this company. */
const ELSEWHERE = -1

/** What people say elsewhere, and words of other walks of life. */
export interface Background {
  messages: string[]
  words: string[]
}
const nowhere: Background = { messages: [], words: [] }

/**
 * An index over articles in one language. It looks at a question in three ways and adds up what it sees: BM25+ over
 * whole articles and passages; how well the single best short texts fit (an example question, a heading, a sentence);
 * and which topic such words speak for, of all topics. The first knows what an article is about, the second what exactly
 * it answers, the third what sets it apart.
 */
export function createSearchIndex(articles: Article[], analyzer: Analyzer, background: Background = nowhere) {
  return atOnce(searchIndexInSteps(articles, analyzer, background))
}

/** As createSearchIndex, in steps. */
export function* searchIndexInSteps(articles: Article[], analyzer: Analyzer, background: Background) {
  const read = remembering((text: string) => {
    const words = analyzer.words(text)
    return { words, terms: analyzer.terms(words) }
  })
  const terms = (text: string) => read(text).terms
  const bags = yield* mapInSteps(articles, (article) => bagOf(article, terms))
  const termsOf = yield* mapInSteps(bags, (bag) => new Set(bag.keys()))
  const frequency = new Map<string, number>()
  for (const bag of bags) {
    for (const term of bag.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1)
    yield
  }
  const reader = yield* questionReaderInSteps(
    analyzer,
    frequency,
    articles.length,
    yield* wordsOf(articles, analyzer, background),
    yield* rarityIn(background, articles.length, terms),
  )

  const places = articles.flatMap(({ passages }, article) => passages.map((passage) => ({ article, passage })))
  const firstPlace = yield* mapInSteps(articles, (_, article) => places.findIndex((place) => place.article === article))
  const wholeArticles = yield* bagIndexInSteps(bags)
  const wholePassages = yield* bagIndexInSteps(yield* mapInSteps(places, ({ passage }) => passageBag(passage, terms)))
  const shortTexts = yield* shortTextsInSteps(articles, terms, reader)
  const example = exampleMaker(remembering((text) => featuresOf(read(text), analyzer)))
  const own = yield* articleExamples(articles, example)
  const others = yield* mapInSteps(background.messages, example(ELSEWHERE, 1))
  const topicsOf = yield* classifierInSteps(own, { balanced: true })
  const sharperTopicsOf = haveQuestions(articles) ? yield* softmaxInSteps([...own, ...others]) : undefined
  const belongs = yield* belongingInSteps(own, [...others, ...(yield* mapInSteps(background.words, example(ELSEWHERE, SAID)))])
  const placesOf = yield* classifierInSteps(yield* passageExamples(places, example), { balanced: true })

  const prepared = remembering((text: string) => {
    const own = new Set(terms(text))
    return { terms: own, weight: [...own].reduce((sum, term) => sum + reader.weight(term), 0) }
  })

  /** The articles that have something of a question, best first, at most `limit`; with `meant`, those that mean it too. */
  function search(question: Question, limit = 10, meant?: Meant): Hit[] {
    if (question.weight === 0 && !meant) return []
    const fits = shortTexts.fits(question)
    const features = featuresIn(question)
    const topics = topicsOf(features)
    const sharper = sharperTopicsOf?.(features) ?? topics
    const whole = wholeArticles(question)
    const topicOf = (index: number) => (likelihood(topics.get(index) ?? 0) + likelihood(sharper.get(index) ?? 0)) / 2
    const rated = [...whole].map(([index, coverage]) => {
      const own = fits.get(index) ?? []
      const topic = topicOf(index)
      return { index, own, coverage, topic, score: WHOLE * coverage + topOf(own, RUNNERS_UP) + TOPIC * topic }
    })
    rated.sort((a, b) => b.score - a.score)
    const others = [...articles.keys()].filter((index) => meant && !whole.has(index))
    const wordless = others.map((index) => ({ index, own: [], coverage: 0, topic: topicOf(index), score: 0 }))
    const ranked = meant ? fuse(rated, wordless, meant) : rated
    const wholes = wholePassages(question)
    const likely = placesOf(features)
    const rate = (place: number) => WHOLE * (wholes.get(place) ?? 0) + TOPIC * likelihood(likely.get(place) ?? 0)
    return ranked.slice(0, limit).map(({ index, own, coverage, topic, score }) => ({
      article: articles[index] as Article,
      score,
      coverage,
      covered: covered(question, termsOf[index] ?? none) / Math.max(question.weight, Number.EPSILON),
      topic,
      best: topOf(own, []),
      ...(meant ? { meant: meant.evidence(index) } : {}),
      passages: ratePassages(index, own, rate, meant ? lossesOf(meant.passages(index)) : []),
    }))
  }

  function ratePassages(article: number, fits: Fit[], rate: (place: number) => number, losses: number[]) {
    const rated = (articles[article] as Article).passages.map((passage, at) => {
      const own = fits.filter((fit) => fit.passage === at)
      const score = (at === 0 ? OPENING : 0) + topOf(own, PASSAGE_RUNNERS_UP) + rate((firstPlace[article] ?? 0) + at)
      return { passage, score: score - (losses[at] ?? 0) }
    })
    return rated.sort((a, b) => b.score - a.score)
  }

  /**
   * How well a sentence or a heading of an article with this title fits a question (0…1). What the title says already
   * counts little: it tells the article from others, not its sentences from each other.
   */
  function fit(question: Question, text: string, title: string): number {
    const own = prepared(text)
    if (own.weight === 0 || question.weight === 0) return 0
    const { terms: said } = prepared(title)
    const asked = question.asked.map((one) => (covers(one, said) > 0 ? { ...one, weight: SAID_BY_TITLE * one.weight } : one))
    const cover = covered({ asked }, own.terms)
    return (cover / question.weight) * Math.min(1, cover / own.weight) ** SENTENCE_FOCUS
  }

  /** Whether a question belongs to what the articles are about: -6 (no) … 6 (yes), 0 when that cannot be told. */
  function belonging(question: Question): number {
    return belongs(featuresIn(question))
  }

  /** Whether it is rather something that people say elsewhere than about any of the articles: 0 (no, or it cannot be told) … 1. */
  function elsewhere(question: Question): number {
    return likelihood(sharperTopicsOf?.(featuresIn(question)).get(ELSEWHERE) ?? 0)
  }

  function featuresIn({ words }: Question): string[] {
    return featuresOf({ words, terms: analyzer.terms(words) }, analyzer)
  }

  return { read: reader.read, search, fit, belonging, elsewhere }
}

/** How telling a term is in general, by how many messages of the background have it: 1 (rare) … less. */
function* rarityIn({ messages }: Background, articles: number, terms: (text: string) => string[]): Steps<(term: string) => number> {
  const frequency = new Map<string, number>()
  for (const message of messages) {
    for (const term of terms(message)) frequency.set(term, (frequency.get(term) ?? 0) + 1)
    yield
  }
  const most = Math.log((messages.length + 1) / RARE)
  const power = (COMMON * PRIOR) / (PRIOR + articles)
  return (term) =>
    frequency.has(term) ? Math.min(1, Math.log((messages.length + 1) / ((frequency.get(term) ?? 0) + 1)) / most) ** power : 1
}

/** Whether most articles come with example questions; from sentences alone a softmax learns less than counting tells. */
function haveQuestions(articles: Article[]): boolean {
  return articles.filter(hasQuestions).length > articles.length / 2
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
function* wordsOf(articles: Article[], analyzer: Analyzer, background: Background): Steps<Map<string, number>> {
  const known = new Map<string, number>()
  for (const word of [...analyzer.vocabulary, ...analyzer.words([...background.words, ...background.messages].join('\n'))])
    known.set(word, 0)
  for (const { title, questions, synonyms, passages } of articles) {
    const texts = [title, ...questions, ...synonyms, ...passages.flatMap(({ heading, text, questions }) => [heading, text, ...questions])]
    for (const word of analyzer.words(texts.join('\n'))) known.set(word, (known.get(word) ?? 0) + 1)
    yield
  }
  return known
}
