import { parentPort } from 'node:worker_threads'
import type { Document, Format } from './document.ts'

/** How a file is to be read. */
export interface Manner {
  /** What a server said of an HTML file. */
  charset?: string | undefined
  /** Pages of a PDF that are read, from the first on; without it all are, or none if there are too many. */
  pages?: number
}

/** What a reader's thread is asked. */
export interface Order extends Manner {
  number: number
  format: Format
  bytes: Uint8Array
}

/** What it answers: a document, or a sentence that says why there is none. */
export type Outcome = { number: number } & ({ document: Document } | { fault: string })

parentPort?.on('message', (order: Order) => void answer(order))

async function answer({ number, ...order }: Order): Promise<void> {
  const outcome = await read(order).then(
    (document) => ({ number, document }),
    (error) => ({
      number,
      fault: error instanceof RangeError ? 'it is nested too deeply' : error instanceof Error ? error.message : String(error),
    }),
  )
  parentPort?.postMessage(outcome satisfies Outcome)
}

/** Each format's reader is loaded with the first file of the format. */
async function read({ format, bytes, charset, pages }: Omit<Order, 'number'>): Promise<Document> {
  if (format === 'pdf') return (await import('./pdf.ts')).readPdf(bytes, pages)
  if (format === 'docx') return (await import('./docx.ts')).readDocx(bytes)
  return (await import('./html.ts')).readHtml(bytes, charset)
}
