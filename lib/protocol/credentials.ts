import { cardNumbers } from './hearing/card-numbers.ts'
import { pinsIn } from './hearing/pins.ts'
import { type PlainText, plainText, type Span, withoutSpans } from './hearing/plain-text.ts'

/** What a message may hold that is used at once and never kept: an e-mail address with a PIN, a card number, the code of an approval. */

export interface Heard {
  /** The message as it may be stored, shown and given to a model. */
  text: string
  credentials?: { email: string; pin: string }
  /** The code of an approval: the message was `confirm CODE`. */
  confirms?: string
}

const PIN_MARK = '••••'
const CARD_MARK = '[card number removed]'
const CODE_MARK = '••••••'

/** A code has a letter and a digit at least, so that no word and no order number is one. */
const code = String.raw`(?=[2-9]{0,5}[a-z])(?=[a-z]{0,5}[2-9])([a-z2-9]{6})(?![\p{L}\d])`
const onlyConfirms = new RegExp(String.raw`^[\s"'\x60(]{0,9}confirm[\s:]{1,9}["'\x60]?${code}[\s"'\x60).!]{0,9}$`, 'u')
const confirms = new RegExp(String.raw`(?<!\p{L})confirm[\s:]{1,9}["'\x60]?${code}`, 'gu')

/** Reads a message; `awaitsPin`: an address is known, and its PIN may come alone. */
export function hear(text: string, awaitsPin?: { email: string }): Heard {
  if (!mayHoldSecret(text)) return { text }
  const plain = plainText(text)
  const [, confirmed] = onlyConfirms.exec(plain.text) ?? []
  if (confirmed !== undefined) return { text: `confirm ${CODE_MARK}`, confirms: confirmed.toUpperCase() }
  const cards = cardNumbers(plain.text)
  const { secrets, pin, address } = pinsIn(plain.text, cards, awaitsPin !== undefined)
  const safe = withoutSpans(text, plain, [
    ...cards.map((span) => ({ ...span, mark: CARD_MARK })),
    ...codesIn(plain.text).map((span) => ({ ...span, mark: CODE_MARK })),
    ...digitsIn(plain.text, secrets).map((span) => ({ ...span, mark: PIN_MARK })),
  ])
  const email = address ? original(text, plain, address) : awaitsPin?.email
  return pin !== undefined && email !== undefined ? { text: safe, credentials: { email, pin } } : { text: safe }
}

/** Whether a text needs to be looked at: nothing that must not be kept is without digits. */
export function mayHoldSecret(text: string): boolean {
  return /\p{N}/u.test(text)
}

function original(text: string, { from }: PlainText, { start, end }: Span): string {
  return text
    .slice(from[start], from[end])
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\s]/gu, '')
}

function codesIn(text: string): Span[] {
  return [...text.matchAll(confirms)].map((match) => {
    const end = match.index + match[0].length
    return { start: end - CODE_MARK.length, end }
  })
}

/** Characters that people put between digits, at most. */
const GAP = 2

/** Wherever a secret's digits stand, apart or together, in other numbers too: what was said once is nowhere. */
function digitsIn(text: string, secrets: string[]): Span[] {
  if (secrets.length === 0) return []
  const at = [...text.matchAll(/\d/g)].map(({ index }) => index)
  const digits = at.map((index) => text[index]).join('')
  const isRun = (from: number, to: number) =>
    at.slice(from, to).every((index, step) => {
      const next = at[from + step + 1]
      return from + step + 1 > to || (next !== undefined && next - index <= GAP + 1 && !/\p{L}/u.test(text.slice(index, next)))
    })
  const spans: Span[] = []
  for (const secret of new Set(secrets)) {
    for (let from = digits.indexOf(secret); from !== -1; from = digits.indexOf(secret, from + 1)) {
      const to = from + secret.length - 1
      if (isRun(from, to)) spans.push({ start: at[from] ?? 0, end: (at[to] ?? 0) + 1 })
    }
  }
  return spans
}
