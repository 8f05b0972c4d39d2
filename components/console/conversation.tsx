import { ArrowLeft } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useStickToBottom } from 'use-stick-to-bottom'
import { createClock, localeOf } from '#components/chat/time.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { ask, type Me } from './desk.ts'
import { Reply } from './reply.tsx'
import { texts } from './texts.ts'
import { Transcript } from './transcript.tsx'
import { useSession } from './use-session.ts'

interface ConversationProps {
  me: Me
  sessionKey: string
  onBack: () => void
}

/** One conversation: what was said, and what the operator can do. */
export function Conversation({ me, sessionKey, onBack }: ConversationProps) {
  const followed = useSession(sessionKey)
  const [fault, setFault] = useState('')
  const clock = useMemo(() => createClock(localeOf(globalThis.navigator?.languages ?? [])), [])
  const { scrollRef, contentRef } = useStickToBottom({ initial: 'instant' })
  const { status, operator, customer } = followed.log
  const holds = status === 'human' && operator?.name === me.name

  const act = (action: object) => ask(`sessions/${encodeURIComponent(sessionKey)}/actions`, action)

  async function press(action: object): Promise<void> {
    setFault('')
    try {
      await act(action)
    } catch (error) {
      setFault((error as Error).message)
    }
  }

  async function say(kind: 'reply' | 'note', text: string): Promise<void> {
    await act(kind === 'reply' ? { type: 'message', text, client_msg_id: crypto.randomUUID() } : { type: 'note', text })
  }

  return (
    <section aria-label={customer?.name ?? texts.visitor} className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-wrap items-center gap-2 border-b border-line p-3">
        <IconButton label={texts.back} onClick={onBack} className="lg:hidden">
          <ArrowLeft aria-hidden className="size-5 rtl:rotate-180" />
        </IconButton>
        <div className="min-w-0 flex-1">
          <h2 dir="auto" className="truncate font-semibold">
            {customer?.name ?? texts.visitor}
          </h2>
          <p className="text-sm text-muted">{operator && !holds ? texts.heldBy(operator.name) : texts.status[status]}</p>
        </div>
        {holds ? (
          <Button onClick={() => void press({ type: 'release' })}>{texts.release}</Button>
        ) : (
          <Button look="primary" onClick={() => void press({ type: 'take', ...(operator && { from: operator.name }) })}>
            {operator ? texts.takeFrom(operator.name) : texts.take}
          </Button>
        )}
        {status !== 'closed' && (
          <Button look="quiet" onClick={() => void press({ type: 'close' })}>
            {texts.close}
          </Button>
        )}
        <p role="alert" className="w-full text-sm text-bad empty:hidden">
          {fault}
        </p>
      </header>
      <div
        ref={scrollRef}
        role="log"
        aria-label={texts.sessions}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div ref={contentRef} className="mx-auto max-w-3xl">
          <Transcript followed={followed} clock={clock} />
        </div>
      </div>
      <Reply holds={holds} onSay={say} onTyping={(is_typing) => void press({ type: 'typing', is_typing })} />
    </section>
  )
}
