import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArticlePage } from '#components/chat/article-page.tsx'
import { desk } from '#lib/registry.ts'

interface Props {
  params: Promise<{ path: string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [first, second] = articlesOf((await params).path)
  return first ? { title: second ? nameOf(first.file) : first.title } : {}
}

/** The article that a citation leads to: all that stands in its file. */
export default async function Page({ params }: Props) {
  const articles = articlesOf((await params).path)
  const [first, second] = articles
  if (!first) notFound()
  const { language, updated, file } = first
  const sections = articles.flatMap(({ passages }) =>
    passages.map(({ id, heading, page, text }) => ({
      id: id.slice(id.indexOf('#') + 1),
      heading: page === undefined ? heading : `${heading}, page ${page}`,
      text,
    })),
  )
  const title = second ? nameOf(file) : first.title
  return <ArticlePage deskName={desk().frontPage().deskName} article={{ title, language, updated, sections }} />
}

function articlesOf(path: string[]) {
  const file = decoded(path.join('/'))
  return file === undefined
    ? []
    : desk()
        .knowledge.articles()
        .filter((article) => article.file === file)
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** A file of many entries has no title of its own; its name has to do. */
function nameOf(file: string): string {
  const words = (file.split('/').at(-1) ?? file).replaceAll(/[-_]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
