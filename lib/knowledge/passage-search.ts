import type { Knowledge } from './knowledge.ts'
import { addressOfPassage, nameOfPassage } from './passage-name.ts'

/** Passages in one answer, at most, and the characters of each. */
const LIMIT = 5
const LENGTH = 2000
/** The share of the question that an article must have anything for. */
const COVERED = 0.5

/** The search for programs: the passages that fit a question, best first, with the whole address if the desk has a public one. */
export function passageSearch(knowledge: Pick<Knowledge, 'search'>, publicUrl: URL | undefined) {
  return async (query: string): Promise<Array<{ title: string; text: string; url: string }>> => {
    const hits = knowledge.search(query).hits.filter(({ covered }) => covered >= COVERED)
    return hits.slice(0, LIMIT).flatMap(({ article, passages: [best] }) => {
      if (!best) return []
      const { passage } = best
      const address = addressOfPassage(article, passage)
      const url = publicUrl ? new URL(address, publicUrl).href : address
      return [{ title: nameOfPassage(article, passage), text: passage.text.slice(0, LENGTH), url }]
    })
  }
}
