import type { Metadata } from 'next'
import { type ArticleGroup, ArticleIndex } from '#components/chat/article-index.tsx'
import { texts } from '#components/chat/texts.ts'
import { desk } from '#lib/registry.ts'

export const metadata: Metadata = { title: texts.helpArticles }

/** `GET /knowledge`: everything that the desk answers from. */
export default function Page() {
  const { deskName } = desk().frontPage()
  const groups = Map.groupBy(desk().knowledge.articles(), ({ language }) => language)
  return <ArticleIndex deskName={deskName} groups={[...groups].map(([language, articles]) => groupOf(language, articles))} />
}

function groupOf(language: string, articles: Array<{ id: string; title: string }>): ArticleGroup {
  const links = articles.map(({ id, title }) => ({ title, href: `/knowledge/${addressOf(id)}` }))
  return { language, articles: links.sort((a, b) => a.title.localeCompare(b.title, language)) }
}

/** An id is the path of a file and, for an entry of one, `#` and its anchor. */
function addressOf(id: string): string {
  const [file = '', anchor] = id.split('#')
  return `${file.split('/').map(encodeURIComponent).join('/')}${anchor === undefined ? '' : `#${anchor}`}`
}
