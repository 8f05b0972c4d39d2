import type { Span } from './plain-text.ts'

/** Digits that a card number has. */
const LEAST = 13
const MOST = 19
/** Characters that may stand between two of its groups. */
const GAP = 3

const group = /\d+/g
const separators = /^[\s._\-·]*$/
/** No card of a customer begins like this; days and times do. */
const noCard = /^(?:0|1|20|21)/

/** Where card numbers stand in a plain text: 13 to 19 digits, in groups or not, with the check digit that they all have. */
export function cardNumbers(text: string): Span[] {
  const groups = [...text.matchAll(group)].map((match) => ({ start: match.index, digits: match[0] }))
  const found: Span[] = []
  for (const [first, { start }] of groups.entries()) {
    let digits = ''
    for (let at = first; at < groups.length; at += 1) {
      const next = groups[at]
      const before = groups[at - 1]
      if (!next || (at > first && before && !isClose(text, before.start + before.digits.length, next.start))) break
      digits += next.digits
      if (digits.length > MOST) break
      if (digits.length >= LEAST && isCard(digits)) found.push({ start, end: next.start + next.digits.length })
    }
  }
  return found
}

function isClose(text: string, end: number, start: number): boolean {
  return start - end <= GAP && separators.test(text.slice(end, start))
}

/** The check that every card number passes (Luhn). */
function isCard(digits: string): boolean {
  if (noCard.test(digits)) return false
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const value = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? value * 2 : value
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
