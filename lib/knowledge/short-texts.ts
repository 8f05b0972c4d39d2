import type { Article } from './article.ts'
import { covered, FOCUS, type Question, type QuestionReader } from './question.ts'
import { mapInSteps } from './steps.ts'

/**
 * The short texts of articles, each laid beside a question: how much of the question the text covers, and how much
 * of the text is about the question.
 */

/** What a text of each kind counts when a question fits it. */
const kinds = { question: 1, title: 1, heading: 1, sentence: 0.9, synonym: 0.6 }

interface ShortText {
  article: number
  /** The passage it belongs to; -1 for what belongs to the whole article. */
  passage: number
  kind: keyof typeof kinds
  terms: string[]
  weight: number
}

export interface Fit {
  fit: number
  passage: number
}

export function* shortTextsInSteps(articles: Article[], terms: (text: string) => string[], { read, weight }: QuestionReader) {
  const texts = (yield* mapInSteps(articles, textsOf)).flat().filter((text) => text.terms.length > 0)
  const postings = new Map<string, number[]>()
  for (const [index, text] of texts.entries()) {
    for (const term of text.terms) {
      const list = postings.get(term)
      if (list) list.push(index)
      else postings.set(term, [index])
    }
    yield
  }

  function textsOf(article: Article, index: number): ShortText[] {
    const short = (kind: ShortText['kind'], text: string, passage: number): ShortText => {
      const own = terms(text)
      return { article: index, passage, kind, terms: own, weight: own.reduce((sum, term) => sum + weight(term), 0) }
    }
    const passageFor = passageFinder(article)
    return [
      short('title', article.title, -1),
      ...article.synonyms.map((text) => short('synonym', text, -1)),
      ...article.questions.map((text) => short('question', text, passageFor(text))),
      ...article.passages.flatMap(({ heading, sentences, questions }, at) => [
        short('heading', heading, at),
        ...questions.map((text) => short('question', text, at)),
        ...sentences.map((text) => short('sentence', text, at)),
      ]),
    ]
  }

  /** Finds the passage of an article that answers one of its example questions. */
  function passageFinder({ passages }: Article): (question: string) => number {
    const sets = passages.map(({ heading, text }) => new Set(terms(`${heading}\n${text}`)))
    return (question) => {
      const asked = read(question)
      const covers = sets.map((set) => covered(asked, set))
      return covers.indexOf(Math.max(...covers))
    }
  }

  // Room for one question at a time: what covers the current term, and the sums over all terms.
  const closest = new Float32Array(texts.length)
  const closestWeight = new Float32Array(texts.length)
  const askedSum = new Float32Array(texts.length)
  const usedSum = new Float32Array(texts.length)

  /** By article: how well each of its short texts fits that covers anything of the question. */
  function fits({ asked, weight: questionWeight }: Question): Map<number, Fit[]> {
    const touched: number[] = []
    for (const { covers, weight: termWeight } of asked) {
      const covering: number[] = []
      for (const [term, closeness] of covers) {
        const own = weight(term)
        for (const text of postings.get(term) ?? []) {
          const before = closest[text] as number
          if (closeness <= before) continue
          if (before === 0) covering.push(text)
          closest[text] = closeness
          closestWeight[text] = own
        }
      }
      for (const text of covering) {
        const closeness = closest[text] as number
        if (askedSum[text] === 0) touched.push(text)
        askedSum[text] = (askedSum[text] as number) + termWeight * closeness
        usedSum[text] = (usedSum[text] as number) + (closestWeight[text] as number) * closeness
        closest[text] = 0
      }
    }
    const byArticle = new Map<number, Fit[]>()
    for (const index of touched) {
      const { article, passage, kind, weight: textWeight } = texts[index] as ShortText
      const share = (askedSum[index] as number) / questionWeight
      const focus = Math.min(1, (usedSum[index] as number) / textWeight) ** FOCUS
      askedSum[index] = 0
      usedSum[index] = 0
      const own = byArticle.get(article) ?? []
      own.push({ fit: kinds[kind] * share * focus, passage })
      byArticle.set(article, own)
    }
    return byArticle
  }

  return { fits }
}
