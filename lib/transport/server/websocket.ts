import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { judge, type Origin } from '#lib/identity/origins.ts'
import { looksLikeSiteToken, refusal } from '#lib/identity/site-token.ts'
import { DeskError, errorBody, toDeskError, verdict } from '#lib/protocol/errors.ts'
import { sessionId } from '#lib/protocol/ids.ts'
import { admitSite, admitted, sessionCookie } from './credentials.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { House } from './house.ts'
import { serveSocket } from './socket.ts'

/** The largest frame that is read, in bytes. */
const MAX_PAYLOAD = 64 * 1024

/** The WebSocket door: `/ws/chat`, `/ws/{session_id}` and `/ws/chat/auth`. Every handshake is judged before it is answered. */
export function openWebSocketDoor(house: House) {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
    maxFragments: 64,
    handleProtocols: (protocols) => (protocols.has('bearer') ? 'bearer' : false),
  })
  const heartbeat = createHeartbeat(house.settings.pingIntervalMs)
  const sockets = new Set<WebSocket>()

  /** Whether an upgrade is for this door. */
  function isOurs(request: IncomingMessage): boolean {
    return /^\/ws(\/|\?|$)/.test(request.url ?? '')
  }

  /** Answers an upgrade: with a connection, or with an error and the end of the socket. */
  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    try {
      const origin = judge({ peer: request.socket.remoteAddress, headers: request.headers }, house.settings.origins)
      const address = addressOf(request)
      const { name } = address
      const token = address.token ?? tokenOf(request, name)
      if (!house.ready()) throw new DeskError('going_away', 'This desk is about to stop.', 1)
      // Taken before anything else is done, and held by the line itself, whatever becomes of the handshake.
      const place = house.takePlace(origin.ip)
      socket.on('close', place.leave)
      const admission = await enter(name, token, origin)
      server.handleUpgrade(request, socket, head, (ws) => {
        sockets.add(ws)
        ws.on('close', () => sockets.delete(ws))
        heartbeat.watch(ws)
        serveSocket(house, ws, { origin, name, admission, place })
      })
    } catch (error) {
      const known = toDeskError(error)
      if (known.code === 'internal') house.log.error({ err: error }, 'a handshake failed')
      refuse(socket, known, house.newId())
    }
  }

  /** Who may not enter yet gets the chance to say hello with a token; only then is anything told. */
  async function enter(name: string | undefined, token: string | undefined, origin: Origin) {
    const open = house.settings.openSessions ?? origin.local
    if (name !== undefined && token === undefined && !open) return undefined
    if (token !== undefined && looksLikeSiteToken(token)) return admitSite({ house, origin }, token, { name, make: true })
    const access = await house.access.resolve({ name, token, open, make: open || name === undefined })
    return admitted(house, origin, access)
  }

  /** Tells every client to come back later or elsewhere, and stops. */
  function close(): void {
    heartbeat.stop()
    const { close: code = 1001 } = verdict('going_away')
    for (const ws of sockets) ws.close(code, 'going away')
  }

  return { isOurs, upgrade, close }
}

/**
 * The session that an address names; none for `/ws/chat`. `/ws/chat/auth` brings a site's token along, as the original service had it: no
 * other address is read for one. Throws `not_found` for any other address, `unauthorized` without the token.
 */
function addressOf({ url = '' }: IncomingMessage): { name?: string; token?: string } {
  const [path, query] = url.split('?', 2)
  if (path === '/ws/chat/auth') {
    const token = new URLSearchParams(query).get('token') ?? ''
    if (!looksLikeSiteToken(token)) throw refusal()
    return { token }
  }
  const [, encoded] = /^\/ws\/([^/?]+)(?:\?.*)?$/.exec(url) ?? []
  if (encoded === 'chat') return {}
  const name = sessionId.safeParse(decode(encoded ?? ''))
  if (!name.success) throw new DeskError('not_found', 'There is no such address.')
  return { name: name.data }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** A token in the handshake: as the subprotocol `bearer, <token>`, a header, or our cookie when a page of ours asks. */
function tokenOf({ headers }: IncomingMessage, name: string | undefined): string | undefined {
  const [scheme, offered] = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim())
  if (scheme === 'bearer' && offered) return offered
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (bearer !== undefined) return bearer
  const fromPage = headers.origin !== undefined && name !== undefined
  return fromPage ? sessionCookie(headers.cookie ?? '', name) : undefined
}

function refuse(socket: Duplex, error: DeskError, requestId: string): void {
  const body = JSON.stringify(errorBody(error, requestId))
  const retry = error.retryAfter === undefined ? '' : `Retry-After: ${error.retryAfter}\r\n`
  const lines = [
    `HTTP/1.1 ${verdict(error.code).status} Refused`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${lines.join('\r\n')}\r\n${retry}Connection: close\r\n\r\n${body}`)
}
