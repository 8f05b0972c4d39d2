import { useMemo } from 'react'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { plainText } from './markdown/blocks.ts'
import type { News } from './new-messages.ts'
import { texts } from './texts.ts'

/**
 * Says a finished answer once to screen readers, and what waits to be approved after it. The log itself keeps silent: it
 * would say every piece.
 */
export function Announcer({ news }: { news: readonly News[] }) {
  const last = news.at(-1)
  const before = last?.type === 'approval_request' ? news.at(-2) : undefined
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {before && <Said key={before.seq} news={before} />}
      {last && <Said key={last.seq} news={last} />}
    </div>
  )
}

function Said({ news }: { news: News }) {
  const words = useMemo(() => wordsOf(news), [news])
  return <p>{words}</p>
}

function wordsOf(news: News): string {
  if (news.type === 'approval_request') return `${texts.shop.approval(news.tool).title} ${news.summary}`
  return `${speaker(news)}: ${plainText(news.content)}`
}

function speaker({ role, author }: StoredMessage): string {
  return author?.name ?? (role === 'operator' ? texts.operator : texts.assistant)
}
