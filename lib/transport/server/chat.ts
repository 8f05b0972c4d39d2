import { sendAction } from '#lib/protocol/actions.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import { parse, textOf } from '#lib/protocol/frames.ts'
import { chatBody, streamQuery } from '#lib/protocol/http.ts'
import { type Answer, type Asked, awaitAnswer, type Had, readAnswer } from '#lib/session/answer.ts'
import { answerBody, citationsOf } from './answer.ts'
import { approvalWith, confirmLine } from './approvals.ts'
import { readBody, readQuery } from './body.ts'
import { type Admission, admit, madeHeaders, tokenAfter } from './credentials.ts'
import type { Call } from './door.ts'
import { streamEvents } from './held.ts'
import type { House } from './house.ts'
import type { ServerSentEvent } from './sse.ts'
import { type Tenure, whileItHolds } from './tenure.ts'

/** The doors that ask a question and wait for its answer: as one JSON body, or as a stream of chunks. */

/** `POST /api/chat` */
export async function postChat(call: Call): Promise<Response> {
  const { house, request } = call
  const body = await readBody(request, chatBody)
  const said = saidIn(body)
  // A ping is no message: a key that named somebody's first message must not open their session for it.
  const seed = body.session_id == null && !isPing(said.text) ? idempotencyKey(request) : undefined
  const admission = await admit(call, { name: body.session_id, token: body.session_token, make: true, seed })
  if (isPing(said.text)) return Response.json(pong(admission))
  // The key names the session and its one first message: it opens nothing more of that session.
  const client_msg_id = seed ?? body.client_msg_id ?? idempotencyKey(request)
  const asking = () => ask(house, admission, { ...said, client_msg_id })
  return body.stream ? streamAnswer(call, admission, asking) : waitForAnswer(call, admission, await asking())
}

/** `GET /api/chat/stream`: posts the message of the query, unless the client only comes back for the rest of an answer. */
export async function getChatStream(call: Call): Promise<Response> {
  const { house, request } = call
  // A HEAD is asked by whoever wants to know what is here; it must not say anything in a session.
  if (request.method === 'HEAD') throw new DeskError('method_not_allowed', 'HEAD is not possible here.')
  const query = readQuery(request.url, streamQuery)
  refuseForeignPage(call)
  const resumed = request.headers.get('last-event-id')
  if (resumed !== null) return resumeStream(call, query.session_id, resumed)
  const said = saidIn(query)
  const admission = await admit(call, { name: query.session_id, make: true })
  if (await house.sessions.holdsSecret(admission.ref, said.text)) {
    throw new DeskError('invalid', `${said.name}: a PIN, a card number or a code must not stand in an address. Use POST /api/chat.`)
  }
  return streamAnswer(call, admission, () => ask(house, admission, { ...said, client_msg_id: query.client_msg_id }))
}

interface Begun {
  asked: Asked
  /** The session's token, where it is new. */
  token: string | undefined
}

async function ask(house: House, admission: Admission, wish: Said & { client_msg_id?: string | null | undefined }): Promise<Begun> {
  const { name, text, client_msg_id } = wish
  const { actor, ref } = admission
  const action = parse(sendAction, { type: 'message', text, ...(client_msg_id == null ? {} : { client_msg_id }) }, { text: name })
  const done = await house.sessions.act(actor, ref, action)
  const { seq, message_id } = done
  if (seq === undefined || message_id === undefined) throw new Error('a message has no receipt')
  return { asked: { seq, messageId: message_id }, token: await tokenAfter(admission, done) }
}

async function waitForAnswer(call: Call, { ref, tenure }: Admission, { asked, token }: Begun): Promise<Response> {
  const { house, request } = call
  const made = token === undefined ? {} : { session_token: token }
  const headers = token === undefined ? {} : madeHeaders(ref.name, token, call.origin)
  const { mode } = await house.sessions.status(ref)
  if (mode === 'human') {
    const body = { response: '', reply: '', session_id: ref.name, ...made, message_id: asked.messageId, mode }
    const rest = { tool_calls: null, confidence: null, citations: [], handoff: { requested: true, state: 'human' } }
    return Response.json({ ...body, ...rest }, { headers })
  }
  const deadline = AbortSignal.any([request.signal, AbortSignal.timeout(house.settings.answerTimeoutMs)])
  const answer = await awaitAnswer(whileItHolds(house, tenure), ref, asked, deadline)
  if (answer) return Response.json(await answerBody(house, ref, answer, token), { headers })
  const body = { status: 'pending', session_id: ref.name, ...made, message_id: asked.messageId }
  return Response.json(body, { status: 202, headers })
}

function streamAnswer(call: Call, { ref, tenure }: Admission, asking: () => Promise<Begun>): Promise<Response> {
  let token: string | undefined
  const begin = async () => {
    const begun = await asking()
    token = begun.token
    return (signal: AbortSignal) => chunks(call.house, { ref, tenure, ...begun, signal })
  }
  return streamEvents(call, ref, begin, () => (token === undefined ? {} : madeHeaders(ref.name, token, call.origin)))
}

interface Streaming extends Begun {
  ref: Admission['ref']
  tenure: Tenure
  signal: AbortSignal
  /** What the client has had, when it comes back. */
  had?: Had
}

/**
 * An answer as `{chunk}` … `{done}`. Each event's id says how far the client is: the question's seq, the message
 * that is being written, and how many of its characters were sent.
 */
async function* chunks(house: House, { ref, tenure, token, asked, signal, had }: Streaming): AsyncGenerator<ServerSentEvent> {
  const epoch = house.sessions.epochOf(ref)
  const idAt = ({ messageId, length }: Had) => `${epoch}:${asked.seq}:${length}:${messageId}`
  let id = idAt(had ?? { messageId: '', length: 0 })
  yield { id }
  for await (const part of readAnswer(whileItHolds(house, tenure), ref, asked, { signal, had })) {
    if (part.type === 'text') {
      id = idAt({ messageId: part.messageId, length: part.end })
      yield { id, data: { chunk: part.anew ? `\n\n${part.text}` : part.text } }
      continue
    }
    const approval = await approvalWith(house, ref, part)
    if (approval) yield { id, data: { chunk: confirmLine(approval.code) } }
    yield { id, data: { ...done(house, ref.name, token, part), ...(approval && { approval }) } }
  }
}

function done(house: House, session_id: string, token: string | undefined, answer: Answer) {
  const made = token === undefined ? {} : { session_token: token }
  if (answer.type === 'command_response') {
    return { done: true, session_id, ...made, command: answer.command, result: answer.result, citations: [], confidence: null }
  }
  const { message_id, confidence = null, tool_calls = null } = answer
  return { done: true, message_id, session_id, ...made, tool_calls, citations: citationsOf(house, answer), confidence }
}

async function resumeStream(call: Call, name: string | undefined, lastEventId: string): Promise<Response> {
  const { house } = call
  const { ref, tenure } = await admit(call, { name })
  const [, epoch, seq, length, messageId = ''] = /^([\w.-]{1,64}):(\d{1,15}):(\d{1,9})(?::([\w-]{0,64}))?$/.exec(lastEventId) ?? []
  if (seq === undefined || epoch !== house.sessions.epochOf(ref)) throw new DeskError('not_found', 'There is nothing to resume here.')
  const { events } = await house.sessions.page(ref, { after: Number(seq) - 1 }, 1)
  const question = events[0]
  if (question?.type !== 'message' || question.role !== 'visitor') throw new DeskError('not_found', 'There is nothing to resume here.')
  const asked = { seq: question.seq, messageId: question.message_id }
  const had = { messageId, length: Number(length) }
  return streamEvents(call, ref, async () => (signal) => chunks(house, { ref, tenure, token: undefined, asked, signal, had }))
}

/** A GET that writes may not be made by somebody else's page, which needs no permission to load an address. */
function refuseForeignPage({ request, origin }: Call): void {
  const site = request.headers.get('sec-fetch-site')
  if (origin.origin === undefined && site !== null && site !== 'same-origin' && site !== 'none') {
    throw new DeskError('forbidden', 'Another site may not ask in your name.')
  }
  const credentials = request.headers.has('authorization') || request.headers.has('x-session-token')
  if (!origin.local && origin.origin === undefined && site !== 'same-origin' && !credentials) {
    throw new DeskError('unauthorized', 'This needs the session token, or a page of this site.')
  }
}

function idempotencyKey({ headers }: Request): string | undefined {
  const key = headers.get('idempotency-key')
  if (key !== null && !/^[\x21-\x7e]{16,128}$/.test(key)) {
    throw new DeskError('invalid', 'Idempotency-Key takes 16 to 128 visible ASCII characters.')
  }
  return key ?? undefined
}

interface Said {
  /** The field that it came in. */
  name: string
  text: string
}

function saidIn(input: Parameters<typeof textOf<string | undefined>>[0]): Said {
  const { name, text } = textOf(input, ['message', 'content', 'text'])
  if (text === undefined) throw new DeskError('invalid', 'message: is missing')
  return { name, text }
}

function isPing(text: string): boolean {
  return text.trim().toLowerCase() === 'ping'
}

function pong({ ref, token }: Admission) {
  const made = token === undefined ? {} : { session_token: token }
  const body = { response: 'pong', reply: 'pong', session_id: ref.name, ...made, tool_calls: null, confidence: null, citations: [] }
  return { ...body, handoff: { requested: false, state: 'none' }, mode: 'ai' }
}
