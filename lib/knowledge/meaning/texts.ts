import { type Article, hasQuestions, type Passage } from '../article.ts'
import type { KeptText } from './vectors.ts'

/** The texts of an article that are embedded, and the questions by which it is seen what their vectors are worth. */

/** Characters of a text at most: no model that is known refuses so many. */
const LONGEST = 6000
/** So many questions of a passage are embedded with it. Those after them are for probes: what was looked at proves nothing. */
const WITH_PASSAGE = 5
/** Probes of one article: as many of each, or the vectors would seem the better for what is asked most. And of all articles. */
const PROBES = 3
const MOST_PROBES = 256

/** A question of which it is known which article answers it, and which of its passages, if that is known. */
export interface Probe {
  text: string
  article: number
  passage?: number
}

export function passageText({ title }: Article, { heading, text, questions }: Passage): KeptText {
  const asked = questions.slice(0, WITH_PASSAGE)
  const lines = [title, ...(heading === title ? [] : [heading]), text, ...asked]
  return { kind: 'passage', text: lines.join('\n').slice(0, LONGEST) }
}

export function probeText({ text }: Pick<Probe, 'text'>): KeptText {
  return { kind: 'question', text: text.slice(0, LONGEST) }
}

/** Whether most articles have questions for probes: of the others there are only headings, which their passages hold. */
export function haveProbes(articles: Article[]): boolean {
  return articles.filter((article) => hasQuestions(article) && heldOut(article).length > 0).length > articles.length / 2
}

/** The probes of a collection, evenly from what there is. */
export function probesOf(articles: Article[]): Probe[] {
  const haveQuestions = haveProbes(articles)
  return evenly([...articles.entries()], Math.floor(MOST_PROBES / PROBES)).flatMap(([index, article]) => {
    const own = haveQuestions ? heldOut(article) : article.passages.map(({ heading }, passage) => ({ text: heading, passage }))
    return evenly(own, PROBES).map((probe) => ({ ...probe, article: index }))
  })
}

function heldOut({ questions, passages }: Article): Array<Omit<Probe, 'article'>> {
  const own = passages.flatMap(({ questions }, passage) => questions.slice(WITH_PASSAGE).map((text) => ({ text, passage })))
  return [...questions.map((text) => ({ text })), ...own]
}

/** Some of a list, at most so many, from all over it. */
function evenly<T>(list: T[], most: number): T[] {
  const count = Math.min(most, list.length)
  return Array.from({ length: count }, (_, at) => list[Math.floor(((at + 0.5) * list.length) / count)] as T)
}

/** All texts of a collection that vectors are kept of. */
export function textsOf(articles: Article[]): KeptText[] {
  const passages = articles.flatMap((article) => article.passages.map((passage) => passageText(article, passage)))
  return [...passages, ...probesOf(articles).map(probeText)]
}
