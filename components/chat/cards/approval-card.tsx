import { CircleCheck, Clock3, ShieldQuestionMark } from 'lucide-react'
import { memo, type ReactNode, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { classes } from '#components/ui/classes.ts'
import type { ApprovalRequest } from '#lib/protocol/events.ts'
import { useChat } from '../chat-context.ts'
import { texts } from '../texts.ts'
import { Progress } from '../thinking.tsx'
import { clockTime, useCountdown } from './countdown.ts'
import { OrderItems } from './order-items.tsx'
import type { Standing } from './standing.ts'
import { useLeave } from './use-leave.ts'

interface ApprovalCardProps {
  request: ApprovalRequest
  standing: Standing
  online: boolean
}

/**
 * Asks the visitor for what only they may decide. Nothing but a press of its button approves anything; what became of it
 * the log says, so that a reload, a second tab and a lost line show the same.
 */
export const ApprovalCard = memo(function ApprovalCard({ request, standing, online }: ApprovalCardProps) {
  const left = useCountdown(Date.parse(request.expires_at))
  const now = standing === 'open' && left === 0 ? 'expired' : standing
  const words = texts.shop.approval(request.tool)
  const box = useRef<HTMLElement>(null)
  return (
    <article
      ref={box}
      tabIndex={-1}
      aria-label={`${words.title} ${request.summary}`}
      className={classes(
        'max-w-md min-w-0 animate-appear rounded-bubble border bg-raised p-4 xs:ms-10',
        now === 'open' ? 'border-accent/50' : 'border-line',
      )}
    >
      {now === 'open' && <Question request={request} left={left} onLeave={() => box.current?.focus({ preventScroll: true })} />}
      <div role="status" className="text-sm empty:hidden">
        {now !== 'open' && <Outcome request={request} standing={now} online={online} />}
      </div>
      {(now === 'expired' || now === 'void') && <AskAgain request={request} />}
    </article>
  )
})

interface QuestionProps {
  request: ApprovalRequest
  /** Seconds. */
  left: number
  /** It had the focus, and is gone. */
  onLeave: () => void
}

function Question({ request, left, onLeave }: QuestionProps) {
  const { approve } = useChat()
  const [state, setState] = useState<'open' | 'approve' | 'reject' | { failed: string }>('open')
  const words = texts.shop.approval(request.tool)
  const busy = typeof state === 'string' && state !== 'open'
  const box = useRef<HTMLDivElement>(null)
  useLeave(box, onLeave)

  async function decide(decision: 'approve' | 'reject'): Promise<void> {
    if (busy) return
    setState(decision)
    try {
      await approve(request, decision)
    } catch (error) {
      setState({ failed: (error as Error).message })
    }
  }

  return (
    <div ref={box}>
      <p className="flex items-center gap-2 font-semibold">
        <ShieldQuestionMark aria-hidden className="size-5 shrink-0 text-accent" />
        {words.title}
      </p>
      <p dir="auto" className="mt-1 text-sm wrap-anywhere text-muted">
        {sentence(request.summary)} {texts.shop.nothingYet}
      </p>
      <OrderItems order={request.card} />
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="primary" aria-disabled={busy} onClick={() => void decide('approve')} className="grow">
          {state === 'approve' ? words.sending : words.approve}
        </Button>
        <Button aria-disabled={busy} onClick={() => void decide('reject')} className="grow">
          {words.reject}
        </Button>
      </div>
      <p role="alert" className="mt-2 text-sm text-bad empty:hidden">
        {typeof state === 'object' && state.failed}
      </p>
      <p className="mt-3 flex items-center gap-1.5 text-xs text-muted">
        <Clock3 aria-hidden className="size-3.5" />
        {texts.shop.timeLeft}
        <span role="timer" className="tabular-nums">
          {clockTime(left)}
        </span>
      </p>
    </div>
  )
}

/** A summary as one sentence among others. */
function sentence(summary: string): string {
  return /[.!?]$/.test(summary) ? summary : `${summary}.`
}

interface OutcomeProps {
  request: ApprovalRequest
  standing: Exclude<Standing, 'open'>
  online: boolean
}

function Outcome({ request, standing, online }: OutcomeProps) {
  const words = texts.shop.approval(request.tool)
  const said: Record<typeof standing, string> = {
    approved: words.carriedOut,
    done: words.approved,
    rejected: words.rejected,
    expired: texts.shop.expired,
    void: texts.shop.void,
  }
  return (
    <>
      <Line icon={standing === 'approved' || standing === 'done' ? <CircleCheck {...icon} /> : undefined}>{said[standing]}</Line>
      <p dir="auto" className="mt-0.5 wrap-anywhere text-muted">
        {request.summary}
      </p>
      {standing === 'approved' && <Progress online={online} />}
    </>
  )
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-center gap-2 font-medium">
      {icon}
      {children}
    </p>
  )
}

/** Says once more what was wanted, in words that every desk understands. */
function AskAgain({ request: { tool, summary, card } }: { request: ApprovalRequest }) {
  const { say } = useChat()
  return (
    <Button onClick={() => say(tool === 'create_order' ? texts.shop.say.order(card.items) : summary)} className="mt-3">
      {texts.shop.askAgain}
    </Button>
  )
}

const icon = { 'aria-hidden': true, className: 'size-4 shrink-0 text-good' } as const
