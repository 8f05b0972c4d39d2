import { inlineText } from './clean.ts'
import type { Section } from './document.ts'

/** Items deeper than this are written as deep as this. */
const DEEPEST = 5

/** Collects what a document says as sections of Markdown. Texts are given as they stand in the file and cleaned here. */
export function createSectionWriter() {
  const sections: Array<Section & { blocks: string[] }> = []
  let inList = false

  function block(text: string, isItem = false): void {
    if (sections.length === 0) sections.push({ text: '', blocks: [] })
    const { blocks } = sections.at(-1) as { blocks: string[] }
    // Items of one list stand on lines of one block.
    if (isItem && inList && blocks.length > 0) blocks[blocks.length - 1] += `\n${text}`
    else blocks.push(text)
    inList = isItem
  }

  return {
    heading(text: string | undefined, page?: number): void {
      const heading = text === undefined ? '' : inlineText(text)
      sections.push({ text: '', blocks: [], ...(heading === '' ? {} : { heading }), ...(page === undefined ? {} : { page }) })
      inList = false
    },
    paragraph(text: string): void {
      const plain = inlineText(text)
      if (/[\p{L}\p{N}]/u.test(plain)) block(plain.replace(/^(#+|>+)\s/, ''))
    },
    /** `depth` counts from 0; `number` is that of an item in an ordered list. */
    item(text: string, depth: number, number?: number): void {
      const plain = inlineText(text)
      if (/[\p{L}\p{N}]/u.test(plain))
        block(`${'  '.repeat(Math.min(depth, DEEPEST))}${number === undefined ? '-' : `${number}.`} ${plain}`, true)
    },
    /** A table; without a `header` its rows are items: a name and what belongs to it. One of a single column is paragraphs. */
    table(rows: string[][], header?: string[]): void {
      const width = Math.max(0, header?.length ?? 0, ...rows.map((row) => row.length))
      const filled = rows.map((row) => row.map(inlineText)).filter((row) => row.some((cell) => cell !== ''))
      if (width < 2) for (const [text = ''] of header ? [header, ...rows] : rows) this.paragraph(text)
      else if (!header) {
        for (const row of filled) {
          const [name = '', ...others] = row.filter((cell) => cell !== '')
          this.item(others.length === 0 ? name : `${name.replace(/:$/, '')}: ${others.join('; ')}`, 0)
        }
      } else if (filled.length > 0) {
        const line = (cells: string[]) => `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`
        block([line(header.map(inlineText)), `|${'---|'.repeat(width)}`, ...filled.map(line)].join('\n'))
      }
    },
    /** Those sections that say something. */
    sections(): Section[] {
      return sections.filter(({ blocks }) => blocks.length > 0).map(({ blocks, ...section }) => ({ ...section, text: blocks.join('\n\n') }))
    },
  }
}
