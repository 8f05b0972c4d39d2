import type { StoredMessage } from '#lib/protocol/events.ts'

/** What a model is given of the conversation before the question. */
export interface Recalled {
  /** What was asked before `recent` begins, a line each. */
  earlier: string[]
  /** The latest messages, whole. */
  recent: StoredMessage[]
}

/** Characters of the recent messages, about 1,500 tokens: what a question costs does not grow with the conversation. */
const RECENT = 6000
/** Earlier questions, the latest of them, and characters of each. */
const EARLIER = 10
const LINE = 120

/** The latest messages whole, and of the visitor's ones before them the beginnings: enough to know what was spoken about. */
export function recall(history: StoredMessage[]): Recalled {
  const said = history.filter(({ content }) => content !== '' && !content.trimStart().startsWith('/'))
  let room = RECENT
  const from = said.findLastIndex(({ content }) => {
    room -= content.length
    return room < 0
  })
  const earlier = said.slice(0, from + 1).filter(({ role }) => role === 'visitor')
  return { earlier: earlier.slice(-EARLIER).map(({ content }) => lineOf(content)), recent: said.slice(from + 1) }
}

function lineOf(content: string): string {
  const line = content.replace(/\s+/g, ' ').trim()
  return line.length <= LINE ? line : `${line.slice(0, LINE)} …`
}
