import type { Figure } from './figure.ts'
import type { Tongue } from './tongues/tongue.ts'

/** Figures stand in a text as these characters, by their number. */
const FIRST_MARK = 0xe000
const markOf = (index: number) => String.fromCharCode(FIRST_MARK + index)
export const indexOfMark = (char: string) => char.charCodeAt(0) - FIRST_MARK
export const isMark = (text: string) => text.length === 1 && text >= '\ue000' && text <= '\uefff'

const number = String.raw`\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?`
const range = String.raw`(${number})(?:\s?(?:(?:-|–|—|to|bis|den|until|through)\s?(?=[$€£\d])|(?:and|or)\s?(?=[$€£]))(?:[$€£]\s?)?(${number}))?`
const rangeOfUnits = String.raw`(${number})(?:\s?(?:-|–|—|to|bis|den|a)\s?(${number}))?`
const clock = String.raw`(\d{1,2})(?::(\d\d))?\s?(am|pm|a\.m\.|p\.m\.|uhr|sang|chieu|toi)|(\d{1,2}):(\d\d)`
const currencies: Record<string, string> = {
  $: 'usd',
  us$: 'usd',
  dollar: 'usd',
  dollars: 'usd',
  usd: 'usd',
  '€': 'eur',
  eur: 'eur',
  euro: 'eur',
  euros: 'eur',
  '£': 'gbp',
  gbp: 'gbp',
  cent: 'cent',
  cents: 'cent',
  vnd: 'vnd',
  dong: 'vnd',
  cad: 'cad',
}
const measures: Record<string, string> = {
  lb: 'lb',
  lbs: 'lb',
  pound: 'lb',
  pounds: 'lb',
  kg: 'kg',
  g: 'g',
  inch: 'inch',
  inches: 'inch',
  '"': 'inch',
  feet: 'foot',
  foot: 'foot',
  ft: 'foot',
  mm: 'mm',
  cm: 'cm',
  hz: 'hz',
  ghz: 'ghz',
  mhz: 'mhz',
  gb: 'gb',
  gigabytes: 'gb',
  tb: 'tb',
  terabyte: 'tb',
  terabytes: 'tb',
  mb: 'mb',
  w: 'w',
  watt: 'w',
  watts: 'w',
  pixel: 'pixel',
  pixels: 'pixel',
  gigabit: 'gigabit',
  gigabits: 'gigabit',
  megabits: 'megabit',
  k: 'k',
  cores: 'core',
  core: 'core',
  milliseconds: 'ms',
  millisecond: 'ms',
  kilometer: 'km',
  km: 'km',
  liter: 'liter',
  digit: 'digit',
  digits: 'digit',
} // prettier-ignore
const ordinals: Record<string, number> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  fifth: 5,
  last: -1,
  erste: 1,
  ersten: 1,
  zweite: 2,
  zweiten: 2,
}

type Read = (groups: Array<string | undefined>) => Omit<Figure, 'comparator' | 'at'> | undefined

const rulesByTongue = new Map<Tongue, Array<[RegExp, Read]>>()

/** The patterns of a language's figures, made once. */
function rulesOf(tongue: Tongue, decimalComma: boolean): Array<[RegExp, Read]> {
  const known = rulesByTongue.get(tongue)
  if (known) return known
  const value = (digits: string) => toNumber(digits, decimalComma)
  const span = (low: string | undefined, high: string | undefined, times = 1) => {
    const from = value(low ?? '0') * times
    return { low: from, high: high === undefined ? from : value(high) * times }
  }
  const units = Object.keys(tongue.units).sort((a, b) => b.length - a.length)
  const months = tongue.months.length > 0 ? `(${tongue.months.join('|')})[a-z]*\\.?` : '(?!)'
  const date = (day: string | undefined, month: string | undefined, year?: string): ReturnType<Read> => ({
    kind: 'date',
    unit: '',
    ...(year === undefined ? {} : { year: Number(year) }),
    ...both((tongue.months.indexOf((month ?? '').slice(0, 3)) + 1) * 100 + Number(day)),
  })
  const rules: Array<[RegExp, Read]> = [
    [
      /\+?\d[\d ().-]{6,}\d(?![\d.,:]*\s?(?:am|pm|%))/g,
      ([all]) => (isPhone(all ?? '') ? { kind: 'phone', unit: '', ...both(Number((all ?? '').replace(/\D/g, ''))) } : undefined),
    ],
    [
      /\b(\d{4})-(\d\d)-(\d\d)\b/g,
      ([, year, month, day]) => ({ kind: 'date', unit: '', ...both(Number(month) * 100 + Number(day)), year: Number(year) }),
    ],
    [
      new RegExp(`\\b${months} (\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,? (\\d{4})\\b)?`, 'g'),
      ([, month, day, year]) => date(day, month, year),
    ],
    [
      new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th|\\.)?(?: of)? ${months}(?=\\W|$)(?:,? (\\d{4})\\b)?`, 'g'),
      ([, day, month, year]) => date(day, month, year),
    ],
    [
      new RegExp(`(us\\$|[$€£])\\s?${range}`, 'g'),
      ([, currency, low, high]) => ({ kind: 'money', unit: currencies[currency ?? ''] ?? '', ...span(low, high) }),
    ],
    [
      new RegExp(`\\b${range}\\s?(dollars?|usd|euros?|eur|€|£|gbp|cents?|vnd|dong|cad)(?=\\W|$)`, 'g'),
      ([, low, high, currency]) => ({ kind: 'money', unit: currencies[currency ?? ''] ?? '', ...span(low, high) }),
    ],
    [
      new RegExp(`\\b${range}\\s?(?:%|percent\\b|prozent\\b|phan tram\\b)`, 'g'),
      ([, low, high]) => ({ kind: 'percent', unit: '%', ...span(low, high) }),
    ],
    [
      new RegExp(`\\b(?:${clock})\\b\\.?`, 'g'),
      ([, hour, minute, half, hour24, minute24]) => ({
        kind: 'time',
        unit: '',
        ...both(minutes(hour ?? hour24, minute ?? minute24, half)),
      }),
    ],
    [
      new RegExp(`\\b${rangeOfUnits}[ -](?:(?:full|more|additional|extra|wrong) )?(${units.join('|') || '(?!)'})(?:s|e|en|n)?\\b`, 'g'),
      ([, low, high, name]) => {
        const [unit, times] = tongue.units[name ?? ''] ?? ['', 1]
        return { kind: unit === 'clock' ? 'time' : 'duration', unit: unit === 'clock' ? '' : unit, ...span(low, high, times) }
      },
    ],
    [
      new RegExp(
        `\\b${rangeOfUnits}[ -]?(${Object.keys(measures)
          .sort((a, b) => b.length - a.length)
          .join('|')})(?=[^\\p{L}\\p{N}]|$)`,
        'gu',
      ),
      ([, low, high, name]) => ({ kind: 'quantity', unit: measures[name ?? ''] ?? '', ...span(low, high) }),
    ],
    [
      new RegExp(`\\b(${Object.keys(ordinals).join('|')})\\b`, 'g'),
      ([, name]) => ({ kind: 'ordinal', unit: '', ...both(ordinals[name ?? ''] ?? 0) }),
    ],
    [
      new RegExp(`(?<![\\p{L}\\p{N}.-])${rangeOfUnits}(?![\\p{L}\\p{N}]|-\\p{L}{0,2}\\d)`, 'gu'),
      ([, low, high]) => ({ kind: 'count', unit: '', ...span(low, high) }),
    ],
  ] // prettier-ignore
  rulesByTongue.set(tongue, rules)
  return rules
}

/**
 * Takes the figures out of a folded text: each is replaced by a mark, with the words before and after that say how it
 * is meant ("up to"). `decimalComma` for languages that write 1.500,25.
 */
export function takeFigures(text: string, tongue: Tongue, decimalComma: boolean): { text: string; figures: Figure[] } {
  const figures: Figure[] = []
  let marked = text
  for (const [pattern, read] of rulesOf(tongue, decimalComma)) {
    marked = marked.replace(pattern, (all: string, ...groups: Array<string | undefined>) => {
      const figure = figures.length < 0x1000 ? read([all, ...groups]) : undefined
      if (!figure) return all
      figures.push({ ...figure, comparator: 'exactly', at: -1 })
      return ` ${markOf(figures.length - 1)} `
    })
  }
  marked = joinRanges(marked.replace(/ +/g, ' ').trim(), figures)
  for (const [index, figure] of figures.entries()) marked = compare(marked, index, figure, tongue)
  return { text: marked.replace(/ +/g, ' ').trim(), figures }
}

/** "from 9:00 am to 7:00 pm" and "November 15 to December 24" are one figure each. */
function joinRanges(text: string, figures: Figure[]): string {
  const between = /([\ue000-\uefff]) (?:to|-|–|bis|den|until|through) ([\ue000-\uefff])/g
  return text.replace(between, (all, first: string, second: string) => {
    const [a, b] = [figures[indexOfMark(first)], figures[indexOfMark(second)]]
    const joins =
      a && b && a.kind === b.kind && a.unit === b.unit && a.low === a.high && (a.kind === 'time' || a.kind === 'date' || a.kind === 'money')
    if (!joins) return all
    a.high = b.high
    return first
  }) // prettier-ignore
}

/** Reads how a figure is meant, and takes the words that say it off the text. */
function compare(text: string, index: number, figure: Figure, { comparators }: Tongue): string {
  const at = text.indexOf(markOf(index))
  if (at < 0) return text
  let before = text.slice(0, at).trimEnd()
  let after = text.slice(at + 1).trimStart()
  if (figure.kind === 'ordinal' || figure.kind === 'phone') return text
  // The first 30 days: an ordinal between the word and its figure.
  const ordinal = /(?:^| )(?:the )?[\ue000-\uefff]$/.exec(before)
  const bare = (ordinal ? before.slice(0, ordinal.index) : before).replace(/ the$/, '')
  for (const [comparator, ahead, behind] of comparators) {
    // A place or a thing is "in" too; a time span alone is bounded by it.
    if (comparator === 'within' && figure.kind !== 'duration') continue
    const told = behind?.exec(after)
    const found = ahead.exec(bare)
    if (told) after = after.slice(told[0].length)
    else if (found) before = bare.slice(0, found.index) + (ordinal?.[0] ?? '')
    else continue
    // "from 9 to 7" is a span, not a least.
    const isSpan = (figure.kind === 'time' || figure.kind === 'date') && comparator === 'at least' && figure.low !== figure.high
    if (!isSpan && (comparator === 'about' || figure.comparator === 'exactly')) figure.comparator = comparator
    break
  }
  return `${before} ${markOf(index)} ${after}`.trim()
}

const both = (value: number) => ({ low: value, high: value })

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length
  return digits >= 7 && digits <= 15 && (text.startsWith('+') || /[ ().-]\d{3,}/.test(text)) && !/^\d{4}-\d\d-\d\d/.test(text)
}

function toNumber(digits: string, decimalComma: boolean): number {
  const [thousands, point] = decimalComma ? ['.', ','] : [',', '.']
  const isGrouped = new RegExp(`^\\d{1,3}(?:\\${thousands}\\d{3})+(?:\\${point}\\d+)?$`).test(digits)
  return Number((isGrouped ? digits.replaceAll(thousands, '') : digits).replace(',', '.'))
}

function minutes(hour: string | undefined, minute: string | undefined, half: string | undefined): number {
  const isLate = /^(?:p|chieu|toi)/.test(half ?? '')
  const isEarly = /^(?:a|sang)/.test(half ?? '')
  const hours = Number(hour) + (isLate && Number(hour) < 12 ? 12 : 0) - (isEarly && Number(hour) === 12 ? 12 : 0)
  return hours * 60 + Number(minute ?? 0)
}
