import type { Passage } from '#lib/knowledge/article.ts'
import { sentencesOf } from '#lib/knowledge/sentences.ts'
import { lineMark } from '../sentences.ts'
import type { Chosen } from './compose.ts'

/**
 * What the assistant without a model says: the sentences chosen for each part of a question, the parts a blank line
 * apart. Steps and list items stand on lines of their own, as in the article.
 */
export function scriptOf(parts: Chosen[][]): string[] {
  return parts.flatMap((chosen, part) => {
    const marks = chosen.map(({ passage, sentence }) => marksIn(passage).get(sentence))
    const isList = marks.filter((mark) => mark !== undefined).length > 1
    return chosen.map(({ sentence }, at) => {
      const mark = isList ? marks[at] : undefined
      const first = at === 0
      if (mark !== undefined) return `${first ? (part > 0 ? '\n\n' : '') : '\n'}${mark} ${sentence}`
      const endsList = isList && !first && marks[at - 1] !== undefined && !isWithin(chosen[at - 1] as Chosen, chosen[at] as Chosen)
      return `${first ? (part > 0 ? '\n\n' : '') : endsList ? '\n\n' : ''}${sentence}`
    })
  })
}

const known = new WeakMap<Passage, Map<string, string>>()

/** The sentences that list items of a passage begin with, and their marks. */
function marksIn(passage: Passage): Map<string, string> {
  let marks = known.get(passage)
  if (!marks) {
    marks = new Map()
    for (const line of passage.text.split('\n')) {
      const mark = /^\s*([-*+]|\d+[.)])\s/.exec(line)?.[1]
      const [first] = mark === undefined ? [] : sentencesOf(line)
      if (mark !== undefined && first !== undefined) marks.set(first, /^[*+]$/.test(mark) ? '-' : mark)
    }
    known.set(passage, marks)
  }
  return marks
}

/** Whether a sentence goes on in the list item of the one before it. */
function isWithin(before: Chosen, after: Chosen): boolean {
  if (before.passage !== after.passage || after.at !== before.at + 1) return false
  return before.passage.text.split('\n').some((line) => {
    const own = lineMark.test(line) ? sentencesOf(line) : []
    return own.includes(before.sentence) && own.includes(after.sentence)
  })
}
