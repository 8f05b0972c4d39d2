import { writeFileSync } from 'node:fs'
import { type Signals, signalsOf } from '#lib/assistant/confidence.ts'
import { type Article, questionsOf } from '#lib/knowledge/article.ts'
import { backgroundIn } from '#lib/knowledge/background.ts'
import { loadArticles } from '#lib/knowledge/load.ts'
import { type Background, createSearchIndex, type SearchIndex } from '#lib/knowledge/search-index.ts'
import { analyzerFor } from '#lib/knowledge/words.ts'
import { fit, type Row, rescaled } from './logistic.ts'
import { fileOf, halves, inScope, outOfScope } from './questions.ts'

/**
 * Fits the coefficients of the confidence, for a desk at which `OURS` of the messages are for it. Twice: for articles
 * with example questions, on all four sets of ours; and for articles without, on small collections drawn from the same articles,
 * which are asked those example questions that they no longer have, and the questions of the articles that were not drawn.
 * Messages of the background are judged by an index that has not seen them.
 */
const OURS = 0.9
const FOLDS = 5
/** The small collections, and the articles in each. */
const COLLECTIONS = 16
const FEWEST = 5
const MOST = 15
/** Questions that are taken of each article, and of each that was not drawn. */
const ASKED = 10
const ASKED_BESIDE = 1

interface Asked {
  ours: Row[]
  /** Of the same trade, but not answered; and of another one. */
  near: Row[]
  far: Row[]
}

const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
const analyzer = analyzerFor('en')
const articles = (await loadArticles('knowledge', { log })).filter(({ language }) => language === 'en')
const background = backgroundIn('en')
const near = halves.flatMap(outOfScope).map(({ q }) => q)
const names = Object.keys(signalsOf({ hits: [], question: createSearchIndex([], analyzer).read(''), belonging: 0, elsewhere: 0 }))

const rich = calibrate([judgeFull()])
const bare = calibrate(Array.from({ length: COLLECTIONS }, (_, at) => judgeSmall(at)))
writeFileSync('lib/assistant/calibration.json', `${JSON.stringify({ rich, bare }, null, 2)}\n`)
console.log({ rich, bare })

/** All articles as they are. */
function judgeFull(): Asked {
  const index = createSearchIndex(articles, analyzer, background)
  const answered = halves
    .flatMap(inScope)
    .filter(({ articles: files }) => files.some((file) => articles.some((own) => own.file === fileOf(file))))
  return {
    ours: answered.map(({ q, articles: files }) => row(index, q, ({ file }) => files.map(fileOf).includes(file))),
    near: near.map((q) => row(index, q)),
    far: Array.from({ length: FOLDS }, (_, fold) => {
      const without = createSearchIndex(articles, analyzer, backgroundWithout(fold))
      return messagesOf(fold).map((message) => row(without, message))
    }).flat(),
  }
}

/** A few articles without example questions; every other collection is in a language of which no background was collected. */
function judgeSmall(at: number): Asked {
  const drawn = shuffled(articles, at + 1).slice(0, FEWEST + (at % (MOST - FEWEST + 1)))
  const others = articles.filter((article) => !drawn.includes(article))
  const fold = at % FOLDS
  const index = createSearchIndex(drawn.map(withoutQuestions), analyzer, at % 2 === 0 ? backgroundWithout(fold) : undefined)
  return {
    ours: drawn.flatMap((article) =>
      questionsOf(article)
        .slice(0, ASKED)
        .map((q) => row(index, q, ({ id }) => id === article.id)),
    ),
    near: [...near.slice(0, others.length), ...others.flatMap((article) => questionsOf(article).slice(0, ASKED_BESIDE))].map((q) =>
      row(index, q),
    ),
    far: messagesOf(fold).map((message) => row(index, message)),
  }
}

function withoutQuestions(article: Article): Article {
  const passages = article.passages.map((passage) => ({ ...passage, questions: [] }))
  return { ...article, questions: [], synonyms: [], passages }
}

function messagesOf(fold: number): string[] {
  return background.messages.filter((_, at) => at % FOLDS === fold)
}

function backgroundWithout(fold: number): Background {
  return { ...background, messages: background.messages.filter((_, at) => at % FOLDS !== fold) }
}

function row(index: SearchIndex, text: string, isRight: (article: Article) => boolean = () => false): Row {
  const question = index.read(text)
  const hits = index.search(question)
  const signals = signalsOf({ question, hits, belonging: index.belonging(question), elsewhere: index.elsewhere(question) })
  return { values: Object.values(signals), target: hits[0] && isRight(hits[0].article) ? 1 : 0, weight: 1 }
}

function calibrate(asked: Asked[]) {
  const together = (kind: keyof Asked, share: number) => {
    const rows = asked.flatMap((one) => one[kind])
    return rows.map((one) => ({ ...one, weight: share / rows.length }))
  }
  const rows = [...together('ours', OURS), ...together('near', (1 - OURS) / 2), ...together('far', (1 - OURS) / 2)]
  const { weights, bias } = rescaled(fit(rows, names.length), rows)
  const byName = names.map((name, at) => [name, round(weights[at] ?? 0)])
  return { weights: Object.fromEntries(byName) as Record<keyof Signals, number>, bias: round(bias) }
}

/** The same order every time for the same seed (a linear congruential generator). */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed
  const next = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state
  }
  return list
    .map((item) => ({ item, order: next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
