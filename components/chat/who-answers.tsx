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
    <>
      <span className="sm:hidden">
        <Badge>{texts.ai}</Badge>
      </span>
      <span className="hidden shrink-0 items-center gap-2 sm:inline-flex">
        <Badge>{texts.aiAssistant}</Badge>
        {status === 'waiting' && <span>{texts.personAsked}</span>}
      </span>
    </>
  )
}
