import { cleanText } from './clean.ts'
import type { Section } from './document.ts'
import type { Line } from './pdf-lines.ts'
import { createSectionWriter } from './section-writer.ts'

/** A line on this share of the pages, at their top or bottom, is no text but a running header or footer. */
const RUNNING = 0.6
/** There is nothing that repeats in fewer pages. */
const FEWEST_PAGES = 3
/** Lines at the top and at the bottom of a page that may be running ones. */
const EDGE = 3
/** Letters this much larger than those of the text are a heading's. */
const LARGER = 1.15
/** A heading is no longer, in characters. */
const LONGEST_HEADING = 100
/** More than this many usual distances between lines is a gap. */
const GAP = 1.3

const bullet = /^[•‣◦▪■●○–—*·-]\s+(?=\S)/
const numbered = /^(\d{1,2})[.)]\s+(?=\S)/

/** What the pages of a PDF say: sections by heading and page. The first page's largest line is its title, if it stands out. */
export function layOut(pages: Line[][]): { sections: Section[]; title?: string } {
  const texts = withoutRunning(
    pages.map((lines) =>
      lines.map((line) => ({ ...line, text: cleanText(line.text.replace(/\u00ad\s*$/, '-')).trim() })).filter(({ text }) => text !== ''),
    ),
  )
  const usual = usualOf(texts.flat())
  const vocabulary = new Set(
    texts.flatMap((lines) => lines.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)+/gu) ?? [])),
  )
  const blocks = texts.map((lines) => blocksOf(lines, usual, vocabulary))
  mendPageBreaks(blocks, vocabulary)

  const title = titleOf(blocks[0] ?? [])
  const writer = createSectionWriter()
  let heading: string | undefined
  for (const [at, page] of blocks.entries()) {
    writer.heading(heading, at + 1)
    for (const { kind, text, number } of page) {
      if (kind === 'heading') {
        heading = text === title ? undefined : text
        writer.heading(heading, at + 1)
      } else if (kind === 'item') writer.item(text, 0, number)
      else writer.paragraph(text)
    }
  }
  return { sections: writer.sections(), ...(title === undefined ? {} : { title }) }
}

interface Usual {
  size: number
  font: string
  /** From line to line, in points. */
  pitch: number
}

interface Block {
  kind: 'heading' | 'paragraph' | 'item'
  text: string
  size: number
  number?: number
}

function withoutRunning(pages: Line[][]): Line[][] {
  if (pages.length < FEWEST_PAGES) return pages
  // Numbers differ from page to page in a line that is otherwise the same.
  const sameness = ({ text, top }: Line) => `${Math.round(top / 8)} ${text.replace(/\d+|\b[ivxlc]+\b/gi, '#')}`
  const edges = pages.map((lines) => {
    const sorted = [...lines].sort((a, b) => a.top - b.top)
    return new Set([...sorted.slice(0, EDGE), ...sorted.slice(-EDGE)])
  })
  const times = new Map<string, number>()
  for (const edge of edges) for (const same of new Set([...edge].map(sameness))) times.set(same, (times.get(same) ?? 0) + 1)
  const most = Math.max(FEWEST_PAGES, pages.length * RUNNING)
  // Left and right pages may differ: a bare number, or a line with one on nearly half of the pages, is enough.
  const runs = (line: Line) => {
    const count = times.get(sameness(line)) ?? 0
    return count >= most || (/\d/.test(line.text) && count >= Math.max(FEWEST_PAGES, pages.length * 0.4))
  }
  return pages.map((lines, at) => lines.filter((line) => !(edges[at]?.has(line) && runs(line))))
}

/** The size and font of most letters, and the distance of most lines. */
function usualOf(lines: Line[]): Usual {
  const most = <Value>(entries: Array<[Value, number]>, none: Value): Value => {
    const counts = new Map<Value, number>()
    for (const [value, count] of entries) counts.set(value, (counts.get(value) ?? 0) + count)
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? none
  }
  const size = most(
    lines.map((line) => [line.size, line.text.length]),
    10,
  )
  const font = most(
    lines.map((line) => [line.font, line.text.length]),
    '',
  )
  const steps = lines.slice(1).map((line, at) => Math.round((line.top - (lines[at] as Line).top) * 2) / 2)
  const pitch = most(
    steps.filter((step) => step > size * 0.8 && step < size * 2.2).map((step) => [step, 1]),
    size * 1.2,
  )
  return { size, font, pitch }
}

function blocksOf(lines: Line[], usual: Usual, vocabulary: Set<string>): Block[] {
  const blocks: Block[] = []
  // Lines that begin at the same place end, at most, at the same place: there may be columns.
  const column = ({ left }: Line) => Math.round(left / 4)
  const widest = new Map<number, number>()
  for (const line of lines) widest.set(column(line), Math.max(line.right, widest.get(column(line)) ?? 0))
  let before: Line | undefined
  for (const [at, line] of lines.entries()) {
    const last = blocks.at(-1)
    const step = before ? line.top - before.top : Number.POSITIVE_INFINITY
    const apart = step < 0 || step > Math.max(usual.pitch, line.size * 1.1) * GAP
    if (isHeading(line, lines[at + 1], apart, usual)) {
      if (last?.kind === 'heading' && last.size === line.size && !apart) last.text = join(last.text, line.text, vocabulary)
      else blocks.push({ kind: 'heading', text: line.text, size: line.size })
    } else {
      const [mark] = bullet.exec(line.text) ?? []
      const [numbering, number] = numbered.exec(line.text) ?? []
      // A line that ends early, where the next word would have had room, ends a paragraph.
      const short = before !== undefined && before.right < (widest.get(column(before)) ?? 0) - line.size * 8
      const ended = short && (/[.!?:]$/.test(before?.text ?? '') || /^[\p{Lu}\p{N}]/u.test(line.text)) && last?.kind === 'paragraph'
      if (mark !== undefined || numbering !== undefined) {
        const text = line.text.slice((mark ?? numbering ?? '').length)
        blocks.push({ kind: 'item', text, size: line.size, ...(number === undefined ? {} : { number: Number(number) }) })
      } else if (
        last &&
        last.kind !== 'heading' &&
        !apart &&
        !ended &&
        !line.isRow &&
        !before?.isRow &&
        (last.kind === 'paragraph' || line.left > (before as Line).left - 1)
      ) {
        last.text = join(last.text, line.text, vocabulary)
      } else blocks.push({ kind: 'paragraph', text: line.text, size: line.size })
    }
    before = line
  }
  return blocks
}

/** A short line in larger letters; or one all in another font, apart from what is before it and with text below. */
function isHeading(line: Line, next: Line | undefined, apart: boolean, usual: Usual): boolean {
  const { text, size, font } = line
  if (text.length > LONGEST_HEADING || !/\p{L}{2}/u.test(text) || bullet.test(text)) return false
  if (size >= usual.size * LARGER) return true
  const ends = /[.,;:!]$/.test(text)
  return apart && !ends && text.length <= 60 && size >= usual.size && font !== usual.font && next !== undefined && next.font === usual.font
}

/** Two lines as one, with a word that was divided between them together again. */
function join(text: string, next: string, vocabulary: Set<string>): string {
  const [, first = ''] = /([\p{L}\p{M}]+)[-‐]$/u.exec(text) ?? []
  const [second = ''] = /^\p{Ll}[\p{L}\p{M}]*/u.exec(next) ?? []
  if (first === '' || second === '') return /\p{L}[-‐]$/u.test(text) ? text + next : `${text} ${next}`
  // A word that is written with its hyphen elsewhere keeps it.
  const keeps = vocabulary.has(`${first}-${second}`.toLowerCase())
  return keeps ? `${text.slice(0, -1)}-${next}` : text.slice(0, -1) + next
}

/** A sentence that goes on upon the next page is told on the page where it begins. */
function mendPageBreaks(pages: Block[][], vocabulary: Set<string>): void {
  for (const [at, page] of pages.entries()) {
    const [first] = page
    const last = pages[at - 1]?.at(-1)
    if (!first || !last || first.kind !== 'paragraph' || last.kind === 'heading') continue
    if (/[.!?:;)"”]$/.test(last.text) || !/^\p{Ll}/u.test(first.text)) continue
    const [, rest = first.text, others = ''] = /^(.*?[.!?])(?:\s+(.*))?$/s.exec(first.text) ?? []
    last.text = join(last.text, rest, vocabulary)
    if (others === '') page.shift()
    else first.text = others
  }
}

function titleOf(page: Block[]): string | undefined {
  const headings = page.slice(0, 8).filter(({ kind }) => kind === 'heading')
  const largest = headings.reduce<Block | undefined>((best, block) => (best && best.size >= block.size ? best : block), undefined)
  return largest === headings[0] ? largest?.text : undefined
}
