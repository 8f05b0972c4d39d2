import { ArticleFrame } from './article-frame.tsx'
import { texts } from './texts.ts'

export interface ArticleGroup {
  /** A language tag. */
  language: string
  /** By title. */
  articles: Array<{ title: string; href: string }>
}

/** All articles, one group for each language they are written in. */
export function ArticleIndex({ deskName, groups }: { deskName: string; groups: ArticleGroup[] }) {
  return (
    <ArticleFrame deskName={deskName}>
      <div className="mx-auto max-w-measure">
        <h1 className="text-2xl font-semibold tracking-tight text-balance">{texts.helpArticles}</h1>
        {groups.length === 0 && <p className="mt-6 text-muted">{texts.noArticles}</p>}
        {groups.map(({ language, articles }) => (
          <section key={language} aria-labelledby={`in-${language}`} className="mt-8">
            <h2 id={`in-${language}`} className={groups.length > 1 ? 'mb-2 text-sm font-medium text-muted' : 'sr-only'}>
              {texts.language(language)}
            </h2>
            <ul lang={language} className="divide-y divide-line rounded-bubble border border-line bg-raised">
              {articles.map(({ title, href }) => (
                <li key={href}>
                  <a href={href} dir="auto" className="block px-4 py-3 hover:text-accent hover:underline touch:py-4">
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </ArticleFrame>
  )
}
