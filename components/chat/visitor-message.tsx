import { memo } from 'react'
import { classes } from '#components/ui/classes.ts'
import { isCommand } from '#lib/protocol/command-line.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { useChat } from './chat-context.ts'
import { MessageFiles } from './message-files.tsx'
import { texts } from './texts.ts'

/** What the visitor wrote, as it was written. */
export const VisitorMessage = memo(function VisitorMessage({ message }: { message: StoredMessage }) {
  const { content, timestamp, attachments } = message
  const { clock } = useChat()
  return (
    <article aria-label={`${texts.you}, ${clock.time(timestamp)}`} className="flex flex-col items-end gap-1">
      <MessageFiles files={attachments} />
      {content !== '' && <Bubble text={content} />}
      <time dateTime={timestamp} title={clock.full(timestamp)} className="px-1 text-xs text-muted">
        {clock.time(timestamp)}
      </time>
    </article>
  )
})

/** The visitor's words on the accent. */
export function Bubble({ text, faint = false }: { text: string; faint?: boolean }) {
  const shape = 'max-w-[min(85%,34rem)] rounded-bubble px-4 py-2.5 wrap-anywhere whitespace-pre-wrap forced-colors:border'
  const look = faint ? 'border border-bad/50 bg-raised text-ink' : 'bg-accent text-on-accent'
  return (
    <p dir="auto" className={classes(shape, look, isCommand(text) && 'font-mono text-sm/6')}>
      {text}
    </p>
  )
}
