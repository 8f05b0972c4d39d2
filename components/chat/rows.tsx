import { memo } from 'react'
import { AnswerView } from './answer.tsx'
import { useChat } from './chat-context.ts'
import type { Row } from './log-rows.ts'
import { Note } from './note.tsx'
import { Thinking } from './thinking.tsx'
import { UnsentMessage } from './unsent-message.tsx'
import { VisitorMessage } from './visitor-message.tsx'

interface RowsProps {
  rows: readonly Row[]
  thumbs: Readonly<Record<string, 'up' | 'down'>>
  /** The answer whose replies are offered. */
  offering: string | undefined
  online: boolean
}

/** All rows of the log. Those whose content did not change are not drawn again. */
export function Rows({ rows, ...context }: RowsProps) {
  const latest = rows.findLast(({ kind }) => kind === 'answer')?.key
  return rows.map((row) => <RowView key={row.key} row={row} latest={row.key === latest} {...context} />)
}

interface RowProps extends Omit<RowsProps, 'rows'> {
  row: Row
  latest: boolean
}

function RowView({ row, latest, thumbs, offering, online }: RowProps) {
  switch (row.kind) {
    case 'day':
      return <Day timestamp={row.timestamp} />
    case 'visitor':
      return <VisitorMessage message={row.message} />
    case 'answer': {
      const { message_id, text, message } = row.answer
      return <AnswerView text={text} message={message} thumb={thumbs[message_id]} latest={latest} offering={offering === message_id} />
    }
    case 'note':
      return <Note event={row.event} />
    case 'unsent':
      return <UnsentMessage item={row.item} online={online} />
    case 'thinking':
      return <Thinking />
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
