import type { StoredMessage } from '#lib/protocol/events.ts'
import { cardId } from './citation-card.tsx'
import type { MarkdownOptions } from './markdown/markdown.tsx'
import { texts } from './texts.ts'

/** How the marks in a finished answer are drawn: those that it has a citation for open it. */
export function markCitations({ message_id, citations = [] }: StoredMessage): MarkdownOptions {
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]))
  return {
    isCited: (n) => byNumber.has(n),
    mark: (n) => (
      <button
        type="button"
        popoverTarget={cardId(message_id, n)}
        aria-label={texts.source(n, byNumber.get(n)?.title ?? '')}
        className="citation-mark"
      >
        {n}
      </button>
    ),
  }
}

/** In an answer that is still being written a mark has its look and its place, but nothing to open yet. */
export const runningMarks: MarkdownOptions = {
  isCited: (n) => n > 0 && n < 100,
  mark: (n) => <span className="citation-mark">{n}</span>,
}
