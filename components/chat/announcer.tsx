import { useMemo } from 'react'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { plainText } from './markdown/blocks.ts'
import { texts } from './texts.ts'

/** Says a finished answer once to screen readers. The log itself keeps silent: it would say every piece. */
export function Announcer({ messages }: { messages: readonly StoredMessage[] }) {
  const latest = messages.at(-1)
  const words = useMemo(() => latest && `${speaker(latest)}: ${plainText(latest.content)}`, [latest])
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {latest && <p key={latest.seq}>{words}</p>}
    </div>
  )
}

function speaker({ role, author }: StoredMessage): string {
  return author?.name ?? (role === 'operator' ? texts.operator : texts.assistant)
}
