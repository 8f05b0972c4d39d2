import { AssistantAvatar } from './avatar.tsx'
import { texts } from './texts.ts'

interface ProgressProps {
  /** A line stands that can bring the answer. */
  online: boolean
}

/** A question is with the assistant, and nothing of the answer is there yet. */
export function Thinking({ online }: ProgressProps) {
  return (
    <div className="flex items-center gap-3">
      <AssistantAvatar />
      <Progress online={online} />
    </div>
  )
}

/** Three dots, one after the other, as long as an answer can come. */
export function Progress({ online }: ProgressProps) {
  if (!online) return <p className="text-sm text-muted">{texts.answerWaits}</p>
  return (
    <span className="inline-flex h-6 items-center gap-1">
      <span className="sr-only">{texts.thinking}</span>
      <span aria-hidden className={dot} />
      <span aria-hidden className={`${dot} [animation-delay:160ms]`} />
      <span aria-hidden className={`${dot} [animation-delay:320ms]`} />
    </span>
  )
}

const dot = 'size-1.5 animate-breathe rounded-full bg-muted forced-colors:border'
