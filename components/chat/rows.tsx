import { memo } from 'react'
import { AnswerView } from './answer.tsx'
import { Attempt } from './attempt.tsx'
import { ApprovalCard } from './cards/approval-card.tsx'
import { useChat } from './chat-context.ts'
import type { Row } from './log-rows.ts'
import { Note } from './note.tsx'
import { Thinking } from './thinking.tsx'
import { UnsentMessage } from './unsent-message.tsx'
import { ChangedMessage, VisitorMessage } from './visitor-message.tsx'

interface RowsProps {
  rows: readonly Row[]
  thumbs: Readonly<Record<string, 'up' | 'down'>>
  /** The answer whose replies are offered. */
  offering: string | undefined
  /** The message that can be said in other words, and the answer that can be asked for again. */
  editable: string | undefined
  repeatable: string | undefined
  online: boolean
}

/** All rows of the log. Those whose content did not change are not drawn again. */
export function Rows({ rows, ...context }: RowsProps) {
  const latest = rows.findLast(({ kind }) => kind === 'answer')?.key
  return rows.map((row, index) => (
    <RowView key={row.key} row={row} latest={row.key === latest} last={index === rows.length - 1} {...context} />
  ))
}

interface RowProps extends Omit<RowsProps, 'rows'> {
  row: Row
  /** The latest answer. */
  latest: boolean
  /** Nothing stands below it. */
  last: boolean
}

function RowView({ row, latest, last, thumbs, offering, editable, repeatable, online }: RowProps) {
  switch (row.kind) {
    case 'day':
      return <Day timestamp={row.timestamp} />
    case 'visitor':
      return <VisitorMessage message={row.message} editable={editable === row.message.message_id} />
    case 'changed':
      return <ChangedMessage message={row.message} />
    case 'answer': {
      const { message_id, text, message } = row.answer
      const offers = offering === message_id
      return (
        <AnswerView
          text={text}
          message={message}
          thumb={thumbs[message_id]}
          latest={latest}
          offering={offers}
          repeatable={repeatable === message_id}
          online={online || message !== undefined}
        />
      )
    }
    case 'attempt':
      return <Attempt message={row.message} status={row.status} folded={row.folded} />
    case 'note':
      return <Note event={row.event} last={last} />
    case 'approval':
      return <ApprovalCard request={row.request} standing={row.standing} online={online} />
    case 'unsent':
      return <UnsentMessage item={row.item} online={online} />
    case 'thinking':
      return <Thinking online={online} />
  }
}

const Day = memo(function Day({ timestamp }: { timestamp: string }) {
  const { clock } = useChat()
  return (
    <p className="flex items-center gap-4 text-xs text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <time dateTime={clock.dayKey(timestamp)}>{clock.day(timestamp, new Date())}</time>
    </p>
  )
})
