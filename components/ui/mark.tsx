import { ConciergeBell } from 'lucide-react'

/** The desk's mark: a bell on the accent. */
export function Mark({ large = false }: { large?: boolean }) {
  const size = large ? 'size-12 rounded-bubble' : 'size-9 rounded-field'
  return (
    <span aria-hidden className={`inline-flex shrink-0 items-center justify-center bg-accent text-on-accent ${size}`}>
      <ConciergeBell className={large ? 'size-6' : 'size-4.5'} />
    </span>
  )
}
