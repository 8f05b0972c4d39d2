import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { IconButton } from '#components/ui/button.tsx'
import { classes } from '#components/ui/classes.ts'
import { useChat } from './chat-context.ts'
import { texts } from './texts.ts'

interface ThumbsProps {
  messageId: string
  thumb: 'up' | 'down' | undefined
  onUp: () => void
  onDown: () => void
}

/** Whether an answer helped. It may be changed; the log says what counts. */
export function Thumbs({ messageId, thumb, onUp, onDown }: ThumbsProps) {
  const { act } = useChat()

  async function rate(rating: 'up' | 'down', then: () => void): Promise<void> {
    if (thumb === rating || (await act({ type: 'feedback', rating, message_id: messageId }))) then()
  }

  return (
    <>
      <IconButton label={texts.good} aria-pressed={thumb === 'up'} onClick={() => rate('up', onUp)}>
        <ThumbsUp aria-hidden className={classes('size-4', thumb === 'up' && chosen)} />
      </IconButton>
      <IconButton label={texts.bad} aria-pressed={thumb === 'down'} onClick={() => rate('down', onDown)}>
        <ThumbsDown aria-hidden className={classes('size-4', thumb === 'down' && chosen)} />
      </IconButton>
    </>
  )
}

const chosen = 'fill-accent/25 text-accent'
