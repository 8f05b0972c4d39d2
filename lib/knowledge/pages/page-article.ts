import { type Article, readArticles } from '../article.ts'
import { cleanText } from '../formats/clean.ts'
import { articleOf } from '../formats/document.ts'
import { digestOf, type StoredPage } from './page-store.ts'

/** A fetched page as articles: one, or one for each answer of a FAQ in plain text. */
export function articlesOfPage({ url, content }: StoredPage): Article[] {
  const { hostname, pathname } = new URL(url)
  const name = (pathname.split('/').filter(Boolean).at(-1) ?? hostname).replace(/[^\p{L}\p{N}.]+/gu, '-')
  // The same name may stand on many sites; the digest tells them apart.
  const file = `pages/${digestOf(url).slice(0, 12)}/${name}`
  const articles =
    'document' in content
      ? [articleOf(file, content.document)]
      : readArticles(`${file.replace(/\.(md|txt)$/, '')}.${content.isMarkdown ? 'md' : 'txt'}`, ownText(content.text))
  return articles.map((article) => ({ ...article, url }))
}

/** A text without front matter but for its title: wordings and suggestions are for the desk's own articles to set. */
function ownText(text: string): string {
  const clean = cleanText(text)
  const [whole = '', head = ''] = /^\s*---\n([\s\S]*?)\n---\n?/.exec(clean) ?? []
  const body = clean.slice(whole.length)
  const [, title] = /^title:\s*["']?(.+?)["']?\s*$/m.exec(head) ?? []
  return title === undefined || /^# /m.test(body) ? `\n${body}` : `# ${title}\n\n${body}`
}
