import type { Article } from '../article.ts'
import { mapInSteps, type Steps } from '../steps.ts'
import { answerableBy } from './answerable.ts'
import { haveProbes, passageText, probesOf, probeText } from './texts.ts'
import { mostOf, sharpnessIn } from './trials.ts'
import type { KeptText } from './vectors.ts'

/** What the vectors say of one question. How likely something is, they say as a logarithm; nothing of what has no vector. */
export interface Meant {
  /** How likely it is that an article answers it, if one does. */
  article(index: number): number | undefined
  /** The same of the passages of an article, by their places, if the article does. */
  passages(index: number): Array<number | undefined>
  /** How many times likelier the vectors make it that an article answers it, as a logarithm. */
  evidence(index: number): number
}

/** Looks at the vector of a question. */
export type Meaning = (question: Float32Array) => Meant

/** The most that vectors may say for or against an answer beside its words. */
const MOST_EVIDENCE = 2

/**
 * Learns from the articles' own questions what the vectors are worth: no embedder is trusted that was not seen to find what
 * they ask for. Undefined when the vectors say nothing.
 */
export function* meaningInSteps(articles: Article[], vectorOf: (text: KeptText) => Float32Array | undefined): Steps<Meaning | undefined> {
  const byArticle = yield* mapInSteps(articles, (article, index) =>
    article.passages.flatMap((passage, place) => {
      const vector = vectorOf(passageText(article, passage))
      return vector ? [{ index, place, vector }] : []
    }),
  )
  const known = byArticle.filter((rows) => rows.length > 0)
  const seats = new Map(known.map(([row], seat) => [row?.index ?? -1, seat]))
  const nearIn = (rows: Row[], question: Float32Array) => Float64Array.from(rows, ({ vector }) => dot(vector, question))
  const nearArticles = (question: Float32Array) => {
    const near = new Float64Array(known.length)
    for (let seat = 0; seat < near.length; seat += 1) near[seat] = nearestIn(known[seat] as Row[], question)
    return near
  }

  const probes = probesOf(articles).flatMap(({ article, passage, text }) => {
    const vector = vectorOf(probeText({ text }))
    const rows = byArticle[article] ?? []
    const right = seats.get(article)
    return vector && right !== undefined ? [{ vector, right, rows, place: rows.findIndex(({ place }) => place === passage) }] : []
  })
  const trials = yield* mapInSteps(probes, ({ vector, right }) => ({ near: nearArticles(vector), right }))
  const sharpness = yield* sharpnessIn(trials)
  if (sharpness === 0) return undefined
  const inside = probes.filter(({ rows, place }) => rows.length > 1 && place >= 0)
  const sharpnessInside = yield* sharpnessIn(inside.map(({ rows, vector, place }) => ({ near: nearIn(rows, vector), right: place })))
  // A heading stands in its passage: how near the two are tells nothing of how near a question is to what answers it.
  const answerable = haveProbes(articles) ? answerableBy(trials) : () => 0

  return (question) => {
    const near = nearArticles(question)
    const likely = likelihoods(near, sharpness)
    const most = mostOf(likely)
    const evidence = Math.max(-MOST_EVIDENCE, Math.min(MOST_EVIDENCE, answerable(near)))
    const article = (index: number) => likely[seats.get(index) ?? -1]
    return {
      article,
      passages(index) {
        const rows = byArticle[index] ?? []
        const own = likelihoods(nearIn(rows, question), sharpnessInside)
        const byPlace = new Map(rows.map(({ place }, at) => [place, own[at]]))
        return (articles[index]?.passages ?? []).map((_, place) => byPlace.get(place))
      },
      // That something answers speaks for an article as far as it is the one that is near.
      evidence: (index) => (evidence > 0 ? evidence * Math.exp((article(index) ?? Number.NEGATIVE_INFINITY) - most) : evidence),
    }
  }
}

interface Row {
  index: number
  place: number
  vector: Float32Array
}

function likelihoods(near: Float64Array, sharpness: number): Float64Array {
  const most = mostOf(near)
  const sum = near.reduce((all, one) => all + Math.exp(sharpness * (one - most)), 0)
  return near.map((one) => sharpness * (one - most) - Math.log(sum))
}

function nearestIn(rows: Row[], question: Float32Array): number {
  let nearest = Number.NEGATIVE_INFINITY
  for (const { vector } of rows) nearest = Math.max(nearest, dot(vector, question))
  return nearest
}

/** In four sums, so that one addition does not wait for the one before: most of the time of a search goes here. */
function dot(a: Float32Array, b: Float32Array): number {
  const end = a.length - 3
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  let at = 0
  for (; at < end; at += 4) {
    first += (a[at] as number) * (b[at] as number)
    second += (a[at + 1] as number) * (b[at + 1] as number)
    third += (a[at + 2] as number) * (b[at + 2] as number)
    fourth += (a[at + 3] as number) * (b[at + 3] as number)
  }
  for (; at < a.length; at += 1) first += (a[at] as number) * (b[at] as number)
  return first + second + third + fourth
}
