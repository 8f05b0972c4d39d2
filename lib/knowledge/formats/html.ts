import { inlineText } from './clean.ts'
import { type Document, languageTag } from './document.ts'
import { all, attribute, type Element, isElement, type Node, parseHtml, rawText } from './html-tree.ts'
import { createSectionWriter } from './section-writer.ts'

/** Elements inside each other beyond this are left out: no page for people is so deep. */
const DEEPEST = 400
/** Links of one page that are kept. */
const MOST_LINKS = 1000

/** Elements that go on within a line. */
const inline = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

/**
 * The content of a web page: what stands in `<main>`, or in its one `<article>`, else in the body without what surrounds
 * content. What is hidden, comments and scripts are never read. `charset` is what the server said.
 */
export function readHtml(bytes: Uint8Array, charset?: string): Document {
  const { root, hidden } = parseHtml(decodeHtml(bytes, charset))
  const content = contentOf(root, hidden)
  const isWhole = content.tagName === 'body'
  const skip = (element: Element) => hidden(element) || (isWhole && element.tagName === 'header')
  const { sections, firstHeading } = write(content, skip)
  const named = all(root, 'title')[0]
  const title = firstHeading ?? (named && withoutSite(inlineText(rawText(named))))
  const language = languageTag(attribute(content, 'lang') ?? attribute(root, 'lang'))
  const links = all(root, 'a').flatMap((link) => attribute(link, 'href') ?? [])
  return {
    ...(title ? { title } : {}),
    ...(language ? { language } : {}),
    sections: sections.map(({ heading, ...section }) => (heading === undefined || heading === title ? section : { heading, ...section })),
    links: links.slice(0, MOST_LINKS),
  }
}

function contentOf(root: Element, hidden: (element: Element) => boolean): Element {
  const body = all(root, 'body')[0] ?? root
  const shown = (name: string) => all(body, name).filter((element) => !isWithinHidden(element, hidden))
  const mains = [
    ...shown('main'),
    ...all(body, 'div').filter((element) => attribute(element, 'role') === 'main' && !isWithinHidden(element, hidden)),
  ]
  const articles = shown('article')
  return mains[0] ?? (articles.length === 1 ? (articles[0] as Element) : body)
}

function isWithinHidden(element: Element, hidden: (element: Element) => boolean): boolean {
  for (let at: Element['parentNode'] = element; at !== null && 'tagName' in at; at = at.parentNode) if (hidden(at)) return true
  return false
}

function write(content: Element, skip: (element: Element) => boolean) {
  const writer = createSectionWriter()
  let line = ''
  let firstHeading: string | undefined
  let heading: string | undefined
  /** What the list items around this place are counted by. */
  const lists: Array<{ number?: number }> = []
  let startsItem = false

  function flush(): void {
    const text = line
    line = ''
    const list = lists.at(-1)
    if (!list) writer.paragraph(text)
    else if (/\S/.test(text)) {
      // The paragraphs of one item after its first are items as well: each says something of its own.
      writer.item(text, lists.length - 1, startsItem && list.number !== undefined ? list.number++ : undefined)
      startsItem = false
    }
  }

  function section(text: string): void {
    heading = text
    writer.heading(text)
  }

  function walk(node: Node, depth: number): void {
    if (node.nodeName === '#text' && 'value' in node) line += node.value
    if (!isElement(node) || depth > DEEPEST || skip(node)) return
    const children = () => {
      for (const child of node.childNodes) walk(child, depth + 1)
    }
    const name = node.tagName
    if (name === 'br') line += ' '
    else if (inline.has(name)) children()
    else if (name === 'li') {
      flush()
      startsItem = true
      children()
      flush()
    } else if (name === 'dd') {
      children()
      flush()
    } else if (name === 'dt') {
      // A term is said with what it means: they become one item.
      flush()
      startsItem = true
      line = textIn(node, skip)
      line += line.trim().endsWith(':') ? ' ' : ': '
    } else {
      flush()
      if (/^h[1-6]$/.test(name) || name === 'summary') {
        const text = inlineText(textIn(node, skip))
        if (name === 'h1' && firstHeading === undefined && text !== '') firstHeading = text
        if (text !== '') section(text)
      } else if (name === 'ul' || name === 'ol' || name === 'dl') {
        lists.push(name === 'ol' ? { number: Number.parseInt(attribute(node, 'start') ?? '1', 10) || 1 } : {})
        children()
        flush()
        lists.pop()
      } else if (name === 'table') writeTable(node, depth)
      else if (name === 'details') {
        const before = heading
        children()
        flush()
        if (before === undefined) writer.heading(undefined)
        else section(before)
      } else children()
      flush()
    }
  }

  function writeTable(table: Element, depth: number): void {
    const rows = all(table, 'tr').filter((row) => tableOf(row) === table && !isWithinHidden(row, skip))
    const cells = rows.map((row) =>
      row.childNodes.filter((node): node is Element => isElement(node) && /^t[hd]$/.test(node.tagName) && !skip(node)),
    )
    // A table that holds tables or headings lays out a page: its cells are read like any content.
    if (
      ['table', 'h1', 'h2', 'h3', 'p', 'ul'].some((name) => all(table, name).some((element) => element !== table)) &&
      !all(table, 'th').length
    ) {
      for (const cell of cells.flat()) {
        for (const child of cell.childNodes) walk(child, depth + 1)
        flush()
      }
      return
    }
    const [first] = cells
    const hasHeader = first !== undefined && cells.length > 1 && first.length > 1 && first.slice(1).every((cell) => cell.tagName === 'th')
    const texts = cells.map((row) => row.flatMap((cell) => spanned(cell, textIn(cell, skip))))
    const wide = (first?.length ?? 0) > 2 && !all(table, 'th').length && texts.length > 1
    if (hasHeader || wide) writer.table(texts.slice(1), texts[0])
    else writer.table(texts)
  }

  for (const child of content.childNodes) walk(child, 0)
  flush()
  return { sections: writer.sections(), firstHeading }
}

/** The text of an element on one line, words of different blocks apart. */
function textIn(element: Element, skip: (element: Element) => boolean): string {
  let text = ''
  const visit = (node: Node, depth: number): void => {
    if (node.nodeName === '#text' && 'value' in node) text += node.value
    if (!isElement(node) || depth > DEEPEST || skip(node)) return
    if (!inline.has(node.tagName)) text += ' '
    for (const child of node.childNodes) visit(child, depth + 1)
    if (!inline.has(node.tagName)) text += ' '
  }
  for (const child of element.childNodes) visit(child, 0)
  return text
}

function spanned(cell: Element, text: string): string[] {
  const span = Math.min(20, Math.max(1, Number.parseInt(attribute(cell, 'colspan') ?? '1', 10) || 1))
  return [text, ...Array<string>(span - 1).fill('')]
}

function tableOf(row: Element): Element | undefined {
  for (let at: Element['parentNode'] = row.parentNode; at !== null && 'tagName' in at; at = at.parentNode)
    if (at.tagName === 'table') return at
  return undefined
}

/** A page's title without the name of its site. */
function withoutSite(title: string): string {
  const [, own] = /^(.{3,}?)\s+(?:¦|–|—|·|-)\s+[^¦–—·]+$/.exec(title) ?? []
  return own ?? title
}

/** The text of a page by the rules of browsers, in short: a mark at its beginning, the server's word, the page's own. */
function decodeHtml(bytes: Uint8Array, charset: string | undefined): string {
  const beginning = new TextDecoder('latin1').decode(bytes.subarray(0, 2048))
  const mark = beginning.startsWith('ÿþ')
    ? 'utf-16le'
    : beginning.startsWith('þÿ')
      ? 'utf-16be'
      : beginning.startsWith('ï»¿')
        ? 'utf-8'
        : undefined
  const [, declared] = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(beginning) ?? []
  for (const label of [mark, charset, declared]) {
    try {
      if (label) return new TextDecoder(label).decode(bytes)
    } catch {
      // No encoding of that name: the next one decides.
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
