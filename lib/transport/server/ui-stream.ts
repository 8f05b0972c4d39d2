import { sendAction } from '#lib/protocol/actions.ts'
import { DeskError, isDeskError } from '#lib/protocol/errors.ts'
import type { Citation } from '#lib/protocol/events.ts'
import { parse } from '#lib/protocol/frames.ts'
import { uiBody } from '#lib/protocol/http.ts'
import { clientMessageId } from '#lib/protocol/ids.ts'
import { type Answer, type Asked, readAnswer } from '#lib/session/answer.ts'
import type { SessionRef } from '#lib/session/ports.ts'
import { citationsOf } from './answer.ts'
import { approvalWith, confirmLine } from './approvals.ts'
import { readBody } from './body.ts'
import { type Admission, admit, madeHeaders, tokenAfter } from './credentials.ts'
import type { Call } from './door.ts'
import { streamEvents } from './held.ts'
import type { House } from './house.ts'
import type { ServerSentEvent } from './sse.ts'
import { whileItHolds } from './tenure.ts'

/**
 * The AI SDK's UI message stream, so that a stock `useChat()` talks to the desk.
 * The format: https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
 */
const headers = { 'x-vercel-ai-ui-message-stream': 'v1' }
/** Bodies carry the client's whole history, of which only the last message is read. */
const MAX_UI_BODY = 4 * 1024 * 1024

/** `POST /api/chat/ui` */
export async function postUiChat(call: Call): Promise<Response> {
  const { house, request } = call
  const body = await readBody(request, uiBody, MAX_UI_BODY)
  if (body.trigger === 'regenerate-message') return regenerate(call, body.id)
  const last = body.messages.findLast((message) => message.role === 'user')
  const text =
    last?.parts
      ?.filter((part) => part.type === 'text')
      .map((part) => part.text ?? '')
      .join('\n') || last?.content
  if (!text) throw new DeskError('invalid', 'messages: no text from the user')
  const admission = await admit(call, { name: body.id, make: true })
  const { actor, ref } = admission
  const named = clientMessageId.safeParse(last?.id)
  const action = parse(sendAction, { type: 'message', text, ...(named.success ? { client_msg_id: named.data } : {}) }, { text: 'messages' })
  let token: string | undefined
  const begin = async () => {
    const done = await house.sessions.act(actor, ref, action)
    const { seq = 0, message_id: messageId = '' } = done
    token = await tokenAfter(admission, done)
    return (signal: AbortSignal) => uiChunks(house, admission, { seq, messageId }, signal)
  }
  return streamEvents(call, ref, begin, () => ({ ...headers, ...(token === undefined ? {} : madeHeaders(ref.name, token, call.origin)) }))
}

/** The client's `regenerate()`: the last answer once more. */
async function regenerate(call: Call, name: string | null | undefined): Promise<Response> {
  const { house } = call
  const admission = await admit(call, { name })
  const { actor, ref } = admission
  const begin = async () => {
    const { seq = 0 } = await house.sessions.act(actor, ref, { type: 'regenerate' })
    const open = await house.sessions.openQuestion(ref)
    if (!open) throw new DeskError('conflict', 'There is no answer to be written anew.')
    return (signal: AbortSignal) => uiChunks(house, admission, { ...open, seq }, signal)
  }
  return streamEvents(call, ref, begin, () => headers)
}

/**
 * `GET /api/chat/ui/{id}/stream`: the answer that is being written, from its beginning; 204 when there is none. A chat
 * that has just been given its id asks too, and takes nothing but 204 for an answer.
 */
export async function getUiStream(call: Call): Promise<Response> {
  const { house } = call
  const admission = await admit(call, { name: call.params.id }).catch((error) => {
    if (isDeskError(error) && error.code === 'not_found') return undefined
    throw error
  })
  const open = admission && (await house.sessions.openQuestion(admission.ref))
  if (!open) return new Response(null, { status: 204 })
  const { ref } = admission
  return streamEvents(
    call,
    ref,
    async () => (signal) => uiChunks(house, admission, open, signal),
    () => headers,
  )
}

async function* uiChunks(house: House, { ref, tenure }: Admission, asked: Asked, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
  let id = ''
  const chunk = (data: object): ServerSentEvent => ({ data })

  yield chunk({ type: 'start', messageId: `answer-${asked.messageId}` })
  yield chunk({ type: 'start-step' })
  for await (const part of readAnswer(whileItHolds(house, tenure), ref, asked, { signal })) {
    if (part.type === 'text') {
      if (part.anew) yield chunk({ type: 'reset-step' })
      if (part.messageId !== id) yield chunk({ type: 'text-start', id: part.messageId })
      id = part.messageId
      yield chunk({ type: 'text-delta', id, delta: part.text })
    } else {
      const approval = await approvalWith(house, ref, part)
      if (approval && id !== '') yield chunk({ type: 'text-delta', id, delta: confirmLine(approval.code) })
      if (id !== '') yield chunk({ type: 'text-end', id })
      if (approval) yield chunk({ type: 'data-approval', id: approval.approval_id, data: approval })
      for (const source of sources(citationsOf(house, part))) yield chunk(source)
      yield chunk({ type: 'finish-step' })
      yield chunk({ type: 'finish', finishReason: 'stop', messageMetadata: metadata(ref, part) })
      yield { data: '[DONE]' }
    }
  }
}

function sources(citations: Citation[]) {
  return citations.map(({ n, title, url }) =>
    url === undefined
      ? { type: 'source-document', sourceId: String(n), mediaType: 'text/markdown', title }
      : { type: 'source-url', sourceId: String(n), url, title },
  )
}

function metadata(ref: SessionRef, answer: Answer) {
  if (answer.type === 'command_response') return { session_id: ref.name, command: answer.command, result: answer.result }
  const { message_id, confidence, decision } = answer
  return { session_id: ref.name, message_id, confidence, decision }
}
