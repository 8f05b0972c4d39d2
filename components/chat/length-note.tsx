import { texts } from './texts.ts'

/** Tells in time that a message grows too long, and by how much it is. */
export function LengthNote({ length }: { length: { left: number } | { over: number } | undefined }) {
  if (!length) return null
  if ('left' in length) return <p className="mt-1.5 px-1 text-xs text-muted tabular-nums">{texts.left(length.left)}</p>
  return (
    <p role="alert" className="mt-1.5 px-1 text-sm text-bad tabular-nums">
      {texts.tooLong(length.over)}
    </p>
  )
}
