import { memo, useMemo } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import type { Card } from '#lib/protocol/cards.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { AnswerFoot } from './answer-foot.tsx'
import { AssistantAvatar, PersonAvatar } from './avatar.tsx'
import { Cards } from './cards/cards.tsx'
import { withoutListed } from './cards/listed.ts'
import { useChat } from './chat-context.ts'
import { CitationCards } from './citation-card.tsx'
import { markCitations, runningMarks } from './citation-mark.tsx'
import { withoutReplies } from './log-rows.ts'
import { StreamingMarkdown } from './markdown/streaming-markdown.tsx'
import { QuickReplies } from './quick-replies.tsx'
import { Sources } from './sources.tsx'
import { texts } from './texts.ts'
import { Progress } from './thinking.tsx'

interface AnswerProps {
  text: string
  /** The finished answer; missing while it is being written. */
  message: StoredMessage | undefined
  thumb: 'up' | 'down' | undefined
  latest: boolean
  /** Its replies are offered as buttons, so the text need not list them. */
  offering: boolean
  /** Another answer can be asked for. */
  repeatable: boolean
  /** A line stands that can bring the rest of it. */
  online: boolean
}

/** What the assistant or a person answers: plain on the surface, so that a long one reads like a page. */
export const AnswerView = memo(function AnswerView(props: AnswerProps) {
  const { text, message, thumb, latest, offering, repeatable, online } = props
  const options = useMemo(() => (message ? markCitations(message) : runningMarks), [message])
  const cards = message?.cards ?? noCards
  const listed = useMemo(() => withoutListed(text, cards), [text, cards])
  const shown = offering && message?.options ? withoutReplies(listed, message.options) : listed
  return (
    <article aria-label={label(message)} className="group flex gap-3">
      <Avatar message={message} />
      <div className="min-w-0 flex-1">
        <Head message={message} />
        {shown !== '' && (
          <div dir="auto" className="mt-0.5">
            <StreamingMarkdown text={shown} complete={message !== undefined} options={options} />
          </div>
        )}
        {message && <Cards messageId={message.message_id} cards={cards} />}
        {offering && <QuickReplies options={message?.options ?? []} />}
        {message ? <End message={message} thumb={thumb} latest={latest} repeatable={repeatable} /> : <Progress online={online} />}
      </div>
    </article>
  )
})

const noCards: Card[] = []

function End({ message, ...foot }: { message: StoredMessage } & Pick<AnswerProps, 'thumb' | 'latest' | 'repeatable'>) {
  const ending = endingOf(message)
  const { citations = [] } = message
  return (
    <>
      {ending !== undefined && <p className="mt-1 text-sm text-muted italic">{ending}</p>}
      <Sources citations={citations} />
      <CitationCards messageId={message.message_id} citations={citations} />
      {(message.content !== '' || foot.repeatable) && <AnswerFoot message={message} {...foot} />}
    </>
  )
}

/** What is to be said of an answer that did not come to its end. */
function endingOf({ status, content }: StoredMessage): string | undefined {
  if (status !== 'stopped') return undefined
  return content === '' ? texts.stoppedEmpty : texts.stopped
}

function Head({ message }: { message: StoredMessage | undefined }) {
  const { clock } = useChat()
  return (
    <p className="flex min-h-7 flex-wrap items-center gap-x-2 text-sm">
      <span className="font-semibold">{speaker(message)}</span>
      {isAssistant(message) && (
        <Badge>
          <span title={texts.aiLabel}>{texts.ai}</span>
        </Badge>
      )}
      {message?.decision?.agent !== undefined && <span className="text-muted">{message.decision.agent}</span>}
      {message && (
        <time dateTime={message.timestamp} title={clock.full(message.timestamp)} className="text-xs text-muted">
          {clock.time(message.timestamp)}
        </time>
      )}
    </p>
  )
}

function Avatar({ message }: { message: StoredMessage | undefined }) {
  return isAssistant(message) ? <AssistantAvatar /> : <PersonAvatar name={speaker(message)} />
}

function isAssistant(message: StoredMessage | undefined): boolean {
  return message === undefined || message.role === 'assistant'
}

function speaker(message: StoredMessage | undefined): string {
  return message?.author?.name ?? (isAssistant(message) ? texts.assistant : texts.operator)
}

function label(message: StoredMessage | undefined): string {
  return isAssistant(message) ? `${speaker(message)}, ${texts.ai}` : speaker(message)
}
