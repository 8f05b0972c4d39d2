import { ArrowUpRight, X } from 'lucide-react'
import { IconButton } from '#components/ui/button.tsx'
import type { Citation } from '#lib/protocol/events.ts'
import { articleLink } from './article-link.ts'
import { texts } from './texts.ts'
import { writtenDate } from './time.ts'

/** The card that a mark opens. */
export function cardId(messageId: string, n: number): string {
  return `source-${messageId}-${n}`
}

interface CitationCardsProps {
  messageId: string
  citations: readonly Citation[]
}

/** The passages that an answer rests on, each on a card. The browser opens and closes them (see citation.css for where). */
export function CitationCards({ messageId, citations }: CitationCardsProps) {
  return citations.map((citation) => <Card key={citation.n} id={cardId(messageId, citation.n)} citation={citation} />)
}

function Card({ id, citation: { n, title, excerpt, updated, url } }: { id: string; citation: Citation }) {
  const link = articleLink(url)
  return (
    <div id={id} popover="auto" role="dialog" aria-label={texts.source(n, title)} className="citation-card">
      <div className="flex items-start gap-2">
        <span aria-hidden className="citation-mark mt-0.5">
          {n}
        </span>
        <p className="flex-1 text-sm font-semibold wrap-anywhere" dir="auto">
          {title}
        </p>
        <IconButton label={texts.close} popoverTarget={id} popoverTargetAction="hide" className="-my-2 -me-2">
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <blockquote dir="auto" className="mt-2 max-h-48 overflow-y-auto border-s-2 border-line ps-3 text-sm wrap-anywhere text-muted">
        {excerpt}
      </blockquote>
      <p className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-xs text-muted">
        <span>{updated !== undefined && texts.updated(writtenDate(updated))}</span>
        {link && (
          <a
            {...link}
            className="inline-flex min-h-6 items-center gap-1 rounded-field text-sm font-medium text-accent hover:underline touch:min-h-11"
          >
            {texts.openArticle}
            <ArrowUpRight aria-hidden className="size-4" />
          </a>
        )}
      </p>
    </div>
  )
}
