import { createGroundingWithFiles } from '../grounding/with-files.ts'
import type { Ground, Grounding } from '../grounding.ts'
import type { FileRead } from './file-reader.ts'

/** The passages of files that could be read. */
export function groundsIn(files: FileRead[]): Ground[] {
  return files.flatMap(({ text }) => text?.article.passages.map((passage) => ({ article: text.article, passage })) ?? [])
}

/** The ids of the files that a model has read. */
export function transcriptsIn(files: FileRead[]): Set<string> {
  return new Set(files.flatMap(({ text, isTranscript }) => (text && isTranscript ? [text.article.id] : [])))
}

/** A grounding on files alone. */
export function groundingOf(files: FileRead[], desk: string): Grounding {
  const grounds = { articles: [], files: groundsIn(files), transcripts: transcriptsIn(files) }
  return createGroundingWithFiles(grounds, { language: grounds.files[0]?.article.language ?? 'en', desk })
}
