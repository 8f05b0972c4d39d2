import type { ReactNode } from 'react'
import { inOrder } from '#components/ui/in-order.ts'
import { intoView } from '#components/ui/into-view.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { useChat } from './chat-context.ts'
import { confidenceWords } from './confidence.ts'
import { texts } from './texts.ts'

/** Why this answer: what it rests on, how sure the assistant was, what it decided and for which reasons. */
export function AnswerFacts({ message }: { message: StoredMessage }) {
  const { clock } = useChat()
  const { citations = [], confidence, decision, timestamp, tool_calls = [] } = message
  const sources = citations.map(({ n, title }) => <li key={n}>{`${n}. ${title}`}</li>)
  const reasons = decision?.reasons ?? []
  const answered = decision?.kind === 'answer' && tool_calls.length > 0 && citations.length === 0 ? texts.answeredByTools : undefined
  return (
    <dl
      ref={intoView}
      className="mt-3 grid max-w-measure grid-cols-1 gap-x-4 rounded-bubble border border-line bg-raised p-4 text-sm xs:grid-cols-[auto_1fr] xs:gap-y-2"
    >
      <Fact name={texts.whySources}>{sources.length > 0 ? <ul>{sources}</ul> : texts.whyNoSources}</Fact>
      {confidence !== undefined && <Fact name={texts.whyConfidence}>{confidenceWords(confidence)}</Fact>}
      {decision && <Fact name={texts.whyDecision}>{answered ?? texts.decision[decision.kind] ?? decision.kind}</Fact>}
      {reasons.length > 0 && (
        <Fact name={texts.whyReasons}>
          <ul>
            {inOrder(reasons, (reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </Fact>
      )}
      {tool_calls.length > 0 && (
        <Fact name={texts.whyTools}>
          <ul>
            {inOrder(tool_calls, ({ name, status }) => (
              <li>
                <code className="font-mono text-xs">{name}</code> {texts.toolStatus[status]}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {decision?.assistant && (
        <Fact name={texts.whyAssistant}>
          <code className="font-mono text-xs">{decision.assistant}</code>
        </Fact>
      )}
      <Fact name={texts.whyTime}>
        <time dateTime={timestamp}>{clock.full(timestamp)}</time>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="mb-2 wrap-anywhere last:mb-0 xs:mb-0" dir="auto">
        {children}
      </dd>
    </>
  )
}
