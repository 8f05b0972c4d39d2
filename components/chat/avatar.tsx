import { ConciergeBell } from 'lucide-react'

const shape = 'inline-flex size-7 shrink-0 items-center justify-center rounded-full border border-line bg-raised'

export function AssistantAvatar() {
  return (
    <span aria-hidden className={`${shape} text-accent`}>
      <ConciergeBell className="size-4" />
    </span>
  )
}

/** A person, by the first letters of the name. */
export function PersonAvatar({ name }: { name: string }) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
  return (
    <span aria-hidden className={`${shape} bg-sunken text-[0.6875rem] font-semibold text-muted uppercase`}>
      {initials.join('')}
    </span>
  )
}
