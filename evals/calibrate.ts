import { writeFileSync } from 'node:fs'
import { signalsOf } from '#lib/assistant/confidence.ts'
import type { Article } from '#lib/knowledge/article.ts'
import { backgroundIn } from '#lib/knowledge/background.ts'
import { loadArticles } from '#lib/knowledge/load.ts'
import { createSearchIndex, type SearchIndex } from '#lib/knowledge/search-index.ts'
import { analyzerFor } from '#lib/knowledge/words.ts'
import { fileOf, inScope, outOfScope } from './questions.ts'

/**
 * Fits the coefficients of the confidence to the development half of the questions and to the background messages, each
 * of these judged by an index that has not seen it, for a desk at which `OURS` of the messages are for it.
 * The other halves are never looked at here.
 */
const OURS = 0.9
/** What keeps coefficients small: there are more of them than such few questions could tell for certain. */
const RIDGE = 0.003
const FOLDS = 5
const STEPS = 6000
const STEP = 1

interface Row {
  values: number[]
  target: 0 | 1
  weight: number
}

const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
const analyzer = analyzerFor('en')
const articles = (await loadArticles('knowledge', log)).filter(({ language }) => language === 'en')
const background = backgroundIn('en')
const index = createSearchIndex(articles, analyzer, background)

const hasArticle = ({ articles: files }: { articles: string[] }) =>
  files.some((file) => articles.some((article) => article.file === fileOf(file)))
const ours = inScope('dev')
  .filter(hasArticle)
  .map(({ q, articles: files }) => row(index, q, files.map(fileOf)))
const others = outOfScope('dev').map(({ q }) => row(index, q, []))
const elsewhere = Array.from({ length: FOLDS }, (_, fold) => backgroundRows(fold)).flat()
const rows = [...weighted(ours, OURS), ...weighted(others, (1 - OURS) / 2), ...weighted(elsewhere, (1 - OURS) / 2)]
const names = Object.keys(signalsOf({ hits: [], question: index.read(''), belonging: 0 }))
const shape = fit(rows, names.length, RIDGE)
// The ridge that keeps the coefficients apart from chance also makes them too modest: what their sum is worth is fitted without it.
const scale = fit(
  rows.map((one) => ({ ...one, values: [sumOf(one.values, shape)] })),
  1,
  0,
)
const slope = scale.weights[0] ?? 1
const weights = Object.fromEntries(names.map((name, at) => [name, round((shape.weights[at] ?? 0) * slope)]))
const calibration = { weights, bias: round(shape.bias * slope + scale.bias) }
writeFileSync('lib/assistant/calibration.json', `${JSON.stringify(calibration, null, 2)}\n`)
console.log({ ...calibration, rows: rows.length })

function backgroundRows(fold: number): Row[] {
  const { messages, words } = background
  const without = createSearchIndex(articles, analyzer, { words, messages: messages.filter((_, at) => at % FOLDS !== fold) })
  return messages.filter((_, at) => at % FOLDS === fold).map((message) => row(without, message, []))
}

function row(searched: SearchIndex, text: string, right: string[]): Row {
  const question = searched.read(text)
  const hits = searched.search(question)
  const first: Article | undefined = hits[0]?.article
  const signals = signalsOf({ question, hits, belonging: searched.belonging(question) })
  return { values: Object.values(signals), target: first && right.includes(first.file) ? 1 : 0, weight: 1 }
}

function weighted(same: Row[], share: number): Row[] {
  return same.map((one) => ({ ...one, weight: share / same.length }))
}

interface Fitted {
  weights: number[]
  bias: number
}

function sumOf(values: number[], { weights, bias }: Fitted): number {
  return values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias)
}

/** Logistic regression by gradient descent. */
function fit(data: Row[], size: number, ridge: number): Fitted {
  const fitted: Fitted = { weights: new Array<number>(size).fill(0), bias: 0 }
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = fitted.weights.map((weight) => ridge * weight)
    let biasGradient = 0
    for (const { values, target, weight } of data) {
      const error = (1 / (1 + Math.exp(-sumOf(values, fitted))) - target) * weight
      for (const [at, value] of values.entries()) gradient[at] = (gradient[at] ?? 0) + error * value
      biasGradient += error
    }
    for (const [at, slope] of gradient.entries()) fitted.weights[at] = (fitted.weights[at] ?? 0) - STEP * slope
    fitted.bias -= STEP * biasGradient
  }
  return fitted
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
