import type { Article, Passage } from '#lib/knowledge/article.ts'
import { cleanText, inlineText } from '#lib/knowledge/formats/clean.ts'
import type { Document } from '#lib/knowledge/formats/document.ts'
import { languageOfArticle } from '#lib/knowledge/language.ts'
import { sentencesOf } from '#lib/knowledge/sentences.ts'
import type { Attachment } from '#lib/protocol/events.ts'

/** Characters of a file that are kept, and of one passage of it. */
const KEPT = 40_000
const PASSAGE = 1200

/** What a file of the visitor says, in the form in which articles say it, so that the same code finds and checks sentences. */
export interface FileText {
  article: Article
  /** Not all of it was kept. */
  isCut: boolean
}

/** `url` is where the visitor has the file. Undefined when it says nothing. */
export function textOfFile({ file_id, name }: Attachment, url: string, { title: head, sections }: Document): FileText | undefined {
  const id = `file:${file_id}`
  const title = inlineText(name)
  const passages: Passage[] = []
  let room = KEPT
  // What stands largest on its first page is a part of what it says.
  const headed = sections.map((section, at) =>
    at === 0 && head !== undefined ? { ...section, text: `${head}\n\n${section.text}` } : section,
  )
  for (const { heading = title, text, page } of headed) {
    for (const piece of piecesOf(cleanText(text).slice(0, Math.max(0, room)))) {
      const sentences = sentencesOf(piece)
      const place = { id: `${id}#${passages.length + 1}`, ...(page === undefined ? {} : { page }) }
      if (sentences.length > 0) passages.push({ ...place, heading, text: piece, sentences, questions: [] })
    }
    room -= text.length
  }
  if (passages.length === 0) return undefined
  const language = languageOfArticle(passages.map(({ text }) => text).join('\n'), 'en')
  return { article: { id, file: id, title, language, url, tags: [], synonyms: [], questions: [], passages }, isCut: room < 0 }
}

/** A text in pieces of some paragraphs: an answer rests on a few of them, not on whole pages. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (const paragraph of text.split(/\n\s*\n/)) {
    const last = pieces.at(-1)
    if (last !== undefined && last.length + paragraph.length < PASSAGE) pieces[pieces.length - 1] = `${last}\n\n${paragraph}`
    else pieces.push(paragraph)
  }
  return pieces
}
