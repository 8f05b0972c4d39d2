import { useEffect, useState } from 'react'
import type { SessionState } from '#lib/protocol/state.ts'
import { texts } from './texts.ts'

/** Somebody who types says so every few seconds; who has said nothing for so long has stopped, or is gone. In milliseconds. */
const STOPPED_MS = 8000

/** That the person who holds the conversation is writing. */
export function OperatorTyping({ typing }: Pick<SessionState, 'typing'>) {
  const [stopped, setStopped] = useState<SessionState['typing']>()
  useEffect(() => {
    const timer = setTimeout(() => setStopped(typing), STOPPED_MS)
    return () => clearTimeout(timer)
  }, [typing])
  if (typing?.role !== 'operator' || typing === stopped) return null
  return (
    <p role="status" className="text-sm text-muted">
      {texts.operatorTyping}
    </p>
  )
}
