import { useMemo } from 'react'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'
import { ShopContext, shopIn } from './cards/shop-context.ts'
import { useChat } from './chat-context.ts'
import { Greeting } from './greeting.tsx'
import { isOnline } from './line.ts'
import { LoadingLog } from './loading-log.tsx'
import { isBlank, offeringMessage, rowsOf } from './log-rows.ts'
import { OperatorTyping } from './operator-typing.tsx'
import { editable, repeatable } from './revisions.ts'
import { Rows } from './rows.tsx'
import { Survey } from './survey.tsx'
import { texts } from './texts.ts'

interface SessionProps {
  snapshot: Snapshot
  suggestions: readonly string[]
  returning: boolean
}

/** What was said in the session; before that, a greeting. */
export function Session({ snapshot, suggestions, returning }: SessionProps) {
  const { clock } = useChat()
  const { log, unsent, connection, oldNews } = snapshot
  const shop = useMemo(() => shopIn(log.items, log.customer), [log.items, log.customer])
  if (isBlank(log, unsent)) {
    // An empty log is truly empty once the desk has told all there is.
    const told = oldNews !== undefined && log.seq >= oldNews
    const waiting = returning && !told && connection !== 'error'
    if (waiting) return <LoadingLog />
    return (
      <>
        {log.items.length > 0 && <p className="pt-6 text-center text-sm text-muted">{texts.cleared}</p>}
        <Greeting suggestions={suggestions} />
      </>
    )
  }
  return (
    <div className="mx-auto flex w-full max-w-column flex-col gap-6 pt-6 pb-8">
      <ShopContext value={shop}>
        <Rows
          rows={rowsOf(log, unsent, clock.dayKey)}
          thumbs={log.thumbs}
          offering={offeringMessage(log, unsent)}
          editable={editable(log, unsent)}
          repeatable={repeatable(log, unsent)}
          online={isOnline(connection)}
        />
      </ShopContext>
      <OperatorTyping typing={log.typing} />
      <Survey key={snapshot.sessionId} due={log.surveyDue} grade={log.grade} closed={log.status === 'closed'} />
    </div>
  )
}
