import { ArrowUp, Paperclip, Square, SquareSlash } from 'lucide-react'
import { IconButton } from '#components/ui/button.tsx'
import { texts } from './texts.ts'

interface ComposerButtonsProps {
  busy: boolean
  empty: boolean
  sendable: boolean
  /** Undefined where no files are taken. */
  onAttach: (() => void) | undefined
  onCommands: () => void
  onStop: () => void
}

/** Send turns into Stop while something is answered; who has written meanwhile finds both. */
export function ComposerButtons({ busy, empty, sendable, onAttach, onCommands, onStop }: ComposerButtonsProps) {
  return (
    <>
      {onAttach && (
        <IconButton label={texts.attach} onClick={onAttach}>
          <Paperclip aria-hidden className="size-4.5" />
        </IconButton>
      )}
      {empty && (
        <IconButton label={texts.commands} onClick={onCommands}>
          <SquareSlash aria-hidden className="size-4.5" />
        </IconButton>
      )}
      {busy && (
        <button
          type="button"
          aria-label={texts.stop}
          title={texts.stop}
          onClick={onStop}
          className={`${round} bg-ink/8 text-ink hover:bg-ink/14`}
        >
          <Square aria-hidden className="size-3.5 fill-current" />
        </button>
      )}
      {!(busy && empty) && (
        <button
          type="submit"
          aria-label={texts.send}
          title={texts.send}
          disabled={empty || !sendable}
          className={`${round} bg-accent text-on-accent hover:bg-accent/90 disabled:bg-ink/6 disabled:text-muted`}
        >
          <ArrowUp aria-hidden className="size-5" />
        </button>
      )}
    </>
  )
}

const round =
  'inline-flex size-9 shrink-0 items-center justify-center rounded-field transition-colors duration-100 touch:size-11 forced-colors:border'
