/**
 * Cuts a text that arrives in pieces into sentences, each as soon as it is certain to be complete. A sentence
 * keeps the white space that follows it, so that the sentences together are the text.
 */
export function createSentenceCutter() {
  let pending = ''

  return {
    /** Takes the next piece; returns the sentences that it completes. */
    push(piece: string): string[] {
      pending += piece
      const complete: string[] = []
      for (let end = sentenceEnd(pending); end > 0; end = sentenceEnd(pending)) {
        complete.push(pending.slice(0, end))
        pending = pending.slice(end)
      }
      return complete
    },
    /** What is left when the text has ended. */
    flush(): string[] {
      const rest = pending
      pending = ''
      return rest.trim() === '' ? [] : [rest]
    },
  }
}

const closers = /["'”’)\]*_`]*/y
const abbreviation =
  /(?:^|[\s("'])(?:e\.g|i\.e|etc|approx|incl|no|nr|vs|mr|mrs|ms|dr|st|inc|ltd|co|fig|max|min|tel|[a-z]|(?:[a-z]\.)+[a-z])$/i

/**
 * Where the first sentence ends, or 0 while that is open. A full stop after a letter ends one at once; after a
 * digit, an abbreviation or a single letter it takes a space and a capital to be sure ("$6.95", "2 p.m. today").
 */
function sentenceEnd(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string
    if (char === '\n') {
      const blank = /^\s*\n\s*/.exec(text.slice(at))
      if (text.slice(0, at).trim() !== '' && (blank?.[0].length ?? 0) + at < text.length) return at + (blank?.[0].length ?? 1)
      continue
    }
    if (!'.!?…。！？'.includes(char)) continue
    closers.lastIndex = at + 1
    closers.exec(text)
    const end = Math.max(at + 1, closers.lastIndex)
    const next = text.slice(end)
    const certain = char !== '.' || !(/\d$/.test(text.slice(0, at)) || abbreviation.test(text.slice(0, at)))
    if (next === '') return certain && !'.!?'.includes(text[at + 1] ?? '') ? end : 0
    const space = /^\s+/.exec(next)?.[0].length ?? 0
    if (space === 0) {
      if ('。！？'.includes(char)) return end
      continue
    }
    const following = next[space]
    if (certain) return end + space
    if (following === undefined) return 0
    if (/[\p{Lu}\d"“'([*-]/u.test(following) && !abbreviation.test(text.slice(0, at))) return end + space
  }
  return 0
}
