import type { Span } from './plain-text.ts'

/** One word, one number, one address, one other character of a plain text. White space is between them. */
export interface Token extends Span {
  kind: 'word' | 'number' | 'address' | 'symbol'
  text: string
}

const pieces = /(?<number>\d+)|(?<word>\p{L}+(?:'\p{L}+)*)|(?<symbol>[^\s\p{L}\d])/gu
/** Characters of an address before and after its @, at most. */
const LOCAL = 64
const DOMAIN = 190
const inLocal = /[\p{L}\p{N}._%+'-]/u
const inDomain = /[\p{L}\p{N}.-]/u
const domain = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,24}/u

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (const address of addressesIn(text)) {
    tokens.push(...plain(text, at, address.start), address)
    at = address.end
  }
  tokens.push(...plain(text, at, text.length))
  return tokens
}

function plain(text: string, from: number, to: number): Token[] {
  return [...text.slice(from, to).matchAll(pieces)].map((match) => {
    const { number, word } = match.groups ?? {}
    const kind = number !== undefined ? 'number' : word !== undefined ? 'word' : 'symbol'
    return { kind, text: match[0], start: from + match.index, end: from + match.index + match[0].length }
  })
}

/** E-mail addresses: looked for around each @, no further than an address is long. */
function addressesIn(text: string): Token[] {
  const found: Token[] = []
  let before = 0
  for (let sign = text.indexOf('@'); sign !== -1; sign = text.indexOf('@', sign + 1)) {
    let start = sign
    while (start > before && sign - start < LOCAL && inLocal.test(text[start - 1] ?? '')) start -= 1
    let end = sign + 1
    while (end < text.length && end - sign < DOMAIN && inDomain.test(text[end] ?? '')) end += 1
    const [named] = domain.exec(text.slice(sign + 1, end)) ?? []
    if (start === sign || named === undefined) continue
    before = sign + 1 + named.length
    found.push({ kind: 'address', text: text.slice(start, before), start, end: before })
  }
  return found
}
