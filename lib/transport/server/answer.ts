import type { Citation } from '#lib/protocol/events.ts'
import type { ChatAnswer } from '#lib/protocol/http.ts'
import type { Answer } from '#lib/session/answer.ts'
import type { SessionRef } from '#lib/session/ports.ts'
import { approvalWith, confirmLine } from './approvals.ts'
import type { House } from './house.ts'

/** The citations of an answer; their addresses are whole where the desk has one, for readers that are not on its pages. */
export function citationsOf({ settings }: Pick<House, 'settings'>, answer: Answer): Citation[] {
  const { publicUrl } = settings.origins
  const citations = (answer.type === 'message' && answer.citations) || []
  return citations.map(({ url, ...rest }) => (url === undefined ? rest : { ...rest, url: publicUrl ? new URL(url, publicUrl).href : url }))
}

/** The body in which HTTP gives an answer. */
export async function answerBody(house: House, ref: SessionRef, answer: Answer, token: string | undefined): Promise<ChatAnswer> {
  const { status, mode } = await house.sessions.status(ref)
  const message = answer.type === 'message' ? answer : undefined
  const approval = await approvalWith(house, ref, answer)
  const response = approval ? answer.content + confirmLine(approval.code) : answer.content
  return {
    response,
    reply: response,
    session_id: ref.name,
    ...(token === undefined ? {} : { session_token: token }),
    ...(message && { message_id: message.message_id }),
    tool_calls: message?.tool_calls ?? null,
    confidence: message?.confidence ?? null,
    citations: citationsOf(house, answer),
    ...(message?.decision && { decision: message.decision }),
    ...(message?.options && { options: message.options }),
    ...(approval && { approval }),
    handoff: { requested: status === 'waiting' || status === 'human', state: status === 'active' ? 'none' : status },
    mode,
    ...(answer.type === 'command_response' && { command: answer.command, result: answer.result }),
  }
}
