import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '#lib/session/ports.ts'
import { type Article, readArticles } from './article.ts'
import { createDocumentFiles } from './formats/document-files.ts'

/** A file larger than this is no article, in characters. */
const MAX_FILE = 2 * 1024 * 1024
/** Beside `name.md`, `name.questions.txt` may hold more example questions; beside `name.pdf`, `name.pdf.questions.txt`. */
const QUESTIONS = '.questions.txt'

/** The list of pages of the web that stands in the folder; it is no article. */
const PAGES = 'urls.txt'

interface Loading {
  log: Log
  documents?: ReturnType<typeof createDocumentFiles>
  /** What was read before. */
  before?: Article[]
}

/**
 * Reads all articles (.md, .txt) of a folder and its folders, and the documents of other formats. A file that cannot be
 * read is logged; it stays what it was before, or is left out. Throws when the folder cannot be read.
 */
export async function loadArticles(folder: string, { log, documents = createDocumentFiles(), before = [] }: Loading): Promise<Article[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && (/\.(md|txt)$/.test(entry.name) || documents.has(entry.name)) && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
  const known = new Set(paths)
  const articles: Article[] = []
  // One after the other: thousands of files at once would leave the process no time for anything else.
  for (const path of paths.filter((path) => !path.endsWith(QUESTIONS) && path !== PAGES).sort()) {
    try {
      const isDocument = documents.has(path)
      const questions = isDocument ? `${path}${QUESTIONS}` : path.replace(/\.(md|txt)$/, QUESTIONS)
      const more = known.has(questions) ? await readText(join(folder, questions)) : ''
      if (isDocument) articles.push(await documents.read(folder, path, more))
      else articles.push(...readArticles(path, await readText(join(folder, path)), more))
    } catch (error) {
      const stay = before.filter(({ file }) => file === path.replace(/\.(md|txt)$/, ''))
      const reason = error instanceof Error ? error.message : error
      log.warn({ file: path, reason }, `an article could not be read${stay.length > 0 ? ': it stays as it was' : ''}`)
      articles.push(...stay)
    }
  }
  return articles
}

async function readText(file: string): Promise<string> {
  const text = await readFile(file, 'utf8')
  if (text.length > MAX_FILE) throw new Error(`${file} is too large for an article`)
  return text
}
