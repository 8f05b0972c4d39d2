import { type Article, createAnchors, readExamples } from '../article.ts'
import { languageOfArticle } from '../language.ts'
import { sentencesOf } from '../sentences.ts'

/** What a file that is not plain text says, whatever its format was. */
export interface Document {
  /** As the file names itself; undefined when it does not. */
  title?: string
  /** The language that the file declares, such as `en`. */
  language?: string
  sections: Section[]
  /** How many pages it has, read or not, when it has pages. */
  pageCount?: number
  /** Where its links lead, as they are written: for the list of addresses, never a part of what the desk knows. */
  links?: string[]
}

/** What stands under one heading (on one page, if there are pages), as Markdown without headings. */
export interface Section {
  /** Undefined for what stands before the first heading. */
  heading?: string
  text: string
  page?: number
}

/** The formats that are read into documents. */
export type Format = 'pdf' | 'docx' | 'html'

/** The format that a file's name tells; undefined when it is none of these. */
export function formatOf(path: string): Format | undefined {
  const ending = /\.(pdf|docx|html?)$/i.exec(path)?.[1]?.toLowerCase()
  return ending === 'pdf' || ending === 'docx' ? ending : ending === undefined ? undefined : 'html'
}

/**
 * A document as an article. `file` names it and keeps its ending, so that `manual.md` may stand beside `manual.pdf`.
 * `examples` are questions that it answers, those of a section under its heading. Throws when the document says nothing.
 */
export function articleOf(file: string, { title = nameOf(file), language, sections }: Document, examples = ''): Article {
  const text = sections.map((section) => section.text).join('\n\n')
  if (text.trim() === '') throw new Error('it has no text')
  const anchor = createAnchors()
  const asked = readExamples(examples)
  const passages = sections.map(({ heading = title, text, page }) => ({
    id: `${file}#${anchor(page === undefined ? heading : `page-${page}`)}`,
    heading,
    text,
    sentences: sentencesOf(text),
    questions: asked.get(heading) ?? [],
    ...(page === undefined ? {} : { page }),
  }))
  return {
    id: file,
    file,
    title,
    language: language ?? languageOfArticle(text, 'en'),
    tags: [],
    synonyms: [],
    questions: asked.get('') ?? [],
    passages,
  }
}

function nameOf(file: string): string {
  const words = (file.split('/').at(-1) ?? file).replace(/\.\w+$/, '').replaceAll(/[-_]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The first part of a language tag (`en` of `en-US`); undefined when it names no language. */
export function languageTag(tag: string | undefined): string | undefined {
  const [, language] = /^\s*([a-z]{2,3})(?:[-_][\w-]+)?\s*$/i.exec(tag ?? '') ?? []
  return language === undefined || /^(und|zxx|mul|mis)$/i.test(language) ? undefined : language.toLowerCase()
}
