import { z } from 'zod'
import { changedOperatorBody, inboxQuery, newOperatorBody, operatorLogQuery, passwordBody, signInBody } from '#lib/protocol/console.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import { isStored } from '#lib/protocol/events.ts'
import { decodeObject, encodeEvent } from '#lib/protocol/frames.ts'
import type { SessionRef } from '#lib/session/ports.ts'
import { readBody, readQuery } from './body.ts'
import type { Call } from './door.ts'
import { streamEvents } from './held.ts'
import { admitOperator, operatorCookie, refuseForeignPage } from './operator-credentials.ts'
import type { ServerSentEvent } from './sse.ts'

/** The doors of the console: who works here, what waits, and the sessions themselves. */

/** News of the inbox are told at most this often, in milliseconds. */
const PAUSE_MS = 300

/** `POST /api/console/sign-in` */
export async function postOperatorSignIn({ house, request, origin }: Call): Promise<Response> {
  refuseForeignPage(request)
  const { login, password } = await readBody(request, signInBody)
  const { secret, account } = await house.console.operators.signIn(login, password, origin.ip)
  return Response.json({ operator: account }, { headers: operatorCookie(secret, origin) })
}

/** `POST /api/console/sign-out` */
export async function postOperatorSignOut(call: Call): Promise<Response> {
  const { secret } = await admitOperator(call)
  await call.house.console.operators.signOut(secret)
  return Response.json({ status: 'success', message: 'Signed out.' }, { headers: operatorCookie(undefined, call.origin) })
}

/** `GET /api/console/me` */
export async function getOperator(call: Call): Promise<Response> {
  const { account } = await admitOperator(call)
  return Response.json({ operator: account })
}

/** `POST /api/console/password`: one's own. It ends every browser but the one that asks, which gets a new secret. */
export async function postOwnPassword(call: Call): Promise<Response> {
  const { account } = await admitOperator(call)
  const { password } = await readBody(call.request, passwordBody)
  if (password === undefined) throw new DeskError('invalid', 'password: is missing')
  const secret = await call.house.console.operators.changeOwn(account.id, password)
  return Response.json({ status: 'success', message: 'Your password is changed.' }, { headers: operatorCookie(secret, call.origin) })
}

/** `GET /api/console/inbox` */
export async function getInbox(call: Call): Promise<Response> {
  const { account } = await admitOperator(call)
  const { show } = readQuery(call.request.url, inboxQuery)
  return Response.json(await call.house.console.inbox(show, account.id))
}

/** `GET /api/console/changes`: a word whenever something in some session is new; what, the inbox tells. */
export async function getChanges(call: Call): Promise<Response> {
  const { account } = await admitOperator(call)
  const inbox: SessionRef = { key: '', name: 'inbox', incarnation: 0 }
  return streamEvents(call, inbox, async () => (signal) => changes(call, account.id, signal))
}

async function* changes({ house }: Call, operator: string, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
  let isNew = true
  let wake: (() => void) | undefined
  const stir = () => {
    isNew = true
    wake?.()
  }
  const over = endOf(house, operator, signal)
  const leave = house.console.watch(stir)
  over.signal.addEventListener('abort', stir, { once: true })
  try {
    while (!over.signal.aborted) {
      if (isNew) {
        isNew = false
        yield { data: { type: 'changed' } }
        await pause(PAUSE_MS, over.signal)
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
          if (isNew) resolve()
        })
      }
    }
  } finally {
    leave()
    over.leave()
  }
}

/** `POST /api/console/sessions/{key}/actions` */
export async function postOperatorAction(call: Call): Promise<Response> {
  const { actor } = await admitOperator(call)
  const ref = await sessionOf(call)
  const wish = decodeObject(await readBody(call.request, z.looseObject({})))
  if (wish.type === 'ping' || wish.type === 'hello') throw new DeskError('unknown_type', `${wish.type} is for sockets.`)
  return Response.json({ type: 'ack', ...(await call.house.sessions.act(actor, ref, wish)) })
}

/** `GET /api/console/sessions/{key}/events`: one of the session's two logs from a place on, and what comes, as a stream. */
export async function getOperatorEvents(call: Call): Promise<Response> {
  const { account } = await admitOperator(call)
  const ref = await sessionOf(call)
  const { log, after } = readQuery(call.request.url, operatorLogQuery)
  const last = Number(/^(\d{1,15})$/.exec(call.request.headers.get('last-event-id') ?? '')?.[1] ?? after)
  return streamEvents(call, ref, async () => (signal) => logOf(call, ref, { log, after: last, operator: account.id, signal }))
}

interface LogWanted {
  log: 'visitor' | 'desk'
  after: number
  operator: string
  signal: AbortSignal
}

async function* logOf({ house }: Call, ref: SessionRef, { log, after, operator, signal }: LogWanted): AsyncGenerator<ServerSentEvent> {
  const over = endOf(house, operator, signal)
  try {
    const following = await house.sessions.follow(ref, { cursor: { after }, deltas: log === 'visitor', log, signal: over.signal })
    yield { data: { type: 'resumed', ...following.start } }
    for await (const event of following) {
      const data = encodeEvent(event)
      yield isStored(event) ? { id: String(event.seq), data } : { data }
    }
  } finally {
    over.leave()
  }
}

/** `GET /api/console/operators` */
export async function getOperators(call: Call): Promise<Response> {
  await admitOperator(call, { admin: true })
  return Response.json({ operators: await call.house.console.operators.all() })
}

/** `POST /api/console/operators` */
export async function postOperator(call: Call): Promise<Response> {
  await admitOperator(call, { admin: true })
  const { account, password } = await call.house.console.operators.add(await readBody(call.request, newOperatorBody))
  return Response.json({ operator: account, password }, { status: 201 })
}

/** `PATCH /api/console/operators/{id}` */
export async function patchOperator(call: Call): Promise<Response> {
  await admitOperator(call, { admin: true })
  const { name, role, disabled } = await readBody(call.request, changedOperatorBody)
  const to = { ...(name !== undefined && { name }), ...(role !== undefined && { role }), ...(disabled !== undefined && { disabled }) }
  return Response.json({ operator: await call.house.console.operators.change(idOf(call), to) })
}

/** `POST /api/console/operators/{id}/password`: a new one, told once. */
export async function postOperatorPassword(call: Call): Promise<Response> {
  await admitOperator(call, { admin: true })
  return Response.json({ password: await call.house.console.operators.setPassword(idOf(call)) })
}

const idOf = ({ params }: Call) => params.id ?? ''

/** The session that the address names, by its key, which no coding changes any more. Throws `not_found`. */
function sessionOf({ house, params }: Call): Promise<SessionRef> {
  return house.access.byKey(decoded(params.key ?? ''))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Aborts when the line ends, or when its operator may not work here any more. */
function endOf({ console: { operators } }: Call['house'], operator: string, signal: AbortSignal) {
  const out = new AbortController()
  return { signal: AbortSignal.any([signal, out.signal]), leave: operators.onEnd(operator, () => out.abort()) }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
