import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CommentField } from '#components/ui/comment-field.tsx'
import { intoView } from '#components/ui/into-view.ts'
import { useChat } from './chat-context.ts'
import { texts } from './texts.ts'

/** After a thumb down: what was wrong, if the visitor cares to say. */
export function ReasonForm({ messageId }: { messageId: string }) {
  const { act } = useChat()
  const [comment, setComment] = useState('')
  const [state, setState] = useState<'open' | 'sent' | 'skipped'>('open')
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const opener = useRef<Element>(null)
  useEffect(() => {
    opener.current = document.activeElement
    field.current?.focus({ preventScroll: true })
  }, [])

  /** The form goes, and its focus back to where it came from. */
  function leave(as: 'sent' | 'skipped'): void {
    setState(as)
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
  }

  async function send(): Promise<void> {
    const said = comment.trim()
    if (said === '') return leave('skipped')
    if (await act({ type: 'feedback', rating: 'down', message_id: messageId, comment: said })) leave('sent')
  }

  if (state === 'skipped') return null
  if (state === 'sent') {
    return (
      <p role="status" className="mt-3 text-sm text-muted">
        {texts.thanksForReason}
      </p>
    )
  }
  return (
    <form
      ref={intoView}
      className="mt-3 max-w-measure rounded-bubble border border-line bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label htmlFor={id} className="text-sm font-medium">
        {texts.reasonQuestion}
      </label>
      <p className="text-xs text-muted">{texts.reasonHint}</p>
      <CommentField ref={field} id={id} value={comment} onChange={setComment} />
      <div className="mt-3 flex justify-end gap-2">
        <Button look="quiet" onClick={() => leave('skipped')}>
          {texts.skipReason}
        </Button>
        <Button look="primary" type="submit">
          {texts.sendReason}
        </Button>
      </div>
    </form>
  )
}
