import type { Card } from '#lib/protocol/cards.ts'
import type { ToolOutcome } from '../ports.ts'

/** What a tool's outcome is made of, kept within what is passed on of one result. */

/** Characters of one result, at most: of its text, and of its records together. */
export const RESULT_MAX = 32_000
const CARDS = 50

export type Refused = Extract<ToolOutcome, { status: 'refused' }>

/** Facts: a headline, and a line each. What does not fit is counted, not shown. */
export function found(headline: string, facts: Array<{ record: string; card?: Card }>): ToolOutcome {
  const shown: typeof facts = []
  let size = headline.length
  for (const fact of facts.slice(0, CARDS)) {
    size += fact.record.length + 1
    if (size > RESULT_MAX - 100) break
    shown.push(fact)
  }
  const records = shown.map(({ record }) => record)
  const rest = facts.length - shown.length
  const more = rest > 0 ? [`(${rest} more are not shown.)`] : []
  return { status: 'ok', text: [headline, ...records, ...more].join('\n'), cards: shown.flatMap(({ card }) => card ?? []), records }
}

export function refused(reason: Refused['reason'], text: string): Refused {
  return { status: 'refused', reason, text }
}
