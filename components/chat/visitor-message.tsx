import { ChevronRight, LockKeyhole } from 'lucide-react'
import { memo } from 'react'
import { classes } from '#components/ui/classes.ts'
import { isCommand } from '#lib/protocol/command-line.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { useChat } from './chat-context.ts'
import { MessageFiles } from './message-files.tsx'
import { texts } from './texts.ts'

/** What the visitor wrote, as it was written. */
export const VisitorMessage = memo(function VisitorMessage({ message, editable }: { message: StoredMessage; editable: boolean }) {
  const { content, timestamp, attachments, sign_in } = message
  const { clock, edit } = useChat()
  return (
    <article aria-label={`${texts.you}, ${clock.time(timestamp)}`} className="group flex flex-col items-end gap-1">
      <MessageFiles files={attachments} />
      {content !== '' && <Bubble text={content} />}
      <p className="flex items-center gap-1 px-1 text-xs text-muted">
        {sign_in !== undefined && (
          <span className="inline-flex items-center gap-1 pe-1">
            <LockKeyhole aria-hidden className="size-3" />
            {texts.shop.pinRemoved}
          </span>
        )}
        {editable && (
          <button
            type="button"
            onClick={() => edit(message)}
            className="inline-flex min-h-6 items-center rounded-field px-1.5 transition-opacity duration-100 hover:text-ink focus-visible:opacity-100 touch:min-h-11 [@media(hover:hover)]:opacity-0 group-hover:opacity-100"
          >
            {texts.edit}
          </button>
        )}
        <time dateTime={timestamp} title={clock.full(timestamp)}>
          {clock.time(timestamp)}
        </time>
      </p>
    </article>
  )
})

/** What the visitor wrote first: one line that opens. */
export const ChangedMessage = memo(function ChangedMessage({ message: { content, attachments } }: { message: StoredMessage }) {
  return (
    <article aria-label={texts.changed} className="flex flex-col items-end text-muted">
      <details className="group flex w-full flex-col items-end">
        <summary className="ms-auto flex min-h-7 w-fit list-none items-center gap-1 rounded-field text-sm touch:min-h-11 [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform duration-100 group-open:rotate-90 rtl:rotate-180" />
          {texts.changed}
        </summary>
        <div className="mt-1 flex flex-col items-end gap-1">
          <MessageFiles files={attachments} />
          {content !== '' && (
            <p className="max-w-[min(85%,34rem)] rounded-bubble border border-line px-4 py-2.5 wrap-anywhere whitespace-pre-wrap">
              {content}
            </p>
          )}
        </div>
      </details>
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
