import { writeFileSync } from 'node:fs'
import { type Signals, signalsOf } from '#lib/assistant/confidence.ts'
import type { Article } from '#lib/knowledge/article.ts'
import { backgroundIn } from '#lib/knowledge/background.ts'
import { loadArticles } from '#lib/knowledge/load.ts'
import { createSearchIndex, type SearchIndex } from '#lib/knowledge/search-index.ts'
import { analyzerFor } from '#lib/knowledge/words.ts'
import { fileOf, inScope, outOfScope } from './questions.ts'

/**
 * Fits the coefficients of the confidence.
 *
 * 1. Shape: the knowledge base's own example questions and background messages, each judged by an index that has not
 *    seen it (cross-validation), say how much each signal tells.
 * 2. Scale: the development half of the evaluation says what a sum of signals is worth as a probability, for a desk
 *    at which `SHARE` of the messages are for it.
 *
 * The test half is never looked at here.
 */
const FOLDS = 5
const SHARE = 0.85
const names: Array<keyof Signals> = ['best', 'coverage', 'score', 'passage', 'margin', 'unknown', 'length', 'belonging']

interface Row {
  values: number[]
  target: 0 | 1
  weight: number
}

const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
const analyzer = analyzerFor('en')
const articles = (await loadArticles('knowledge', log)).filter(({ language }) => language === 'en')
const background = backgroundIn('en')

const rows = Array.from({ length: FOLDS }, (_, fold) => foldRows(fold)).flat()
const shape = fit(rows, names.length, 4000)
const full = createSearchIndex(articles, analyzer, background)
const scaled = fit(developmentRows(full, shape), 1, 20_000)
const [slope = 1] = scaled.weights
const weights = Object.fromEntries(names.map((name, at) => [name, round((shape.weights[at] ?? 0) * slope)]))
const bias = round(shape.bias * slope + scaled.bias)
writeFileSync('lib/assistant/calibration.json', `${JSON.stringify({ weights, bias }, null, 2)}\n`)
console.log({ weights, bias, rows: rows.length })

/** Everything that one fold holds back, judged by an index built from the rest. */
function foldRows(fold: number): Row[] {
  const held = (_: unknown, at: number) => at % FOLDS === fold
  const kept = (_: unknown, at: number) => at % FOLDS !== fold
  const strip = (article: Article): Article => ({
    ...article,
    questions: article.questions.filter(kept),
    passages: article.passages.map((passage) => ({ ...passage, questions: passage.questions.filter(kept) })),
  })
  const index = createSearchIndex(articles.map(strip), analyzer, { ...background, messages: background.messages.filter(kept) })
  const own = articles.flatMap((article) =>
    article.passages.flatMap(({ questions }) => questions.filter(held).map((question) => row(index, question, (id) => id === article.id))),
  )
  return [...own, ...background.messages.filter(held).map((message) => row(index, message, () => false, 2))]
}

function row(index: SearchIndex, text: string, isRight: (id: string) => boolean, weight = 1): Row {
  const question = index.read(text)
  const hits = index.search(question)
  const signals = signalsOf({ question, hits, belonging: index.belonging(question) })
  return { values: names.map((name) => signals[name]), target: hits[0] && isRight(hits[0].article.id) ? 1 : 0, weight }
}

function developmentRows(index: SearchIndex, { weights, bias }: Fitted): Row[] {
  const ours = inScope('dev').filter(({ articles: files }) =>
    files.some((file) => articles.some((article) => article.file === fileOf(file))),
  )
  const others = outOfScope('dev')
  const judged = (text: string, right: string[], weight: number): Row => {
    const { values, target } = row(index, text, (id) => right.includes(articles.find((article) => article.id === id)?.file ?? ''))
    return { values: [values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias)], target, weight }
  }
  return [
    ...ours.map(({ q, articles: files }) => judged(q, files.map(fileOf), SHARE / ours.length)),
    ...others.map(({ q }) => judged(q, [], (1 - SHARE) / others.length)),
  ]
}

interface Fitted {
  weights: number[]
  bias: number
}

/** Logistic regression by gradient descent, lightly regularised. */
function fit(data: Row[], size: number, steps: number): Fitted {
  const weights = new Array<number>(size).fill(0)
  let bias = 0
  const total = data.reduce((sum, { weight }) => sum + weight, 0)
  for (let step = 0; step < steps; step += 1) {
    const gradient = new Array<number>(size).fill(0)
    let biasGradient = 0
    for (const { values, target, weight } of data) {
      const z = values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias)
      const error = ((1 / (1 + Math.exp(-z)) - target) * weight) / total
      for (const [at, value] of values.entries()) gradient[at] = (gradient[at] ?? 0) + error * value
      biasGradient += error
    }
    for (let at = 0; at < size; at += 1) weights[at] = (weights[at] ?? 0) - (gradient[at] ?? 0) - 0.0005 * (weights[at] ?? 0)
    bias -= biasGradient
  }
  return { weights, bias }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
