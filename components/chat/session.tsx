import { useEffect, useState } from 'react'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'
import { useChat } from './chat-context.ts'
import { Greeting } from './greeting.tsx'
import { LoadingLog } from './loading-log.tsx'
import { offeringMessage, rowsOf } from './log-rows.ts'
import { Rows } from './rows.tsx'
import { Survey } from './survey.tsx'

interface SessionProps {
  snapshot: Snapshot
  suggestions: readonly string[]
  returning: boolean
}

/** What was said in the session; before that, a greeting. */
export function Session({ snapshot, suggestions, returning }: SessionProps) {
  const { clock } = useChat()
  const { log, unsent, connection } = snapshot
  const told = useTold(snapshot)
  if (log.items.length === 0 && unsent.length === 0) {
    const waiting = returning && !told && connection !== 'error'
    return waiting ? <LoadingLog /> : <Greeting suggestions={suggestions} />
  }
  const online = connection === 'live' || connection === 'polling'
  return (
    <div className="mx-auto flex w-full max-w-column flex-col gap-6 pt-6 pb-8">
      <Rows rows={rowsOf(log, unsent, clock.dayKey)} thumbs={log.thumbs} offering={offeringMessage(log, unsent)} online={online} />
      <Survey key={snapshot.sessionId} due={log.surveyDue} grade={log.grade} closed={log.status === 'closed'} />
    </div>
  )
}

/** How long a log that begins to be told may take to show something, in milliseconds. */
const TELLING_MS = 200

/** Whether the desk has told what there is to tell: an empty log is then truly empty. */
function useTold({ log, sessionId }: Snapshot): boolean {
  const [told, setTold] = useState<string>()
  const begun = log.epoch !== undefined
  useEffect(() => {
    if (!begun) return
    const timer = setTimeout(() => setTold(sessionId), TELLING_MS)
    return () => clearTimeout(timer)
  }, [begun, sessionId])
  return begun && told === sessionId
}
