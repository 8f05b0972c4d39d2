import { z } from 'zod'
import { action, type Receipt } from '#lib/protocol/actions.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import { isStored } from '#lib/protocol/events.ts'
import { decodeObject, encodeEvent, parse, pongFrame, twoNames } from '#lib/protocol/frames.ts'
import { cookieBody, eventsQuery, feedbackBody, handoffBody, sessionsQuery } from '#lib/protocol/http.ts'
import { ended } from '#lib/session/log.ts'
import type { LogName } from '#lib/session/ports.ts'
import { eventFor } from './approvals.ts'
import { readBody, readQuery } from './body.ts'
import { type Admission, admit, admitOwner, madeHeaders, opensByName, tokenAfter } from './credentials.ts'
import type { Call } from './door.ts'
import { placeFor, streamEvents } from './held.ts'
import type { ServerSentEvent } from './sse.ts'

/** The doors to a session itself: to begin it, look at it, follow it, act on it, clear it. */

/** Events in one answer of `/events`, at most. */
const PAGE = 1000
/** … and their size in characters. */
const PAGE_SIZE = 1024 * 1024

/** `POST /api/session/new` */
export async function postNewSession({ house, origin }: Call): Promise<Response> {
  const open = opensByName(house, origin.local)
  const { ref, token = '' } = await house.access.resolve({ open, make: true })
  // Where its name alone opens a session it must be there to be found; otherwise the token is proof enough.
  if (open) await house.sessions.begin(ref)
  const body = { status: 'success', message: 'New session created', session_id: ref.name, session_token: token }
  return Response.json(body, { headers: madeHeaders(ref.name, token, origin) })
}

/** `GET /api/session/{id}` */
export async function getSession(call: Call): Promise<Response> {
  const { ref } = await admit(call, { name: call.params.id, ownerToo: true })
  return Response.json(await call.house.sessions.info(ref))
}

/** `GET /api/session/{id}/status` */
export async function getStatus(call: Call): Promise<Response> {
  const { ref } = await admit(call, { name: call.params.id, ownerToo: true })
  return Response.json(await call.house.sessions.status(ref))
}

/** `GET /api/sessions` */
export async function getSessions(call: Call): Promise<Response> {
  await admitOwner(call, { localToo: true })
  return Response.json(await call.house.sessions.list(readQuery(call.request.url, sessionsQuery)))
}

/** `POST /api/session/{id}/actions` */
export async function postAction(call: Call): Promise<Response> {
  const input = await readBody(call.request, z.looseObject({}))
  const wish = decodeObject(input)
  if (wish.type === 'ping') return Response.json(twoNames(pongFrame(wish)))
  if (wish.type === 'hello') throw new DeskError('unknown_type', 'hello is for sockets; read /events instead.')
  const makes = wish.type === 'message' || wish.type === 'handoff' || wish.type === 'sign_in'
  const admission = await admit(call, { name: call.params.id, make: makes, ownerToo: true })
  const { actor, ref } = admission
  const done = await call.house.sessions.act(actor, ref, wish)
  const token = await tokenAfter(admission, done)
  if (token === undefined) return receipt(done)
  const made = { session_id: ref.name, session_token: token }
  return Response.json({ type: 'ack', ...done, ...made }, { headers: madeHeaders(ref.name, token, call.origin) })
}

/** `POST /api/chat/{id}/stop` */
export async function postStop(call: Call): Promise<Response> {
  const { actor, ref } = await admit(call, { name: call.params.id })
  return receipt(await call.house.sessions.act(actor, ref, { type: 'stop' }))
}

/** `POST /api/feedback` */
export async function postFeedback(call: Call): Promise<Response> {
  const { session_id, session_token, reason, ...rating } = await readBody(call.request, feedbackBody)
  const { actor, ref } = await admit(call, { name: session_id, token: session_token })
  const comment = rating.comment ?? reason
  const wish = parse(action, { type: 'feedback', ...rating, ...(comment === undefined ? {} : { comment }) })
  await call.house.sessions.act(actor, ref, wish)
  return Response.json({ status: 'success', message: 'Thank you for your feedback.', session_id })
}

/** `POST /api/handoff` */
export async function postHandoff(call: Call): Promise<Response> {
  const { session_id, session_token, reason } = await readBody(call.request, handoffBody)
  const { actor, ref } = await admit(call, { name: session_id, token: session_token })
  await call.house.sessions.act(actor, ref, { type: 'handoff', ...(reason === undefined ? {} : { reason }) })
  const { status } = await call.house.sessions.status(ref)
  return Response.json({ status: 'success', message: 'Your request for a person is noted.', session_id, state: status })
}

/** `POST /api/reset/{id}`: what was said is cleared. */
export async function postReset(call: Call): Promise<Response> {
  const { ref } = await admit(call, { name: call.params.id, ownerToo: true })
  await call.house.sessions.reset(ref)
  return Response.json({ status: 'success', message: 'Session reset', session_id: ref.name })
}

/** `DELETE /api/reset/{id}`: the session is gone. */
export async function deleteSession(call: Call): Promise<Response> {
  const { ref } = await admit(call, { name: call.params.id, ownerToo: true })
  await call.house.sessions.erase(ref)
  return Response.json({ status: 'success', message: 'Session deleted', session_id: ref.name })
}

/** `POST /api/session/{id}/cookie`: keeps the token where no script can read it. */
export async function postCookie(call: Call): Promise<Response> {
  const { session_token } = await readBody(call.request, cookieBody)
  const { ref } = await admit(call, { name: call.params.id, token: session_token })
  const token = await call.house.access.tokenOf(ref)
  const body = { status: 'success', message: 'Cookie set', session_id: ref.name }
  return Response.json(body, { headers: madeHeaders(ref.name, token, call.origin) })
}

/** `GET /api/session/{id}/events`: a page, a long poll, or a stream, by what the client accepts. */
export async function getEvents(call: Call): Promise<Response> {
  const { house, request } = call
  const { log, epoch, after, wait, deltas, partial } = readQuery(request.url, eventsQuery)
  const wantsDeltas = deltas === undefined ? undefined : deltas === 'true' || deltas === '1'
  const admission = await admit(call, { name: call.params.id, ownerToo: true })
  const { ref } = admission
  if (log === 'desk' && admission.actor.role !== 'admin')
    throw new DeskError('unauthorized', 'The desk log needs the admin key, as X-API-Key.')
  const cursor = { after, ...(epoch === undefined ? {} : { epoch }) }
  if (request.headers.get('accept')?.includes('text/event-stream')) {
    const resumed = /^([\w.-]{1,64}):(\d{1,15})$/.exec(request.headers.get('last-event-id') ?? '')
    const from = resumed ? { epoch: resumed[1], after: Number(resumed[2]) } : cursor
    return streamEvents(
      call,
      ref,
      async () => (signal) => events(call, admission, { log, cursor: from, deltas: wantsDeltas ?? true, signal }),
    )
  }
  let page = await house.sessions.page(ref, cursor, PAGE, log)
  if (page.events.length === 0 && page.recovered && wait > 0) {
    const place = placeFor(call, ref)
    await news(call, admission, { log, after, wait, deltas: wantsDeltas ?? false, partial }).finally(place.leave)
    // What came may be of somebody who has signed in meanwhile.
    if (!(await admission.tenure.holds())) throw ended()
    page = await house.sessions.page(ref, cursor, PAGE, log)
  }
  return Response.json(await pageBody(call, admission, page))
}

type Page = Awaited<ReturnType<Call['house']['sessions']['page']>>

async function pageBody({ house }: Call, reader: Admission, { events, ...rest }: Page) {
  const fitting = events.slice(0, fit(events.map((event) => encodeEvent(event).length)))
  const last = fitting.at(-1)?.seq
  const [running] = await house.bus.running(reader.ref.key)
  return {
    events: fitting.map((event) => twoNames(eventFor(house, reader, event))),
    ...rest,
    has_more: last !== undefined && last < rest.last_seq,
    ...(running && { partial: { message_id: running.messageId, text: running.text } }),
  }
}

/** How many sizes from the beginning fit a page; at least one. */
function fit(sizes: number[]): number {
  let sum = 0
  for (const [index, size] of sizes.entries()) {
    sum += size
    if (sum > PAGE_SIZE && index > 0) return index
  }
  return sizes.length
}

interface Wait {
  log: LogName
  after: number
  /** Seconds. */
  wait: number
  deltas: boolean
  /** What was had of the running answer, as `message_id:length`. */
  partial: string | undefined
}

/** Waits until something is written after a seq, or (where wanted) a running answer goes on; at most `wait` seconds. */
async function news({ house, request }: Call, { ref, tenure }: Admission, { log, after, wait, deltas, partial }: Wait): Promise<void> {
  const [had = '', length = '0'] = partial?.split(':') ?? []
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(wait * 1000)])
  const following = await house.sessions.follow(ref, { log, cursor: { after }, deltas, signal, holds: tenure.holds })
  for await (const event of following) {
    if (isStored(event)) return
    if (event.type === 'delta' && (event.message_id !== had || event.offset + event.text.length > Number(length))) return
  }
}

interface StreamOptions {
  log: LogName
  cursor: { epoch?: string | undefined; after: number }
  deltas: boolean
  signal: AbortSignal
}

async function* events({ house }: Call, reader: Admission, options: StreamOptions): AsyncGenerator<ServerSentEvent> {
  const { after, epoch } = options.cursor
  const cursor = { after, ...(epoch === undefined ? {} : { epoch }) }
  const following = await house.sessions.follow(reader.ref, { ...options, cursor, holds: reader.tenure.holds })
  const { start } = following
  yield { id: `${start.epoch}:${start.recovered ? after : 0}`, data: { type: 'resumed', ...start } }
  for await (const event of following) {
    const data = encodeEvent(eventFor(house, reader, event))
    yield isStored(event) ? { id: `${start.epoch}:${event.seq}`, data } : { data }
  }
}

function receipt(done: Receipt): Response {
  return Response.json({ type: 'ack', ...done })
}
