import { ArticleFrame } from './article-frame.tsx'
import { Markdown } from './markdown/markdown.tsx'
import { texts } from './texts.ts'
import { writtenDate } from './time.ts'

export interface ArticleText {
  title: string
  language: string
  /** The day of the last change, YYYY-MM-DD. */
  updated: string | undefined
  /** `id` is what an address points to with `#id`. */
  sections: Array<{ id: string; heading: string; text: string }>
}

/** One article, to be read: what a citation rests on, in full. */
export function ArticlePage({ deskName, article }: { deskName: string; article: ArticleText }) {
  const { title, language, updated, sections } = article
  return (
    <ArticleFrame deskName={deskName}>
      <article lang={language} dir="auto" className="mx-auto max-w-measure">
        <p lang="en" className="text-sm text-muted">
          <a href="/knowledge" className="text-accent underline underline-offset-2">
            {texts.helpArticles}
          </a>
          {updated !== undefined && <span> · {texts.updated(writtenDate(updated))}</span>}
        </p>
        <h1 className="mt-2 text-2xl font-semibold tracking-tight text-balance">{title}</h1>
        <div className="mt-6 space-y-2">
          {sections.map(({ id, heading, text }) => (
            <section
              key={id}
              id={id}
              aria-labelledby={heading === title ? undefined : `${id}--heading`}
              className="article-section -mx-3 rounded-field p-3 sm:-mx-4 sm:p-4"
            >
              {heading !== title && (
                <h2 id={`${id}--heading`} className="mb-2 text-lg font-semibold">
                  {heading}
                </h2>
              )}
              <Markdown text={text} headings={3} />
            </section>
          ))}
        </div>
      </article>
    </ArticleFrame>
  )
}
