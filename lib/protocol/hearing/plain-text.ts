/**
 * A text as its reader means it: without invisible characters and marks, in small letters, with every kind of digit as 0–9. Each
 * character remembers where it stood, so that what is found here can be taken out there.
 */
export interface PlainText {
  text: string
  /** Where in the original each character came from, and at the end where the original ends. */
  from: number[]
}

const invisible = /[\p{Cf}\p{M}]/u
const digit = /\p{Nd}/u

export function plainText(original: string): PlainText {
  let text = ''
  const from: number[] = []
  let at = 0
  for (const character of original) {
    const plain = character < '\u0080' ? character.toLowerCase() : folded(character)
    for (let unit = 0; unit < plain.length; unit += 1) from.push(at)
    text += plain
    at += character.length
  }
  from.push(at)
  return { text, from }
}

function folded(character: string): string {
  let plain = ''
  for (const part of character.normalize('NFKD')) {
    if (invisible.test(part)) continue
    plain += digit.test(part) ? String(digitValue(part.codePointAt(0) ?? 0)) : (alike[part] ?? part.toLowerCase())
  }
  return plain
}

/** Letters that no decomposition takes apart, and marks that people type for others. */
const alike: Record<string, string> = { đ: 'd', Đ: 'd', ß: 'ss', '’': "'", '‘': "'", ʼ: "'", '‐': '-', '‑': '-', '–': '-', '—': '-' }

/** The value of a decimal digit of any script: each has its ten in a row, from a code point that ends in 0 or in 6. */
function digitValue(code: number): number {
  const low = code & 0xf
  if (low < 6) return low
  if (low > 9) return low - 6
  return digit.test(String.fromCodePoint(code - low)) ? low : low - 6
}

/** A stretch of the plain text. */
export interface Span {
  start: number
  end: number
}

/** The original with stretches of the plain text replaced by a mark each; stretches that overlap become one. */
export function withoutSpans(original: string, { from }: PlainText, spans: Array<Span & { mark: string }>): string {
  let text = ''
  let kept = 0
  for (const { start, end, mark } of merged(spans)) {
    text += original.slice(kept, from[start]) + mark
    kept = from[end] ?? original.length
  }
  return text + original.slice(kept)
}

function merged(spans: Array<Span & { mark: string }>): Array<Span & { mark: string }> {
  const apart: Array<Span & { mark: string }> = []
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1)
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end)
    else apart.push({ ...span })
  }
  return apart
}
