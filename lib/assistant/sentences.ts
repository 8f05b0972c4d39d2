/**
 * Cuts a text that arrives in pieces into sentences, each as soon as it is certain to be complete. A list item and a
 * heading are sentences too. A sentence keeps the white space that follows it, so that the sentences together are the text.
 */
export function createSentenceCutter() {
  let pending = ''

  function cut(isLast: boolean): string[] {
    const complete: string[] = []
    for (let end = sentenceEnd(pending, isLast); end > 0; end = sentenceEnd(pending, isLast)) {
      complete.push(pending.slice(0, end))
      pending = pending.slice(end)
    }
    return complete
  }

  return {
    /** Takes the next piece; returns the sentences that it completes. */
    push(piece: string): string[] {
      pending += piece
      return cut(false)
    },
    /** What is left when the text has ended. */
    flush(): string[] {
      const rest = [...cut(true), pending]
      pending = ''
      return rest.filter((sentence) => sentence.trim() !== '')
    },
  }
}

/** What a line begins with: the mark of a list item or of a heading. */
export const lineMark = /^\s*(?:(?:[-*+•–]|\d{1,3}[.)])[ \t]+|#{1,6}[ \t]+|>[ \t]*)/
const closers = /["'”’»)\]*_`]*/y
const abbreviation =
  /(?:^|[\s("'])(?:e\.g|i\.e|etc|approx|incl|excl|no|nr|vs|mr|mrs|ms|dr|prof|st|inc|ltd|co|corp|fig|max|min|tel|ext|dept|est|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|z\.\s?b|bzw|ca|ggf|usw|str|hr|fr|p\.\s?ej|env|(?<!\d )[a-z]|(?:[a-z]\.)+[a-z])$/i
const months =
  /^(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december)\b/i

/**
 * Where the first sentence ends, or 0 while that is open. A full stop ends one only before white space: it may be in the
 * middle of an address. After a digit, an abbreviation or a single letter it takes a capital too ("$6.95", "2 p.m. today").
 */
function sentenceEnd(text: string, isLast: boolean): number {
  const begin = lineMark.exec(text)?.[0].length ?? 0
  // What may still become the mark of a list item is no sentence yet.
  if (!isLast && begin === 0 && /^\s*(?:\d{1,3}[.)]?|[-*+•–]|#{1,6})?$/.test(text)) return 0
  for (let at = begin; at < text.length; at += 1) {
    const char = text[at] as string
    if (char === '\n') {
      const end = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 1)
      if (text.slice(begin, at).trim() !== '' && (end < text.length || isLast)) return lineStart(text, at, end)
      continue
    }
    if (!'.!?…。！？'.includes(char) || '.!?…'.includes(text[at + 1] ?? '')) continue
    closers.lastIndex = at + 1
    closers.exec(text)
    const end = Math.max(at + 1, closers.lastIndex)
    const next = text.slice(end)
    const space = /^\s+/.exec(next)?.[0] ?? ''
    if ('。！？'.includes(char)) return end + space.length
    if (space === '') continue
    const before = text.slice(0, at)
    const following = next.slice(space.length)
    if (space.includes('\n')) {
      if (following === '' && !isLast) return 0
      return lineStart(text, end, end + space.length)
    }
    const isOpen = char === '…' || before.endsWith('..')
    const certain = (char !== '.' || !(/\d$/.test(before) || abbreviation.test(before))) && !isOpen
    if (certain) return end + space.length
    if (following === '' && !isLast) return 0
    if (abbreviation.test(before) || !/^[\p{Lu}\d"“„'([*-]/u.test(following)) continue
    if (!isLast && /\d$/.test(before) && /^\p{L}*$/u.test(following)) return 0
    if (/\d$/.test(before) && months.test(following)) continue
    return end + space.length
  }
  return 0
}

/** The end of a line's white space, but not of the space that the next line begins with. */
function lineStart(text: string, from: number, to: number): number {
  return text.lastIndexOf('\n', to - 1) >= from ? text.lastIndexOf('\n', to - 1) + 1 : to
}
