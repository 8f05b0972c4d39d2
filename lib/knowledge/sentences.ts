const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The sentences of a Markdown text without its marks; a list item or table row is a sentence of its own. */
export function sentencesOf(markdown: string): string[] {
  const blocks = markdown.split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|\n(?=\|)/)
  let header: string[] = []
  return blocks.flatMap((block, at) => {
    if (!/^\s*\|/.test(block)) header = []
    else if (header.length === 0 || /^\|[\s:|-]+$/.test(blocks[at + 1] ?? '')) {
      header = cellsOf(block)
      return []
    } else {
      const row = rowSentence(cellsOf(block), header)
      return row === '' ? [] : [row]
    }
    const plain = plainText(block)
    return plain === '' ? [] : mergeAbbreviations([...segmenter.segment(plain)].map(({ segment }) => segment.trim()))
  })
}

function cellsOf(row: string): string[] {
  return plainText(row)
    .split('\u0000')
    .map((cell) => cell.trim())
}

/** A row of a table as it is said: its name, and each cell after the name of its column. */
function rowSentence([name = '', ...cells]: string[], [, ...columns]: string[]): string {
  if (/^[\s:-]*$/.test(name)) return ''
  const said = cells.flatMap((cell, at) => (cell === '' ? [] : [columns.length > 1 && columns[at] ? `${columns[at]} ${cell}` : cell]))
  return `${name}: ${said.join('; ')}.`
}

/** Sentences that were cut after an abbreviation, together again. */
function mergeAbbreviations(sentences: string[]): string[] {
  const merged: string[] = []
  for (const sentence of sentences) {
    const last = merged.at(-1)
    if (last !== undefined && /(^|[\s(])(e\.g|i\.e|etc|approx|incl|no|vs|mr|mrs|dr|st|inc|ltd|a\.m|p\.m)\.$/i.test(last)) {
      merged[merged.length - 1] = `${last} ${sentence}`
    } else if (sentence !== '') merged.push(sentence)
  }
  return merged
}

/** A Markdown block as plain words: marks dropped, links by their text, line breaks as spaces. */
function plainText(markdown: string): string {
  return markdown
    .replace(/^\s*(?:[-*+]|\d+[.)]|>|#{1,6})\s+/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|`)(.+?)\1/g, '$2')
    .replace(/(^|\s)[*_](\S(?:.*?\S)?)[*_](?=\s|[.,;:!?]|$)/g, '$1$2')
    .replace(/^\s*\||\|\s*$/gm, '')
    .replace(/\s*\|\s*/g, ' \u0000 ')
    .replace(/\s+/g, ' ')
    .trim()
}
