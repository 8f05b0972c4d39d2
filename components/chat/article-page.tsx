import { ArrowLeft, MessageCircle } from 'lucide-react'
import { Mark } from '#components/ui/mark.tsx'
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
    <>
      <header className="sticky top-0 z-10 border-b border-line bg-surface px-4 pt-[env(safe-area-inset-top)]">
        <div className="mx-auto flex min-h-16 max-w-5xl items-center gap-3">
          <span className="hidden xs:flex">
            <Mark />
          </span>
          <p className="min-w-0 flex-1 truncate font-semibold">{deskName}</p>
          <a href="/" className={`${button} border border-line bg-raised hover:border-muted/60`}>
            <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
            {texts.backToChat}
          </a>
        </div>
      </header>
      <main className="px-4 pt-10 pb-[max(4rem,env(safe-area-inset-bottom))]">
        <article lang={language} dir="auto" className="mx-auto max-w-measure">
          <p lang="en" className="text-sm text-muted">
            {texts.helpArticle}
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
        <aside
          aria-label={texts.stillAQuestion}
          className="mx-auto mt-10 flex max-w-measure flex-wrap items-center justify-between gap-3 rounded-bubble border border-line bg-raised p-4"
        >
          <p className="font-medium">{texts.stillAQuestion}</p>
          <a href="/" className={`${button} bg-accent text-on-accent hover:bg-accent/90`}>
            <MessageCircle aria-hidden className="size-4" />
            {texts.askAssistant}
          </a>
        </aside>
      </main>
    </>
  )
}

const button = 'inline-flex min-h-9 items-center gap-2 rounded-field px-3 text-sm font-medium touch:min-h-11'
