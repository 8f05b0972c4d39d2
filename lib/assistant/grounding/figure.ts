import type { Comparator } from './tongues/tongue.ts'

/** Something in a text that can be false by a single character. */
export interface Figure {
  kind: 'money' | 'percent' | 'duration' | 'quantity' | 'time' | 'date' | 'phone' | 'ordinal' | 'count'
  /** What it counts: a currency, "business day", "gb"; '' for none. Durations of one unit are given in it: two weeks are 14 days. */
  unit: string
  low: number
  high: number
  /** The year of a date that has one. */
  year?: number
  comparator: Comparator
  /** Its place among the tokens, set by who reads those. */
  at: number
}

/** For each way that articles mean a figure, the ways that an answer may say it without saying more. */
const same: Record<Comparator, readonly Comparator[]> = {
  exactly: ['exactly', 'within', 'about'],
  'at most': ['at most', 'within'],
  'at least': ['at least'],
  over: ['over'],
  under: ['under'],
  within: ['within', 'exactly', 'at most'],
  by: ['by'],
  after: ['after'],
  about: ['about'],
}

/** Whether a figure says no other thing than the article's. */
export function isSameFigure(said: Figure, known: Figure): boolean {
  return isSameValue(said, known) && same[known.comparator].includes(said.comparator)
}

/** The same but for how it is meant. */
export function isSameValue(said: Figure, known: Figure): boolean {
  if (said.low !== known.low || said.high !== known.high) return false
  if (said.kind === known.kind) return said.unit === known.unit || hoursOf(said) === hoursOf(known)
  return false
}

/** Hours for durations that may be given in days or in hours alike. */
function hoursOf({ kind, unit, low }: Figure): string {
  return kind === 'duration' && (unit === 'day' || unit === 'minute')
    ? `${unit === 'day' ? low * 24 : low / 60}h`
    : `${kind} ${unit} ${low}`
}
