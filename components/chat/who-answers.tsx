import { Badge } from '#components/ui/badge.tsx'
import type { SessionState } from '#lib/protocol/state.ts'
import { texts } from './texts.ts'

/** Who answers now: the assistant, or the person who has taken over. */
export function WhoAnswers({ log: { status, items } }: { log: SessionState }) {
  if (status === 'human') {
    const said = items.findLast((item) => item.type === 'message' && item.role === 'operator')
    return <span className="truncate">{texts.humanHolds(said?.type === 'message' ? said.author?.name : undefined)}</span>
  }
  return (
    <span className="shrink-0">
      <Badge>{texts.aiAssistant}</Badge>
    </span>
  )
}
