import { ChevronDown, RotateCcw } from 'lucide-react'
import { useId, useState } from 'react'
import { Button, IconButton } from '#components/ui/button.tsx'
import { classes } from '#components/ui/classes.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { AnswerFacts } from './answer-facts.tsx'
import { useChat } from './chat-context.ts'
import { ReasonForm } from './reason-form.tsx'
import { texts } from './texts.ts'
import { Thumbs } from './thumbs.tsx'

interface AnswerFootProps {
  message: StoredMessage
  thumb: 'up' | 'down' | undefined
  latest: boolean
  /** Another answer can be asked for. */
  repeatable: boolean
}

/** What can be done with an answer. Below older answers it shows itself to the mouse and to the keyboard. */
export function AnswerFoot({ message, thumb, latest, repeatable }: AnswerFootProps) {
  const { act, regenerates } = useChat()
  const [explained, setExplained] = useState(false)
  const [asking, setAsking] = useState(false)
  const factsId = useId()
  const quiet = !latest && !explained && !asking && thumb === undefined
  const hidden = '[@media(hover:hover)]:opacity-0 group-hover:opacity-100 focus-within:opacity-100'
  return (
    <>
      <div className={classes('-ms-2 mt-1 -mb-2 flex flex-wrap items-center transition-opacity duration-100', quiet && hidden)}>
        {message.content !== '' && <CopyButton text={message.content} label={texts.copyAnswer} done={texts.copied} />}
        {repeatable && (regenerates || message.status === 'stopped') && (
          <IconButton label={texts.answerAgain} onClick={() => void act({ type: 'regenerate' })}>
            <RotateCcw aria-hidden className="size-4" />
          </IconButton>
        )}
        {message.role === 'assistant' && message.content !== '' && (
          <Thumbs messageId={message.message_id} thumb={thumb} onDown={() => setAsking(true)} onUp={() => setAsking(false)} />
        )}
        {message.role === 'assistant' && (
          <Button
            look="quiet"
            aria-label={texts.why}
            aria-expanded={explained}
            aria-controls={factsId}
            onClick={() => setExplained(!explained)}
            className="px-2 font-normal"
          >
            <span className="xs:hidden">{texts.whyShort}</span>
            <span className="max-xs:hidden">{texts.why}</span>
            <ChevronDown aria-hidden className={classes('size-4 transition-transform duration-100', explained && 'rotate-180')} />
          </Button>
        )}
      </div>
      {asking && <ReasonForm messageId={message.message_id} />}
      <div id={factsId} className="empty:hidden">
        {explained && <AnswerFacts message={message} />}
      </div>
    </>
  )
}
