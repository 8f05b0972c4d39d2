import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const section = z.object({ heading: z.string().exactOptional(), text: z.string(), page: z.number().exactOptional() })
const content = z.union([
  z.object({
    document: z.object({
      title: z.string().exactOptional(),
      language: z.string().exactOptional(),
      sections: z.array(section),
      links: z.array(z.string()).exactOptional(),
    }),
  }),
  z.object({ text: z.string(), isMarkdown: z.boolean() }),
])
const storedPage = z.object({
  url: z.url(),
  /** The line of the list that it came by. */
  entry: z.string(),
  etag: z.string().exactOptional(),
  lastModified: z.string().exactOptional(),
  content,
})

/** A page as it was fetched last. */
export type StoredPage = z.infer<typeof storedPage>

export type PageStore = Awaited<ReturnType<typeof openPageStore>>

/** The pages that were fetched, each in a file of its own, so that a start without network has them. What cannot be read is fetched anew. */
export async function openPageStore(folder: string) {
  const pages = new Map<string, StoredPage>()
  for (const name of await readdir(folder).catch(() => [])) {
    const page = name.endsWith('.json') ? await readPage(join(folder, name)) : undefined
    if (page) pages.set(page.url, page)
  }
  const fileOf = (url: string) => join(folder, `${digestOf(url).slice(0, 32)}.json`)

  return {
    get: (url: string) => pages.get(url),
    all: () => [...pages.values()],
    async put(page: StoredPage): Promise<void> {
      await mkdir(folder, { recursive: true })
      const file = fileOf(page.url)
      // Whole or not at all: a desk that is killed here finds the page as it was.
      await writeFile(`${file}.new`, JSON.stringify(page))
      await rename(`${file}.new`, file)
      pages.set(page.url, page)
    },
    async remove(url: string): Promise<void> {
      pages.delete(url)
      await rm(fileOf(url), { force: true })
    },
  }
}

async function readPage(file: string): Promise<StoredPage | undefined> {
  try {
    return storedPage.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** SHA-256 of a text, in hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
