import { DeskError } from '#lib/protocol/errors.ts'
import { parse } from '#lib/protocol/frames.ts'
import { broadcastBody } from '#lib/protocol/http.ts'
import { readText } from './body.ts'
import { admitOwner } from './credentials.ts'
import type { Call } from './door.ts'

/** The doors to the desk as a whole: how it is, who is connected, a word to everybody. */

/** `GET /health`: the process is alive. Parts that are down are named, but do not make it unhealthy. */
export async function getHealth({ house }: Call): Promise<Response> {
  const uptime = Math.round((Date.now() - house.startedAt) / 1000)
  return Response.json({ status: 'healthy', version: house.version, uptime, checks: await house.checks() })
}

/** `GET /ready`: whether new work may be sent here. */
export async function getReady({ house }: Call): Promise<Response> {
  if (!house.ready()) throw new DeskError('going_away', 'This desk is about to stop.')
  return Response.json({ status: 'ready' })
}

/** `GET /api/stats` */
export async function getStats(call: Call): Promise<Response> {
  await admitOwner(call, { localToo: true })
  const uptime = Math.round((Date.now() - call.house.startedAt) / 1000)
  return Response.json({ ...call.house.presence.stats(), uptime, ...call.house.modelTotals() })
}

/** `GET /api/connections` */
export async function getConnections(call: Call): Promise<Response> {
  await admitOwner(call, { localToo: true })
  const connections = call.house.presence.list().map(({ id, ref, transport, since }) => {
    return { connection_id: id, session_id: ref.name, transport, connected_at: new Date(since).toISOString() }
  })
  return Response.json({ connections, count: connections.length, active_connections: connections.length })
}

/** `POST /api/broadcast`: the message as JSON or as plain text. */
export async function postBroadcast(call: Call): Promise<Response> {
  await admitOwner(call, { localToo: false })
  const text = await readText(call.request)
  const { message, content } = parse(broadcastBody, text.trimStart().startsWith('{') ? json(text) : { message: text })
  const said = message ?? content
  if (said === undefined) throw new DeskError('invalid', 'message is missing')
  const { presence, sessions } = call.house
  const delivered = presence.stats().total_connections
  await sessions.broadcast(presence.sessions(), said)
  return Response.json({ status: 'success', delivered })
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new DeskError('bad_json', 'The body is not JSON.')
  }
}

/** Any address below `/api` that is none of ours. */
export function getNothing(): never {
  throw new DeskError('not_found', 'There is no such address. See /docs for those there are.')
}
