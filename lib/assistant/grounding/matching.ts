import type { Statement, Token } from './token.ts'

/** Endings by which words of one family differ: cancel, cancellation. */
const endings = new Set([
  '',
  'e',
  'i',
  'al',
  'ed',
  'er',
  'or',
  'ly',
  'li',
  'ing',
  'ion',
  'ation',
  'at',
  'ment',
  'able',
  'abl',
  'ibl',
  'ity',
  'iti',
  'ance',
  'anc',
  'ence',
  'ent',
  'ure',
  'ive',
  'iv',
  'ful',
  'y',
  'ic',
  'en',
  'es',
  's',
  'n',
])
const STEM = 5

/** Whether two words say the same. A name is only said by itself. */
export function isSameWord(said: Token, known: Token): boolean {
  if (said.word === known.word) return true
  const [own = said.word] = said.keys
  const [other = known.word] = known.keys
  if (own === other) return true
  if (said.isName || known.isName) return isSamePlace(own, other)
  return said.keys.some((key) => key.startsWith('=') && known.keys.includes(key)) || isSameFamily(own, other)
}

/** Canada, Canadian. */
function isSamePlace(a: string, b: string): boolean {
  const root = (word: string) => word.replace(/(?:ian|an|n|a)$/, '')
  return root(a).length >= STEM && root(a) === root(b)
}

function isSameFamily(a: string, b: string): boolean {
  let common = 0
  while (common < a.length && a[common] === b[common]) common += 1
  return common >= STEM && endings.has(a.slice(common)) && endings.has(b.slice(common))
}

/** For each token of what is said, its place in what is known; -1 where it has none. */
export function align(said: Statement, known: Statement): number[] {
  return said.tokens.map((token) => {
    if (!token.isContent) return -1
    const exact = known.tokens.findIndex(({ word, isContent }) => isContent && word === token.word)
    return exact >= 0 ? exact : known.tokens.findIndex((other) => other.isContent && isSameWord(token, other))
  })
}
