import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server'
import { MAX_BODY } from '#lib/protocol/http.ts'
import type { Log } from '#lib/session/ports.ts'

/** Who calls, as the door found out. Nothing in a request says it: it is told beside the request. */
export interface Caller {
  reach: 'everyone' | 'keyholders'
  /** The caller's address; undefined for the desk itself. */
  ip?: string
}

/** One request while it is being answered. */
export interface Exchange {
  caller: Caller
  /** Breaks the connection in the place of the answer. */
  cut: () => void
}

export type ServeMcp = (request: Request, caller: Caller) => Promise<Response>

/**
 * Answers MCP over Streamable HTTP, of today's revision and of those before. It keeps nothing between requests: each gets
 * a server of its own, made for who calls. So any process can answer any request, and nobody can see a tool that is not
 * for them.
 */
export function serveMcp(build: (exchange: Exchange) => McpServer, log: Log): ServeMcp {
  const handler = createMcpHandler(({ authInfo }) => build(authInfo?.extra?.exchange as Exchange), {
    maxRequestBodySize: MAX_BODY,
    // What is offered does not change while the desk runs: there is nothing to wait for.
    maxSubscriptions: 0,
    onerror: (error) => log.debug({ reason: error.message }, 'an MCP request was refused'),
  })
  return async function serve(request, caller) {
    let broken = false
    const exchange: Exchange = {
      caller,
      cut: () => {
        broken = true
      },
    }
    const authInfo = { token: '', clientId: caller.ip ?? 'desk', scopes: [], extra: { exchange } }
    const { body, ...response } = partsOf(await handler.fetch(request, { authInfo }))
    return new Response(body?.pipeThrough(breaking(() => broken)) ?? null, response)
  }
}

function partsOf({ body, status, headers }: Response) {
  return { body, status, headers }
}

/** Lets everything through until it is to break. */
function breaking(isBroken: () => boolean): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      if (isBroken()) controller.error(new Error('the connection was cut'))
      else controller.enqueue(chunk)
    },
  })
}
