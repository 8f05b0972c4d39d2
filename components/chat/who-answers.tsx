import { Badge } from '#components/ui/badge.tsx'
import type { SessionState } from '#lib/protocol/state.ts'
import { texts } from './texts.ts'

/** Who answers now: the assistant, or the person who has taken over. */
export function WhoAnswers({ log: { status, operator } }: { log: SessionState }) {
  if (status === 'human') return <span className="truncate">{texts.humanHolds(operator?.name)}</span>
  return (
    <span className="shrink-0">
      <Badge>{texts.aiAssistant}</Badge>
    </span>
  )
}
