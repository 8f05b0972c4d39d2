import { inlineText } from './clean.ts'
import type { Document } from './document.ts'
import { readStyles, type Styles } from './docx-styles.ts'
import { createSectionWriter } from './section-writer.ts'
import { child, children, isXmlElement, parseXml, type XmlElement } from './xml.ts'
import { openZip } from './zip.ts'

/** What one part of a document may unpack to, in bytes: fifty times a long book's text. */
const MOST = 64 * 1024 * 1024
/** What stands around the text, and what somebody took out of it. */
const apart = new Set([
  'w:del',
  'w:moveFrom',
  'mc:Fallback',
  'w:rPr',
  'w:pPr',
  'w:footnoteReference',
  'w:commentReference',
  'w:txbxContent',
])

/**
 * The text of a Word document: its headings by their styles, lists, tables. Left out are headers and footers, comments, footnotes, deleted
 * and hidden text, and the table of contents. Throws a sentence when it is encrypted, broken, or no such document.
 */
export function readDocx(bytes: Uint8Array): Document {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new Error('it is encrypted, or in the old format (.doc)')
  const part = openZip(bytes, MOST)
  const main = part('word/document.xml')
  if (main === undefined) throw new Error('it is no Word document')
  const body = child(parseXml(main), 'w:document', 'w:body')
  const styles = readStyles(part('word/styles.xml'), part('word/numbering.xml'))
  const writer = createSectionWriter()
  const counts = new Map<string, number>()
  let title: string | undefined
  let firstHeading: string | undefined
  let hasText = false

  function paragraph(element: XmlElement): void {
    const boxes = boxesIn(element)
    const { kind, level, list, isHidden } = styles.ofParagraph(element)
    const text = isHidden ? '' : textOf(element, styles)
    const plain = inlineText(text)
    if (plain !== '' && kind !== 'contents') {
      if (kind === 'title' && title === undefined) title = plain
      else if (kind === 'heading') {
        if (!hasText && level === 1) firstHeading ??= plain
        counts.clear()
        writer.heading(plain === title || (title === undefined && plain === firstHeading) ? undefined : plain)
      } else if (list) {
        const key = `${list.id} ${list.depth}`
        const number = (counts.get(key) ?? 0) + 1
        counts.set(key, number)
        writer.item(text, list.depth, list.isNumbered ? number : undefined)
      } else writer.paragraph(text)
      hasText = true
    }
    for (const box of boxes) blocks(box)
  }

  function table(element: XmlElement): void {
    const rows = children(element, 'w:tr')
    const cells = rows.map((row) =>
      children(row, 'w:tc').flatMap((cell) => {
        const span = Number(child(cell, 'w:tcPr', 'w:gridSpan')?.attributes.get('w:val') ?? '1') || 1
        return [textOf(cell, styles), ...Array<string>(Math.min(20, Math.max(0, span - 1))).fill('')]
      }),
    )
    const [first] = rows
    const hasHeader = rows.length > 1 && (child(first, 'w:trPr', 'w:tblHeader') !== undefined || (cells[0]?.length ?? 0) > 2)
    hasText = true
    if (hasHeader) writer.table(cells.slice(1), cells[0])
    else writer.table(cells)
  }

  function blocks(element: XmlElement): void {
    for (const node of element.children) {
      if (!isXmlElement(node) || apart.has(node.name)) continue
      if (node.name === 'w:p') paragraph(node)
      else if (node.name === 'w:tbl') table(node)
      else if (!isContents(node)) blocks(node)
    }
  }

  if (body) blocks(body)
  const core = part('docProps/core.xml')
  const named = core === undefined ? '' : inlineText(flat(child(parseXml(core), 'cp:coreProperties', 'dc:title')))
  const best = title ?? firstHeading ?? (named.length > 2 && !/\.docx?$/i.test(named) ? named : undefined)
  return { ...(best === undefined ? {} : { title: best }), sections: writer.sections() }
}

/** The words of a paragraph or cell as they are read, those of different paragraphs apart. */
function textOf(element: XmlElement, styles: Styles): string {
  if (element.name === 'w:t') return flat(element)
  if (element.name === 'w:noBreakHyphen') return '-'
  if (element.name === 'w:tab' || element.name === 'w:br' || element.name === 'w:cr') return ' '
  if (element.name === 'w:r' && styles.isHiddenRun(element)) return ''
  const text = element.children.map((node) => (isXmlElement(node) && !apart.has(node.name) ? textOf(node, styles) : '')).join('')
  return element.name === 'w:p' ? `${text} ` : text
}

function flat(element: XmlElement | undefined): string {
  return element?.children.map((node) => (isXmlElement(node) ? '' : node)).join('') ?? ''
}

/** The text boxes that are anchored in a paragraph; each stands twice in the file, for new programs and for old ones. */
function boxesIn(element: XmlElement): XmlElement[] {
  return element.children.flatMap((node) => {
    if (!isXmlElement(node) || node.name === 'mc:Fallback') return []
    return node.name === 'w:txbxContent' ? [node] : boxesIn(node)
  })
}

function isContents(element: XmlElement): boolean {
  return child(element, 'w:sdtPr', 'w:docPartObj', 'w:docPartGallery')?.attributes.get('w:val') === 'Table of Contents'
}
