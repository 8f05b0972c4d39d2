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
  // Most words differ in their first letter already.
  const isNear = own.charCodeAt(0) === other.charCodeAt(0)
  if (said.isName || known.isName) return isNear && isSamePlace(own, other)
  return (isNear && isSameFamily(own, other)) || hasGroupOf(said, known)
}

/** Whether two words are members of one group; the first key is the stem. */
function hasGroupOf(said: Token, known: Token): boolean {
  for (let at = 1; at < said.keys.length; at += 1) if (known.keys.includes(said.keys[at] as string, 1)) return true
  return false
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
