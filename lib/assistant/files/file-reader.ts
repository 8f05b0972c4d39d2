import type { Document } from '#lib/knowledge/formats/document.ts'
import type { DocumentReader } from '#lib/knowledge/formats/document-reader.ts'
import type { AnswerUsage, Attachment } from '#lib/protocol/events.ts'
import type { Asked } from '../conclusions.ts'
import type { Transcribe } from '../models/transcribe.ts'
import { type FileText, textOfFile } from './file-article.ts'
import { filesOf } from './of-question.ts'

/** A file of the visitor, and what could be read in it. */
export interface FileRead {
  attachment: Attachment
  /** Undefined when nobody could read it. */
  text?: FileText
  /** The pages that it has, and whether all of them were read. */
  pageCount?: number
  /** A model read it, as a person reads a picture; else it has its text in itself. */
  isTranscript: boolean
  /** Why it was not read, for the operator. */
  fault?: string
  /** What reading it took, in the answer that it was read for. */
  usage?: AnswerUsage
}

export type FileReader = ReturnType<typeof createFileReader>

interface FileReaderDeps {
  documents: Pick<DocumentReader, 'read'>
  /** Reads pictures, and PDFs that are pictures of text; undefined where no model does. */
  transcribe: Transcribe | undefined
}

/** Pages of a PDF that are read. */
const PAGES = 30
/** Files that are being read at the same time, beyond which none is taken on: each may take seconds. */
const AT_ONCE = 4
/** Files of which is remembered what they say, so that the next question about one does not read it again. */
const REMEMBERED = 30

/** Reads what visitors send, within bounds: PDFs offline, pictures with the help of a model that can. */
export function createFileReader({ documents, transcribe }: FileReaderDeps) {
  const known = new Map<string, FileRead>()
  let reading = 0

  /** The files that the open questions are about, in their order. */
  async function readFor(context: Asked, signal: AbortSignal): Promise<FileRead[]> {
    const { readFile, session, questions } = context
    if (!readFile) return []
    const answerTo = questions.at(-1)?.message_id
    return Promise.all(
      filesOf(context).map(async (attachment) => {
        const before = known.get(attachment.file_id)
        if (before) return before
        const bytes = reading < AT_ONCE ? await readFile(attachment) : undefined
        if (!bytes) return unread(attachment, reading < AT_ONCE ? 'it is gone' : 'too much is being read')
        reading += 1
        const url = `/api/session/${encodeURIComponent(session?.name ?? '')}/files/${attachment.file_id}`
        const read = await readOne(attachment, { url, bytes, answerTo }, signal).finally(() => (reading -= 1))
        remember(read)
        return read
      }),
    )
  }

  async function readOne(attachment: Attachment, { url, bytes, answerTo }: Given, signal: AbortSignal): Promise<FileRead> {
    const isPdf = attachment.media_type === 'application/pdf'
    try {
      const document: Document = isPdf ? await documents.read('pdf', bytes, { pages: PAGES }) : { sections: [] }
      const { pageCount } = document
      const text = textOfFile(attachment, url, document)
      const pages = pageCount === undefined ? {} : { pageCount }
      if (text) return { attachment, text: { ...text, isCut: text.isCut || (pageCount ?? 0) > PAGES }, ...pages, isTranscript: false }
      const said = await transcribe?.({ mediaType: attachment.media_type, bytes, answerTo }, signal)
      // Each line by itself: what stands above an instruction is no part of it.
      const lines = said ? [{ text: said.text.split(/\n+/).join('\n\n') }] : []
      const transcript = textOfFile(attachment, url, { sections: lines })
      if (transcript) return { attachment, text: transcript, ...pages, isTranscript: true, ...(said?.usage ? { usage: said.usage } : {}) }
      return { ...unread(attachment, 'no model could read it'), ...pages }
    } catch (error) {
      if (signal.aborted) throw error
      return unread(attachment, (error as Error).message)
    }
  }

  /** What could not be read may be tried again: a model that failed may be there later. */
  function remember({ usage: _, ...read }: FileRead): void {
    if (!read.text) return
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value as string)
    known.set(read.attachment.file_id, read)
  }

  return { readFor }
}

interface Given {
  url: string
  bytes: Uint8Array
  answerTo: string | undefined
}

function unread(attachment: Attachment, fault: string): FileRead {
  return { attachment, isTranscript: false, fault }
}
