import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Article } from '../article.ts'
import { articleOf, formatOf } from './document.ts'
import { createDocumentReader, MAX_BYTES } from './document-reader.ts'

/** The files of other formats in a folder, as articles. One that did not change since it was read is not read again. */
export function createDocumentFiles(reader = createDocumentReader()) {
  const known = new Map<string, { stamp: string; article: Article }>()

  return {
    /** Whether a file is one of these, by its name. */
    has: (path: string): boolean => formatOf(path) !== undefined,

    /** Reads one; `path` is relative to the folder, `examples` are questions that it answers. Throws a sentence that says why it cannot be read. */
    async read(folder: string, path: string, examples = ''): Promise<Article> {
      const file = join(folder, path)
      const { size, mtimeMs } = await stat(file)
      const stamp = `${size} ${mtimeMs} ${examples}`
      const before = known.get(file)
      if (before?.stamp === stamp) return before.article
      known.delete(file)
      const format = formatOf(path)
      if (format === undefined) throw new Error('it is of no format that can be read')
      if (size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES / 1024 / 1024} MB`)
      const article = articleOf(path, await reader.read(format, await readFile(file)), examples)
      known.set(file, { stamp, article })
      return article
    },

    close: () => reader.close(),
  }
}
