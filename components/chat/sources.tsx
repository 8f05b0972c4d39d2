import { FileText } from 'lucide-react'
import type { Citation } from '#lib/protocol/events.ts'
import { articleLink } from './article-link.ts'
import { texts } from './texts.ts'

/** The articles below an answer, by the numbers in it. */
export function Sources({ citations }: { citations: readonly Citation[] }) {
  if (citations.length === 0) return null
  return (
    <div className="mt-3">
      <p className="flex items-center gap-1.5 text-xs font-medium text-muted">
        <FileText aria-hidden className="size-3.5" />
        {texts.sources}
      </p>
      <ol aria-label={texts.sources} className="mt-1">
        {citations.map(({ n, title, url }) => {
          const link = articleLink(url)
          return (
            <li key={n} className="flex items-baseline gap-2 text-sm">
              <span className="w-4 shrink-0 text-end text-xs text-muted tabular-nums">{n}</span>
              {link ? (
                <a
                  {...link}
                  dir="auto"
                  className="inline-flex min-h-6 items-center rounded-field text-accent wrap-anywhere hover:underline touch:min-h-11"
                >
                  {title}
                </a>
              ) : (
                <span dir="auto">{title}</span>
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
