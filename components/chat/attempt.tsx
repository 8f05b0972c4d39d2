import { ChevronRight } from 'lucide-react'
import { memo, useMemo } from 'react'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { CitationCards } from './citation-card.tsx'
import { markCitations } from './citation-mark.tsx'
import { StreamingMarkdown } from './markdown/streaming-markdown.tsx'
import { texts } from './texts.ts'

interface AttemptProps {
  message: StoredMessage
  status: 'interrupted' | 'superseded' | 'replaced'
  /** The whole answer stands below: one line is enough here, which opens. */
  folded: boolean
}

/** What was shown of an answer that did not come to its end, or an answer that gave way to another. It steps back behind the answer and is never lost. */
export const Attempt = memo(function Attempt({ message, status, folded }: AttemptProps) {
  const { message_id, content, citations = [] } = message
  const options = useMemo(() => markCitations(message), [message])
  return (
    <article aria-label={`${texts.assistant}, ${texts.ai}: ${texts.attempt[status]}`} className="ps-10 text-muted">
      <details open={!folded} className="group">
        <summary className="-ms-1.5 flex min-h-7 w-fit list-none items-center gap-1 rounded-field px-1.5 text-sm touch:min-h-11 [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform duration-100 group-open:rotate-90 rtl:rotate-180" />
          {texts.attempt[status]}
        </summary>
        <div dir="auto" className="mt-1">
          <StreamingMarkdown text={content} complete options={options} />
        </div>
        <CitationCards messageId={message_id} citations={citations} />
      </details>
    </article>
  )
})
