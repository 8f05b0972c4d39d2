import { memo } from 'react'
import { asObject, type FrameRecord } from './wire.ts'

const directions = {
  in: { sign: '←', name: 'in', look: 'text-ink' },
  out: { sign: '→', name: 'out', look: 'text-accent' },
  note: { sign: '·', name: 'socket', look: 'text-muted' },
} as const

/** One frame: when, which way, what. */
export const FrameRow = memo(function FrameRow({ frame, pretty }: { frame: FrameRecord; pretty: boolean }) {
  const { sign, name, look } = directions[frame.direction]
  const parsed = asObject(frame.text)
  const type = typeof parsed?.type === 'string' && parsed.type
  return (
    <li className={`font-mono text-sm ${look}`}>
      <p className="flex flex-wrap gap-x-3 text-xs text-muted">
        <time dateTime={new Date(frame.at).toISOString()}>{clock(frame.at)}</time>
        <span>
          <span aria-hidden>{sign}</span> {name}
        </span>
        {type && <span>{type}</span>}
      </p>
      <pre className="break-words whitespace-pre-wrap">{pretty && parsed ? JSON.stringify(parsed, null, 2) : frame.text}</pre>
    </li>
  )
})

/** Hours to milliseconds, in the reader's own time. */
function clock(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`
}
