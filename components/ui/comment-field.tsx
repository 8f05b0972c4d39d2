import type { Ref } from 'react'

interface CommentFieldProps {
  ref?: Ref<HTMLTextAreaElement>
  id: string
  value: string
  onChange: (value: string) => void
}

/** The longest comment that the desk takes, in UTF-16 units. */
const MAX_COMMENT = 2000

/** A field for a few sentences. */
export function CommentField({ ref, id, value, onChange }: CommentFieldProps) {
  return (
    <textarea
      ref={ref}
      id={id}
      dir="auto"
      rows={3}
      maxLength={MAX_COMMENT}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="mt-2 block w-full resize-y rounded-field border border-muted/50 bg-surface px-3 py-2 text-base"
    />
  )
}
