import type { Article, Passage } from './article.ts'

const pageIn: Record<string, string> = { de: 'Seite', es: 'página', fr: 'page', pt: 'página', vi: 'trang' }

/** How a passage is named below an answer: its article, its heading if it has one of its own, its page if the file has pages. */
export function nameOfPassage({ title, language }: Article, { heading, page }: Passage): string {
  const name = heading === title ? title : `${title} – ${heading}`
  return page === undefined ? name : `${name}, ${pageIn[language.slice(0, 2)] ?? 'page'} ${page}`
}

/** Where a passage can be read in full: on its own public page, or on the desk's page for its article. */
export function addressOfPassage({ url }: Article, { id, page }: Passage): string {
  if (url === undefined) {
    // Only the file's name may have any character: an anchor has letters, digits and hyphens.
    const at = id.lastIndexOf('#')
    return `/knowledge/${id.slice(0, at).split('/').map(encodeURIComponent).join('/')}${id.slice(at)}`
  }
  // Browsers open a PDF at a page that is named so.
  return page === undefined ? url : `${url}#page=${page}`
}
