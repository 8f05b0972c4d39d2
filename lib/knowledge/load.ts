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

/**
 * Reads all articles (.md, .txt) of a folder and its folders, and the documents of other formats. A file that cannot be
 * read is logged and left out.
 */
export async function loadArticles(folder: string, log: Log, documents = createDocumentFiles()): Promise<Article[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && (/\.(md|txt)$/.test(entry.name) || documents.has(entry.name)) && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
  const articles = paths
    .filter((path) => !path.endsWith(QUESTIONS) && path !== PAGES)
    .sort()
    .map(async (path) => {
      try {
        const isDocument = documents.has(path)
        const questions = isDocument ? `${path}${QUESTIONS}` : path.replace(/\.(md|txt)$/, QUESTIONS)
        const more = paths.includes(questions) ? await readText(join(folder, questions)) : ''
        if (isDocument) return [await documents.read(folder, path, more)]
        return readArticles(path, await readText(join(folder, path)), more)
      } catch (error) {
        log.warn({ err: error, file: path }, 'an article could not be read')
        return []
      }
    })
  return (await Promise.all(articles)).flat()
}

async function readText(file: string): Promise<string> {
  const text = await readFile(file, 'utf8')
  if (text.length > MAX_FILE) throw new Error(`${file} is too large for an article`)
  return text
}
