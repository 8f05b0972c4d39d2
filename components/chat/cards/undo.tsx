import { Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useChat } from '../chat-context.ts'
import { texts } from '../texts.ts'
import { clockTime, useCountdown } from './countdown.ts'
import { useShop } from './shop-context.ts'
import { useLeave } from './use-leave.ts'

interface UndoProps {
  effect_id: string
  /** ISO 8601. */
  until: string
}

/**
 * Takes an order back, as long as that is possible. It is gone when the time is over, and who saw it run out is told so; or
 * when the answer is there that says what came of it.
 */
export function Undo({ effect_id, until }: UndoProps) {
  const { undo } = useChat()
  const { told } = useShop()
  const left = useCountdown(Date.parse(until))
  const offered = useRef(left > 0)
  const [state, setState] = useState<'open' | { since: number } | { failed: string }>('open')
  const undoing = typeof state === 'object' && 'since' in state
  const failed = typeof state === 'object' && 'failed' in state && state.failed
  if (!offered.current || (undoing && told > state.since)) return null

  async function takeBack(): Promise<void> {
    if (undoing) return
    setState({ since: told })
    try {
      await undo(effect_id)
    } catch (error) {
      setState({ failed: (error as Error).message })
    }
  }

  return (
    <div className="mt-3 border-t border-line pt-3 text-sm">
      {(left > 0 || undoing) && <Offer left={left} undoing={undoing} onPress={() => void takeBack()} />}
      <p role="status" className="text-muted empty:hidden">
        {left === 0 && !undoing && texts.shop.undoOver}
      </p>
      <p role="alert" className="mt-1 text-bad empty:hidden">
        {failed}
      </p>
    </div>
  )
}

interface OfferProps {
  /** Seconds. */
  left: number
  undoing: boolean
  onPress: () => void
}

function Offer({ left, undoing, onPress }: OfferProps) {
  const { rest } = useChat()
  const box = useRef<HTMLDivElement>(null)
  useLeave(box, rest)
  return (
    <div ref={box} className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button aria-disabled={undoing} icon={<Undo2 aria-hidden className="size-4" />} onClick={onPress}>
        {undoing ? texts.shop.undoing : texts.shop.undo}
      </Button>
      {!undoing && (
        <p className="text-muted">
          {texts.shop.undoLeft}{' '}
          <span role="timer" className="tabular-nums">
            {clockTime(left)}
          </span>
        </p>
      )}
    </div>
  )
}
