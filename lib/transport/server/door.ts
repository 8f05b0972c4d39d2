import type { Origin } from '#lib/identity/origins.ts'
import { DeskError, type ErrorCode, errorBody, toDeskError, verdict } from '#lib/protocol/errors.ts'
import type { House } from './house.ts'
import { readStamp } from './stamp.ts'

/** One request at an HTTP door. */
export interface Call {
  house: House
  request: Request
  params: Record<string, string>
  origin: Origin
  requestId: string
}

type Handler = (call: Call) => Promise<Response> | Response
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Route = (request: Request, context: { params: Promise<object> }) => Promise<Response>

const ofMcp = ['mcp-method', 'mcp-name', 'mcp-protocol-version', 'mcp-session-id']
const allowedHeaders = ['authorization, content-type, idempotency-key, last-event-id, x-api-key, x-session-token', ...ofMcp].join(', ')
const methods: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Makes the exports of a route file. A handler is called with everything it needs and may throw; what it throws
 * becomes the one error shape. Methods without a handler answer 405, preflights what CORS asks.
 */
export function door(house: () => House, handlers: Partial<Record<Method, Handler>>): Record<Method | 'HEAD' | 'OPTIONS', Route> {
  const allowed = methods.filter((method) => handlers[method])
  const route = (handler: Handler | undefined): Route => {
    return async (request, context) => {
      const { origin, requestId } = readStamp(request.headers)
      try {
        if (!handler) throw new DeskError('method_not_allowed', `${request.method} is not possible here.`)
        const params = (await context.params) as Call['params']
        const call: Call = { house: house(), request, params, origin, requestId }
        return finished(await handler(call), origin, requestId)
      } catch (error) {
        const known = toDeskError(error)
        if (known.code === 'internal') house().log.error({ err: error, requestId, url: pathOf(request) }, 'a request failed')
        const response = errorResponse(known, requestId)
        if (known.code === 'method_not_allowed') response.headers.set('allow', allowed.join(', '))
        return finished(response, origin, requestId)
      }
    }
  }
  const options: Route = async (request) => {
    const { origin, requestId } = readStamp(request.headers)
    return finished(preflight(allowed), origin, requestId)
  }
  return {
    GET: route(handlers.GET),
    HEAD: route(handlers.GET),
    POST: route(handlers.POST),
    PUT: route(handlers.PUT),
    PATCH: route(handlers.PATCH),
    DELETE: route(handlers.DELETE),
    OPTIONS: options,
  }
}

function preflight(allowed: Method[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      allow: allowed.join(', '),
      'access-control-allow-methods': allowed.join(', '),
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '600',
    },
  })
}

/** The headers that every answer carries. An origin that was let in may read the answer; no other is named. */
function finished(response: Response, { origin }: Origin, requestId: string): Response {
  const { headers } = response
  headers.set('x-request-id', requestId)
  headers.append('vary', 'Origin')
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (origin !== undefined) {
    headers.set('access-control-allow-origin', origin)
    headers.set('access-control-expose-headers', 'x-request-id, retry-after')
  }
  return response
}

function errorResponse(error: DeskError, requestId: string): Response {
  const headers = error.retryAfter === undefined ? undefined : { 'retry-after': String(error.retryAfter) }
  return Response.json(errorBody(error, requestId), { status: statusOf(error.code), ...(headers && { headers }) })
}

function statusOf(code: ErrorCode): number {
  return verdict(code).status
}

/** A request's path for the log: queries can hold tokens and what people wrote. */
function pathOf(request: Request): string {
  return new URL(request.url).pathname
}
