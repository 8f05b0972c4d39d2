import { CircleAlert, FileText, LoaderCircle, X } from 'lucide-react'
import { classes } from '#components/ui/classes.ts'
import { texts } from './texts.ts'
import type { PendingFile } from './use-attachments.ts'

/** The files of the message that is being written, and how each is doing. */
export function PendingFiles({ files, onRemove }: { files: readonly PendingFile[]; onRemove: (key: number) => void }) {
  if (files.length === 0) return null
  return (
    <ul aria-label={texts.attachments} className="mb-2 flex flex-wrap gap-1.5">
      {files.map(({ key, name, attachment, failed }) => (
        <li
          key={key}
          className={classes(
            'inline-flex max-w-full items-center gap-1.5 rounded-field border bg-raised py-1 pr-1 pl-2.5 text-sm',
            failed ? 'border-bad/50 text-bad' : 'border-line',
          )}
        >
          <State ready={attachment !== undefined} failed={failed !== undefined} />
          <span className="min-w-0 truncate" role={failed ? 'alert' : undefined}>
            {failed ? texts.fileFailed(name, failed) : name}
          </span>
          {!failed && !attachment && <span className="sr-only">{texts.fileSending(name)}</span>}
          <button
            type="button"
            aria-label={texts.removeFile(name)}
            title={texts.removeFile(name)}
            onClick={() => onRemove(key)}
            className="inline-flex size-7 shrink-0 items-center justify-center rounded-field text-muted hover:bg-ink/6 hover:text-ink touch:size-11"
          >
            <X aria-hidden className="size-4" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function State({ ready, failed }: { ready: boolean; failed: boolean }) {
  if (failed) return <CircleAlert aria-hidden className="size-4 shrink-0" />
  if (ready) return <FileText aria-hidden className="size-4 shrink-0 text-muted" />
  return <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin text-muted motion-reduce:animate-none" />
}
