import type { ReactNode } from 'react'
import { Markdown } from '#components/chat/markdown/markdown.tsx'
import type { Clock } from '#components/chat/time.ts'
import { classes } from '#components/ui/classes.ts'
import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { texts } from './texts.ts'
import type { Followed } from './use-session.ts'

/** What was said and what happened, notes of colleagues at their time. */
export function Transcript({ followed: { log, notes }, clock }: { followed: Followed; clock: Clock }) {
  const entries = [...log.items, ...notes].toSorted((a, b) => a.timestamp.localeCompare(b.timestamp))
  return (
    <ol className="flex flex-col gap-4 p-4">
      {entries.map((event) => (
        <li key={`${event.type}-${event.seq}`}>
          <Entry event={event} clock={clock} isReplaced={event.type === 'message' && log.replaced[event.message_id] === true} />
        </li>
      ))}
      {log.running && (
        <li aria-label={texts.writing}>
          <Said by={texts.assistant} side="desk">
            <Markdown text={log.running.text} headings={4} />
          </Said>
        </li>
      )}
      {log.typing?.role === 'visitor' && <li className="text-sm text-muted">{texts.typing}</li>}
    </ol>
  )
}

function Entry({ event, clock, isReplaced }: { event: StoredEvent; clock: Clock; isReplaced: boolean }) {
  switch (event.type) {
    case 'message':
      return <Message message={event} clock={clock} isReplaced={isReplaced} />
    case 'note':
      return (
        <div className="rounded-bubble border border-warn/60 bg-warn/10 px-4 py-2.5 text-sm">
          <p className="mb-1 text-xs text-muted">
            {texts.noteBy(event.by)} · {clock.time(event.timestamp)}
          </p>
          <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
            {event.content}
          </p>
        </div>
      )
    default: {
      const line = lineOf(event)
      return line === undefined ? null : <p className="text-center text-sm text-balance text-muted">{line}</p>
    }
  }
}

function lineOf(event: Exclude<StoredEvent, StoredMessage>): string | undefined {
  switch (event.type) {
    case 'operator_joined':
      return texts.joined(event.operator.name)
    case 'operator_left':
      return texts.left(event.operator.name)
    case 'handoff':
      return event.state === 'requested' ? texts.asked(event.reason) : texts.unanswered
    case 'session_closed':
      return texts.closed
    case 'session_reset':
      return texts.cleared
    case 'feedback':
      return texts.rating(`${event.rating}${event.comment ? ` – ${event.comment}` : ''}`)
    case 'identity':
      return event.state === 'signed_in' ? texts.signedInAs(event.name ?? '') : texts.signedOut
    case 'approval_request':
      return event.summary
    case 'approval':
      return texts.approval[event.decision]
    case 'command_response':
      return `/${event.command}: ${event.content}`
    case 'system':
    case 'broadcast':
    case 'error':
      return event.content
    default:
      return undefined
  }
}

function Message({ message, clock, isReplaced }: { message: StoredMessage; clock: Clock; isReplaced: boolean }) {
  const { role, author, content, timestamp, status, decision, cards = [] } = message
  const by = role === 'visitor' ? texts.visitor : (author?.name ?? texts.assistant)
  const state = status === 'complete' ? '' : ` · ${texts.partial[status]}`
  const shown = cards.flatMap((card) => (card.kind === 'product' ? `${card.sku} ${card.name} · ${card.price} ${card.currency}` : []))
  return (
    <Said by={`${by} · ${clock.time(timestamp)}${state}`} side={role === 'visitor' ? 'visitor' : 'desk'} isFaint={isReplaced}>
      {role === 'visitor' ? (
        <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
          {content}
        </p>
      ) : (
        <Markdown text={content} headings={4} />
      )}
      {shown.length > 0 && (
        <ul className="mt-2 list-disc ps-5 text-sm text-muted">
          {shown.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {decision !== undefined && decision.reasons.length > 0 && (
        <details className="mt-2 text-xs text-muted">
          <summary>{texts.why}</summary>
          <ul className="list-disc ps-5">
            {decision.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </Said>
  )
}

function Said({ by, side, isFaint = false, children }: { by: string; side: 'visitor' | 'desk'; isFaint?: boolean; children: ReactNode }) {
  return (
    <article aria-label={by} className={classes('flex flex-col gap-1', side === 'desk' && 'items-end', isFaint && 'opacity-60')}>
      <p className="px-1 text-xs text-muted">{by}</p>
      <div
        className={classes(
          'max-w-[min(90%,40rem)] rounded-bubble border border-line px-4 py-2.5',
          side === 'visitor' ? 'bg-raised' : 'bg-accent/8',
        )}
      >
        {children}
      </div>
    </article>
  )
}
