import { type Answering, decided, type Offer, spoken, unknown } from '../conclusions.ts'
import type { Phrases } from '../phrases.ts'
import type { FileRead } from './file-reader.ts'
import { groundingOf } from './grounds.ts'

/** Sentences of a file that are shown when nothing is asked about it. */
const SHOWN = 2

/** What is said to files that come without a question: what they are, how the first begins, and that they can be asked about. */
export async function* received(files: FileRead[], desk: string, { say, offer }: { say: Phrases; offer: Offer }): Answering {
  const reasons = ['a file without a question', ...files.flatMap(({ fault }) => (fault ? [`a file was not read: ${fault}`] : []))]
  const first = files.find(({ text }) => text)
  if (!first?.text) return yield* unknown(say.fileReceived, offer, undefined, reasons)

  const { judge, cite } = groundingOf([first], desk)
  const [passage] = first.text.article.passages
  const shown = (passage?.sentences ?? []).map((sentence) => judge(sentence)).filter((verdict) => verdict.kind === 'supported')
  yield spoken(say.fileRead(first.isTranscript ? undefined : first.pageCount))
  if (shown.length > 0) {
    const begins = shown.slice(0, SHOWN)
    const citations = begins.flatMap(({ grounds }) => grounds.map(cite)).flatMap(({ citation, isNew }) => (isNew ? [citation] : []))
    yield {
      text: `\n\n${say.voices[first.isTranscript ? 'picture' : 'file']}\n\n> ${begins.map(({ text }) => text).join('\n>\n> ')} [1]`,
      citations,
    }
  }
  if (files.some(({ text }) => !text)) yield spoken(`\n\n${say.fileUnread}`)
  yield spoken(`\n\n${say.fileAsk}`)
  const usage = first.usage
  return { ...decided('smalltalk', reasons), ...(usage ? { record: { usage } } : {}) }
}
