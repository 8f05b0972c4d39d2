import { useEffect, useRef, useState } from 'react'
import type { StoredMessage } from '#lib/protocol/events.ts'
import type { SessionState } from '#lib/protocol/state.ts'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'

/** How long the log may take to tell what happened before the page was opened, in milliseconds. */
const REPLAY_MS = 500

/** The seq up to which the log was old news when the page was opened; undefined while that is being told. */
export function useOldNews({ log, sessionId }: Snapshot): number | undefined {
  const [old, setOld] = useState<{ session: string | undefined; seq: number }>()
  const seq = useRef(log.seq)
  seq.current = log.seq
  const known = log.epoch !== undefined
  useEffect(() => {
    if (!known) return
    const timer = setTimeout(() => setOld({ session: sessionId, seq: seq.current }), REPLAY_MS)
    return () => clearTimeout(timer)
  }, [known, sessionId])
  return old?.session === sessionId ? old?.seq : undefined
}

/** The messages of others since then. */
export function newMessages(log: SessionState, oldNews: number | undefined): StoredMessage[] {
  if (oldNews === undefined) return []
  return log.items.filter((item) => item.type === 'message').filter(({ role, seq }) => role !== 'visitor' && seq > oldNews)
}
