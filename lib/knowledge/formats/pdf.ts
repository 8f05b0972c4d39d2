import { inlineText } from './clean.ts'
import type { Document } from './document.ts'
import { layOut } from './pdf-layout.ts'
import { type Line, linesOf, rowsOf, type TextItem } from './pdf-lines.ts'

/** A PDF with more pages is not read. */
export const MOST_PAGES = 500

/** Titles that a program gave, not a person. */
const noTitle =
  /^(microsoft (word|powerpoint|excel)\b|untitled|document\d*$|slide 1$|\(anonymous\))|\.(docx?|pdf|indd|odt|rtf|pptx?|xlsx?|tex|dvi|qxd)$/i

/**
 * The text of a PDF by page, of all its pages; or of the first `most` of them, row by row as forms and invoices are read, and then without
 * sections when it has pictures of text only. Text that is set invisibly is read too, since scanned pages carry theirs so.
 * Throws a sentence when it is encrypted or broken, or without `most` too long or without text.
 */
export async function readPdf(bytes: Uint8Array, most?: number): Promise<Document> {
  const { getDocumentProxy } = await import('unpdf')
  const pdf = await getDocumentProxy(bytes, { verbosity: 0, stopAtErrors: false }).catch((error: Error) => {
    throw new Error(error.name === 'PasswordException' ? 'it is encrypted' : `it is no PDF, or a broken one (${error.message})`)
  })
  try {
    const { numPages } = pdf
    if (most === undefined && numPages > MOST_PAGES) throw new Error(`it has ${numPages} pages, more than ${MOST_PAGES}`)
    const pages: Line[][] = []
    for (let number = 1; number <= Math.min(numPages, most ?? numPages); number++) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent()
      const lines = linesOf(
        items.filter((item): item is TextItem & typeof item => 'str' in item),
        page.getViewport({ scale: 1 }).transform,
      )
      pages.push(most === undefined ? lines : rowsOf(lines))
      page.cleanup()
    }
    const { sections, title: largest } = layOut(pages)
    if (sections.length === 0 && most === undefined)
      throw new Error('it has no text: its pages may be scanned pictures, which need text recognition first')
    // The language that a PDF declares is often that of the program that made it: the text tells better.
    const title = (await titleOf(pdf)) ?? largest
    return { ...(title === undefined ? {} : { title }), sections, pageCount: numPages }
  } finally {
    await pdf.loadingTask.destroy()
  }
}

async function titleOf(pdf: { getMetadata(): Promise<{ info: object }> }): Promise<string | undefined> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }))
  const title = 'Title' in info && typeof info.Title === 'string' ? inlineText(info.Title) : ''
  return title.length > 2 && !noTitle.test(title) ? title : undefined
}
