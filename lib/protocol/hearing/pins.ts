import type { Span } from './plain-text.ts'
import { type Token, tokensOf } from './tokens.ts'
import { copulas, fillers, links, measures, pinPairs, pinWords, secretWords, signInWords } from './words.ts'

/**
 * Finds a PIN among the other numbers that people write. One that is named as such is one wherever it stands. Four digits without
 * a name are one beside an e-mail address with nothing in between that says otherwise, in a message that is about signing in, or where a
 * PIN was asked for and little else is said.
 */

/** Four digits, as one number or apart: `1234`, `1-2-3-4`, `12 34`. Longer ones are never used, but not kept either where they are named. */
interface Candidate extends Span {
  digits: string
  /** Its tokens, first and last. */
  first: number
  last: number
}

export interface Found {
  /** What is to be taken out, by its digits. */
  secrets: string[]
  pin?: string
  /** The address that the PIN stands beside, as it is in the plain text. */
  address?: Token
}

const PIN_LENGTH = 4
const SECRET_LENGTH = 8
/** Words between a name and its PIN, or between an address and one. */
const REACH = 14
/** Words that may stand beside a PIN that was asked for, though nobody knows them here. */
const FEW = 3

export function pinsIn(text: string, excluded: Span[], isAwaited: boolean): Found {
  const tokens = tokensOf(text)
  const all = candidates(text, tokens).filter(({ start, end }) => !excluded.some((span) => start < span.end && span.start < end))
  const addresses = tokens.filter(({ kind }) => kind === 'address')
  const named = all.filter((one) => isNamedBefore(text, tokens, one) || isNamedAfter(tokens, one))
  const free = all.filter((one) => one.digits.length === PIN_LENGTH && isFree(text, tokens, one))
  const plain = (one: Candidate) =>
    (addresses.length > 0 && (isBesideAddress(tokens, one) || isToSignIn(tokens, free))) || (isAwaited && isAlone(tokens, one))
  const pin = named.find(({ digits }) => digits.length === PIN_LENGTH) ?? free.find(plain)
  const secrets = [...named, ...(pin ? [pin] : [])].map(({ digits }) => digits)
  const address = pin && (addresses.findLast(({ end }) => end <= pin.start) ?? addresses[0])
  return { secrets, ...(pin && { pin: pin.digits }), ...(address && { address }) }
}

function candidates(text: string, tokens: Token[]): Candidate[] {
  const found: Candidate[] = []
  for (let first = 0; first < tokens.length; first += 1) {
    const token = tokens[first] as Token
    if (token.kind !== 'number') continue
    let last = first
    let digits = token.text
    if (digits.length <= 2) {
      for (let next = follower(text, tokens, last); next !== undefined; next = follower(text, tokens, last)) {
        digits += tokens[next]?.text
        last = next
      }
    }
    if (digits.length >= PIN_LENGTH && digits.length <= SECRET_LENGTH) {
      found.push({ digits, first, last, start: token.start, end: tokens[last]?.end ?? token.end })
    }
    first = last
  }
  return found
}

/** The one or two digits that go on with those of a number: after a space, or one character that people put between digits. */
function follower(text: string, tokens: Token[], at: number): number | undefined {
  const end = tokens[at]?.end ?? 0
  const next = tokens[at + 1]?.kind === 'symbol' ? at + 2 : at + 1
  const token = tokens[next]
  const isNear = token?.kind === 'number' && token.text.length <= 2 && /^(?:\s|\s?[-._·,/*]\s?)$/.test(text.slice(end, token.start))
  return isNear ? next : undefined
}

const wordOf = ({ text }: Token) => text.replace(/'s$/, '')
const isFiller = (word: string) => fillers.has(word) || secretWords.has(word) || copulas.has(word)
const currency = /[\p{Sc}%•]/u

function isPinWord(tokens: Token[], at: number): boolean {
  const token = tokens[at]
  if (token?.kind !== 'word') return false
  const before = tokens[at - 1]
  return pinWords.has(wordOf(token)) || (before?.kind === 'word' && pinPairs.has(`${before.text}_${wordOf(token)}`))
}

/** `my PIN is 1234`: the name comes first, with nothing but small words in between, or any few where the digits are said to be it. */
function isNamedBefore(text: string, tokens: Token[], { first }: Candidate): boolean {
  const isSaid = copulas.has(tokens[first - 1]?.text ?? '')
  let strange = 0
  for (let at = first - 1; at >= Math.max(0, first - REACH); at -= 1) {
    const token = tokens[at] as Token
    if (isPinWord(tokens, at)) return true
    if (token.kind === 'number' || currency.test(token.text)) return false
    if (token.kind === 'symbol' && (token.text === '!' || (token.text === '.' && /\s/.test(text[token.end] ?? '')))) return false
    if (token.kind !== 'word' || isFiller(token.text) || links.has(token.text)) continue
    strange += 1
    if (!isSaid || strange > FEW * 2 || measures.has(token.text)) return false
  }
  return false
}

/** `1234 is my PIN` */
function isNamedAfter(tokens: Token[], { last }: Candidate): boolean {
  for (let at = last + 1; at <= last + 6; at += 1) {
    const token = tokens[at]
    if (!token || token.kind === 'number') return false
    // `a 1700-pin socket` names no PIN.
    if (isPinWord(tokens, at)) return at > last + 1 && tokens[at - 1]?.kind === 'word'
    if (token.kind === 'word' && !isFiller(token.text)) return false
    if (token.kind === 'symbol' && /[.!?;]/.test(token.text)) return false
  }
  return false
}

/** Whether the digits stand for themselves: no part of a longer number, a date, an amount, an article's name. */
function isFree(text: string, tokens: Token[], { start, end, first, last, digits }: Candidate): boolean {
  const [before, after] = [tokens[first - 1], tokens[last + 1]]
  const joined = (edge: string, beyond: string) => /[\p{L}\p{Sc}#+_%°\\]/u.test(edge) || (/[-,./:]/.test(edge) && /[\p{L}\d]/u.test(beyond))
  const isName = text[start - 1] === ':' && /\p{L}/u.test(text[start - 2] ?? '')
  const hasAddress = [first - 1, first - 2].some((at) => tokens[at]?.kind === 'address')
  if (!isName && !hasAddress && joined(text[start - 1] ?? '', text[start - 2] ?? '')) return false
  if (joined(text[end] ?? '', text[end + 1] ?? '')) return false
  return [before, after].every((token) => {
    if (!token) return true
    if (token.kind === 'number') return token.text === digits
    return !(token.kind === 'word' ? measures.has(token.text) : currency.test(token.text))
  })
}

/** `alice@example.com 1234`, `1234 is for alice@example.com`: nothing between the two says anything. */
function isBesideAddress(tokens: Token[], { first, last }: Candidate): boolean {
  const leads = (step: 1 | -1, from: number) => {
    for (let at = from; Math.abs(at - from) < REACH; at += step) {
      const token = tokens[at]
      if (token?.kind === 'address') return true
      if (!token || token.kind === 'number' || currency.test(token.text)) return false
      if (token.kind === 'word' && !isFiller(token.text)) return false
    }
    return false
  }
  return leads(-1, first - 1) || leads(1, last + 1)
}

/** A message with an address that is about signing in, and has four digits only once. */
function isToSignIn(tokens: Token[], free: Candidate[]): boolean {
  return free.length === 1 && tokens.some(({ kind, text }) => kind === 'word' && signInWords.has(text))
}

/** Nothing else is said, or little, and nothing that makes a number of the digits. */
function isAlone(tokens: Token[], { first, last, digits }: Candidate): boolean {
  const others = tokens.filter((_, at) => at < first || at > last)
  if (others.some(({ kind, text }) => (kind === 'number' ? text !== digits : kind === 'symbol' && currency.test(text)))) return false
  const strange = others.filter((token) => token.kind === 'word' && !isFiller(token.text) && !pinWords.has(wordOf(token)))
  if (strange.length === 0) return true
  const isYear = /^(?:19|20)/.test(digits)
  return strange.length <= FEW && !isYear && !strange.some(({ text }) => measures.has(text))
}
