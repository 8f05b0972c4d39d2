import { CircleAlert, Clock3, RotateCcw, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Unsent } from '#lib/transport/client/outbox.ts'
import { useChat } from './chat-context.ts'
import { MessageFiles } from './message-files.tsx'
import { texts } from './texts.ts'
import { Bubble } from './visitor-message.tsx'

/** A message on its way, or one that the desk did not take: nothing that was written is lost. */
export const UnsentMessage = memo(function UnsentMessage({ item, online }: { item: Unsent; online: boolean }) {
  const { client_msg_id, text, attachments, failed } = item
  const state = online ? texts.sending : texts.waitingToBeSent
  return (
    <article aria-label={`${texts.you}, ${failed === undefined ? state : texts.notSent}`} className="flex flex-col items-end gap-1">
      <MessageFiles files={attachments} />
      {text !== '' && <Bubble text={text} faint={failed !== undefined} />}
      {failed === undefined ? (
        <p className="inline-flex items-center gap-1.5 px-1 text-xs text-muted">
          <Clock3 aria-hidden className="size-3" />
          {state}
        </p>
      ) : (
        <Failed id={client_msg_id} reason={failed} />
      )}
    </article>
  )
})

function Failed({ id, reason }: { id: string; reason: string }) {
  const { retry, discard } = useChat()
  return (
    <div className="flex max-w-full flex-wrap items-center justify-end gap-x-2 gap-y-1">
      <p role="alert" className="inline-flex items-start gap-1.5 text-sm text-bad">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {texts.notSent}. {reason}
        </span>
      </p>
      <span className="inline-flex gap-1">
        <Button look="quiet" icon={<RotateCcw aria-hidden className="size-3.5" />} onClick={() => retry(id)}>
          {texts.retry}
        </Button>
        <Button look="quiet" icon={<Trash2 aria-hidden className="size-3.5" />} onClick={() => discard(id)}>
          {texts.remove}
        </Button>
      </span>
    </div>
  )
}
