import { isSameWord } from './matching.ts'
import type { Reader } from './reading.ts'
import type { Token } from './token.ts'

/** Where a sentence stands. */
export type Place = 'text' | 'item' | 'heading'

/**
 * A sentence that leads over to a list says something only together with its items ("The warranty does not cover:"), and they
 * only with it. So each item is read as the end of that sentence.
 */
export interface Lead {
  text: string
  /** Whether it stands in the answer: what follows is read with it. */
  isSaid: boolean
  /** Whether it only names what its items are about: then they may be read without it too. */
  isTopic: boolean
}

export const isLead = (text: string) => /:[*_\s]*$/.test(text)

/** The ways to read an item with its lead, each as the sentences that it then states. */
export function readingsOf(lead: string, item: string): string[][] {
  const opening = lead
    .replace(/[*_]/g, '')
    .replace(/(?:,? (?:as follows|like this))?\s*:\s*$/i, '')
    .replace(/ (?:the )?following\b/, ' ')
    .replace(/ these(?: \p{Ll}+)?$/u, '')
  const { label, rest } = labelOf(item.replace(/\*\*|__/g, ''))
  const [, head = opening, joint = ''] = /^(.+?) (by|before|after|within|until|from|on|at|in)$/.exec(opening) ?? []
  const read = (part: string) => [head, uncapitalized(label), joint, uncapitalized(part)].filter((word) => word !== '').join(' ')
  const parts = rest.split(/[,;] (?:and )?| ?\(|\)/).filter((part) => part.trim() !== '')
  const readings = [[read(rest)]]
  if (parts.length > 1) readings.push(parts.map(read))
  // "The store is open: Sunday: closed".
  if (label !== '' && !/\s/.test(rest)) readings.push([`${opening.replace(/ \S+$/, '')} ${uncapitalized(rest)} ${label}`])
  return readings
}

/** "Saturday: 10 to 6" is about its label; a colon further on parts nothing. */
function labelOf(item: string): { label: string; rest: string } {
  const [, label = '', rest = item] = /^([^:.]{1,40}?)\s*(?::|\s[–—-])\s+(.+)$/s.exec(item) ?? []
  return { label, rest }
}

const uncapitalized = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** Words that lead over by themselves. */
const leading = /^(?:depends?|depending|var(?:y|ies)|differs?|steps?|follow|these|works?)$/
/** Words that promise: a heading with them says more than what it is about. */
const promising = /^(?:free|refund\w*|discount\w*|guarante\w*|waive\w*|off|kostenlos|gratis|gratuit)$/

/** Whether a text only names what is asked about, without a figure, a denial or a promise: "After that, it depends on your payment method:". */
export function namesTopic({ read, tongue }: Reader, text: string, topics: Token[]): boolean {
  const { tokens, figures } = read(text)
  const says = [...tongue.negations, ...tongue.restrictions, ...tongue.universals.flat(), ...tongue.may]
  return (
    figures.every(({ kind }) => kind === 'ordinal') &&
    tokens.every(({ word }) => !says.includes(word) && !promising.test(word)) &&
    tokens.every(
      (token) => !token.isContent || token.isLoose || leading.test(token.word) || topics.some((other) => isSameWord(token, other)),
    )
  )
}
