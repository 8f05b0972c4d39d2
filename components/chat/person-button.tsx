import { Check, UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { SessionState } from '#lib/protocol/state.ts'
import { useChat } from './chat-context.ts'
import { texts } from './texts.ts'

/** The way to a person, always one tap away. Once it was taken the button says so, and does nothing more. */
export function PersonButton({ status }: { status: SessionState['status'] }) {
  const { act } = useChat()
  const [asking, setAsking] = useState(false)
  if (status === 'human') return null
  const asked = status === 'waiting'

  async function ask(): Promise<void> {
    if (asked || asking) return
    setAsking(true)
    await act({ type: 'handoff' })
    setAsking(false)
  }

  return (
    <Button
      aria-disabled={asked || asking}
      icon={asked ? <Check {...icon} /> : <UserRound {...icon} />}
      onClick={ask}
      className="max-xs:px-2.5"
    >
      <span className="sm:hidden">{asked ? texts.personRequestedShort : texts.talkToPersonShort}</span>
      <span className="hidden sm:inline">{asked ? texts.personRequested : texts.talkToPerson}</span>
    </Button>
  )
}

const icon = { 'aria-hidden': true, className: 'hidden size-4 xs:block' } as const
