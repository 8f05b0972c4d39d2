import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { classes } from '#components/ui/classes.ts'
import { texts } from './texts.ts'

interface ReplyProps {
  /** This operator holds the session, so what is written reaches the visitor. */
  holds: boolean
  /** Sends words to the visitor, or keeps them as a note. Rejects with a sentence when it could not be done. */
  onSay: (kind: 'reply' | 'note', text: string) => Promise<void>
  onTyping: (isTyping: boolean) => void
}

/** Says that somebody writes at most this often, in milliseconds. */
const TYPING_MS = 4000

/** Where an operator writes. */
export function Reply({ holds, onSay, onTyping }: ReplyProps) {
  const [wanted, setWanted] = useState<'reply' | 'note'>('reply')
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  const saidTyping = useRef(0)
  const id = useId()
  const kind = holds ? wanted : 'note'

  async function send(): Promise<void> {
    if (text.trim() === '') return
    setFault('')
    try {
      await onSay(kind, text)
      setText('')
      saidTyping.current = 0
    } catch (error) {
      setFault((error as Error).message)
    }
  }

  function change(value: string): void {
    setText(value)
    if (kind !== 'reply' || Date.now() - saidTyping.current < TYPING_MS) return
    saidTyping.current = Date.now()
    onTyping(true)
  }

  function press(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // While a word is being composed, Enter belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }

  return (
    <div className="border-t border-line p-3">
      <fieldset className="mb-2 flex items-center gap-1">
        <legend className="sr-only">{texts.kind}</legend>
        {(['reply', 'note'] as const).map((one) => (
          <button
            key={one}
            type="button"
            disabled={one === 'reply' && !holds}
            aria-pressed={one === kind}
            onClick={() => setWanted(one)}
            className={classes(
              'inline-flex min-h-8 items-center rounded-field px-2.5 text-sm disabled:opacity-50 touch:min-h-11',
              one === kind ? 'bg-ink/8 font-medium' : 'text-muted hover:text-ink',
            )}
          >
            {texts[one]}
          </button>
        ))}
        {!holds && <p className="ms-2 text-xs text-muted">{texts.takeFirst}</p>}
      </fieldset>
      <label htmlFor={id} className="sr-only">
        {kind === 'reply' ? texts.replyTo : texts.writeNote}
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={16_000}
        value={text}
        dir="auto"
        placeholder={kind === 'reply' ? texts.replyTo : texts.writeNote}
        onChange={(event) => change(event.target.value)}
        onKeyDown={press}
        onBlur={() => kind === 'reply' && saidTyping.current > 0 && onTyping(false)}
        className={classes(
          'w-full resize-y rounded-field border px-3 py-2 text-base',
          kind === 'note' ? 'border-warn bg-warn/10' : 'border-line bg-raised',
        )}
      />
      <div className="mt-2 flex items-center gap-3">
        <p role="alert" className="min-w-0 flex-1 text-sm text-bad">
          {fault}
        </p>
        <Button look="primary" onClick={() => void send()} disabled={text.trim() === ''}>
          {kind === 'reply' ? texts.send : texts.keep}
        </Button>
      </div>
    </div>
  )
}
