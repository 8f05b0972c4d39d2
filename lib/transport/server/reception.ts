import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { judge } from '#lib/identity/origins.ts'
import { DeskError, errorBody, toDeskError, verdict } from '#lib/protocol/errors.ts'
import type { House } from './house.ts'
import { stamp } from './stamp.ts'

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Where every HTTP request comes in: it is judged by where it comes from, stamped with the judgement, given the
 * headers that every answer has, and handed to the pages and route handlers.
 */
export function createReception(house: House, pages: Pages, dev: boolean) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const requestId = house.newId()
    try {
      protect(request, response, dev)
      checkLine(request, dev)
      const origin = judge({ peer: request.socket.remoteAddress, headers: request.headers }, house.settings.origins)
      stamp(request.headers, origin, requestId)
      if (origin.secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000')
      if (request.method === 'OPTIONS' && !isDoor(request)) {
        tellMethods(request, response)
        return
      }
      // The pages have no actions of their own: what asks for one is not to be looked for.
      for (const name of ACTION_HEADERS) delete request.headers[name]
      if (!isState(request.headers[STATE_HEADER])) delete request.headers[STATE_HEADER]
      pages(request, response).catch((error) => refuse(request, response, error, requestId))
    } catch (error) {
      refuse(request, response, error, requestId)
    }
  }
}

/** Methods that some door has. A door refuses those that it has not. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** Everything else is there to be read. */
const READING = ['GET', 'HEAD', 'OPTIONS']
const DOOR = /^\/(api(\/.*)?|openapi\.json|chat|feedback|broadcast|stats|connections|health|ready|mcp|session\/[^/]+\/status)\/?$/i
const ACTION_HEADERS = ['next-action', 'next-resume']
/** What a page of ours tells of itself when it asks for more. Next answers 500 to one that it cannot read. */
const STATE_HEADER = 'next-router-state-tree'

const pathOf = ({ url = '' }: IncomingMessage) => url.split('?', 1)[0] ?? ''
const isDoor = (request: IncomingMessage) => DOOR.test(pathOf(request))
const methodsAt = (request: IncomingMessage) => (isDoor(request) ? METHODS : READING)

/**
 * Refuses what the pages below would answer with a shape of their own: addresses that are no paths or do not decode
 * (Next answers 500), methods that nobody has (Next answers an empty 400, to TRACE a 500) or no page has (it answers them
 * with the page, files with 500).
 */
function checkLine(request: IncomingMessage, dev: boolean): void {
  const { method = '', url = '' } = request
  if (!url.startsWith('/') || url.startsWith('//')) throw new DeskError('invalid', 'The address must be a path.')
  const ofDevelopment = dev && url.startsWith('/__nextjs')
  if (!methodsAt(request).includes(method) && !ofDevelopment) throw new DeskError('method_not_allowed', `${method} is not possible here.`)
  try {
    decodeURIComponent(pathOf(request))
  } catch {
    throw new DeskError('invalid', 'The address is not encoded correctly: a "%" must be followed by two digits of UTF-8.')
  }
}

function isState(value: string | string[] | undefined): boolean {
  try {
    const [segment, parallel] = JSON.parse(decodeURIComponent(String(value)))
    return (typeof segment === 'string' || Array.isArray(segment)) && typeof parallel === 'object' && parallel !== null
  } catch {
    return false
  }
}

/** Answers what is not HTTP, as far as Node could read it. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  const body = JSON.stringify(errorBody(new DeskError('invalid', 'The request is not valid HTTP.'), 'none'))
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** The headers that protect pages in browsers. The nonce reaches the page through the request, where Next reads it. */
function protect(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')
  request.headers['content-security-policy'] = policy
  request.headers['x-nonce'] = nonce
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin')
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
}

function tellMethods(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, { allow: methodsAt(request).join(', ') }).end()
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown, requestId: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const known = toDeskError(error)
  const body = JSON.stringify(errorBody(known, requestId))
  const allow = known.code === 'method_not_allowed' ? { allow: methodsAt(request).join(', ') } : {}
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-request-id': requestId, ...allow }
  response.writeHead(verdict(known.code).status, headers).end(body)
}
