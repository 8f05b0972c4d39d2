import { AssistantAvatar } from './avatar.tsx'
import { texts } from './texts.ts'

/** A question is with the assistant, and nothing of the answer is there yet. */
export function Thinking() {
  return (
    <div className="flex items-center gap-3">
      <AssistantAvatar />
      <Dots label={texts.thinking} />
    </div>
  )
}

/** Three dots, one after the other. */
export function Dots({ label }: { label: string }) {
  return (
    <span className="inline-flex h-6 items-center gap-1">
      <span className="sr-only">{label}</span>
      <span aria-hidden className={dot} />
      <span aria-hidden className={`${dot} [animation-delay:160ms]`} />
      <span aria-hidden className={`${dot} [animation-delay:320ms]`} />
    </span>
  )
}

const dot = 'size-1.5 animate-breathe rounded-full bg-muted forced-colors:border'
