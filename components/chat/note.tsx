import { CircleAlert, Megaphone, Terminal, UserRound, UserRoundCheck, UserRoundX } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useChat } from './chat-context.ts'
import type { NoteEvent } from './log-rows.ts'
import { texts } from './texts.ts'

/** What happened in the session besides messages. */
export const Note = memo(function Note({ event, last }: { event: NoteEvent; last: boolean }) {
  const { deskName } = useChat()
  switch (event.type) {
    case 'system':
      return <Line>{event.content}</Line>
    case 'session_reset':
      return <Line>{texts.cleared}</Line>
    case 'session_closed':
      return (
        <Line>
          {texts.sessionClosed[event.reason]} {last && texts.reopen}
        </Line>
      )
    case 'identity':
      return <Identity event={event} />
    case 'handoff':
      return (
        <Card
          icon={<UserRound aria-hidden className={`${icon} text-accent`} />}
          title={event.state === 'requested' ? texts.personRequested : texts.nobodyCame}
          time={event.timestamp}
        >
          {event.content} {event.state === 'requested' && texts.handoffMeanwhile}
        </Card>
      )
    case 'operator_joined':
      return <Line>{texts.operatorJoined(event.operator.name)}</Line>
    case 'operator_left':
      return <Line>{texts.operatorLeft(event.operator.name)}</Line>
    case 'broadcast':
      return (
        <Card icon={<Megaphone aria-hidden className={`${icon} text-accent`} />} title={texts.broadcast(deskName)} time={event.timestamp}>
          {event.content}
        </Card>
      )
    case 'error':
      return (
        <Card icon={<CircleAlert aria-hidden className={`${icon} text-bad`} />} title={texts.error} time={event.timestamp}>
          {event.content} {event.retryable && texts.tryAgain}
        </Card>
      )
    case 'command_response':
      return (
        <Card icon={<Terminal aria-hidden className={icon} />} title={`/${event.command}`} time={event.timestamp} mono>
          {event.content}
        </Card>
      )
    default:
      return null
  }
})

const icon = 'mt-0.5 size-4 shrink-0'

function Line({ children }: { children: ReactNode }) {
  return <p className="px-4 text-center text-sm text-balance text-muted">{children}</p>
}

/** Who the desk knows the visitor to be from here on. */
function Identity({ event: { state, name, via } }: { event: Extract<NoteEvent, { type: 'identity' }> }) {
  const known = state === 'signed_in' && name !== undefined
  const Sign = known ? UserRoundCheck : UserRoundX
  return (
    <Line>
      <Sign aria-hidden className="me-1.5 -mt-0.5 inline size-4" />
      <span dir="auto">{known ? texts.shop.signedInAs(name) : texts.shop.signedOut}</span>
      {known && via === 'site' && ` · ${texts.shop.vouched}`}
    </Line>
  )
}

interface CardProps {
  icon: ReactNode
  title: string
  time: string
  /** The title is something that was typed. */
  mono?: boolean
  children: ReactNode
}

function Card({ icon, title, time, mono = false, children }: CardProps) {
  const { clock } = useChat()
  return (
    <article aria-label={title} className="flex gap-3 rounded-bubble border border-line bg-raised px-4 py-3">
      {icon}
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex items-baseline justify-between gap-4">
          <span className={mono ? 'font-mono font-medium' : 'font-semibold'}>{title}</span>
          <time dateTime={time} title={clock.full(time)} className="text-xs text-muted">
            {clock.time(time)}
          </time>
        </p>
        <p dir="auto" className="mt-1 wrap-anywhere whitespace-pre-wrap">
          {children}
        </p>
      </div>
    </article>
  )
}
