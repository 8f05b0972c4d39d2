import { type JSONRPCMessage, MCPClientError, type MCPTransport, validateJSONRPCMessage } from '@ai-sdk/mcp'
import { type StreamEvent, streamEvents, textOf } from './events.ts'

/**
 * MCP's Streamable HTTP under the AI SDK's client. The SDK's own transport reads whatever is sent and keeps notifications to
 * itself; this one reads no more than it may, tells of changed tools, takes a dropped stream up again, and sends `_meta`.
 */

/** Characters of one answer, at most. What a model gets of it is far less. */
const ANSWER_MAX = 1024 * 1024
/** … and of the text that explains a failure. */
const FAILURE_MAX = 2000
/** The pause before a stream is taken up again, where the server names none, and the longest that it may name; milliseconds. */
const RESUME_MS = 1000
const RESUME_MAX_MS = 30_000
const GOODBYE_MS = 1000

export interface TransportOptions {
  url: URL
  /** Sent with every request. */
  headers: Record<string, string>
  fetch: typeof fetch
  /** A message without an answer, like `notifications/tools/list_changed`. */
  onNotification: (method: string) => void
  /** Looks at each answer before the client does, which refuses a whole list for one bad tool. */
  prepare: (result: Record<string, unknown>) => Record<string, unknown>
}

export interface HttpTransport extends MCPTransport {
  /** What is sent as `_meta` with the call that has these arguments (the same object). */
  meta: WeakMap<object, Record<string, unknown>>
}

type Reply = Extract<JSONRPCMessage, { id?: unknown }>

export function createHttpTransport({ url, headers, fetch, onNotification, prepare }: TransportOptions): HttpTransport {
  const closing = new AbortController()
  const meta: HttpTransport['meta'] = new WeakMap()
  let mcpSession: string | undefined
  let listening: Promise<void> | undefined

  const transport: HttpTransport = {
    meta,
    supportsProtocolVersionDiscovery: true,
    waitsForProtocolVersionDiscovery: true,
    supportsMcpToolParameterHeaders: true,
    async start() {},
    send,
    close,
    setProtocolVersion(version) {
      transport.protocolVersion = version
    },
  }

  async function send(message: JSONRPCMessage, options: { signal?: AbortSignal; headers?: Record<string, string> } = {}): Promise<void> {
    const signal = AbortSignal.any([closing.signal, ...(options.signal ? [options.signal] : [])])
    const response = await request('POST', {
      signal,
      body: JSON.stringify(withMeta(message, meta)),
      headers: { ...options.headers, ...named(message), 'content-type': 'application/json' },
    })
    if (response.status === 202 || !('method' in message && 'id' in message)) {
      await response.body?.cancel()
      if ('method' in message && message.method === 'notifications/initialized') listening ??= listen().catch(() => undefined)
      return
    }
    if (!response.headers.get('content-type')?.includes('text/event-stream')) {
      receive(JSON.parse(await capped(response)), message.id)
      return
    }
    // The answer comes by the stream. Its end is not awaited here: the client has a deadline of its own.
    follow(response, message.id, signal).catch((error) => {
      if (!signal.aborted) fail(message.id, error)
    })
  }

  /** Reads an answer's stream until the answer is there, over as many connections as the server makes of it. */
  async function follow(first: Response, id: Reply['id'], signal: AbortSignal): Promise<void> {
    let response = first
    let from: Pick<StreamEvent, 'id' | 'retry'> = { id: undefined, retry: undefined }
    for (;;) {
      for await (const { event, data, id: eventId, retry } of eventsOf(response)) {
        from = { id: eventId ?? from.id, retry: retry ?? from.retry }
        if ((event === undefined || event === 'message') && data !== '' && receive(JSON.parse(data), id)) return
      }
      if (from.id === undefined) throw new Error('the server ended its answer before it was whole')
      await pause(Math.min(from.retry ?? RESUME_MS, RESUME_MAX_MS), signal)
      response = await request('GET', { signal, headers: { 'last-event-id': from.id } })
    }
  }

  /** Hears what the server says unasked, as long as it has such a stream: one without answers 405. */
  async function listen(): Promise<void> {
    const { signal } = closing
    let from: Pick<StreamEvent, 'id' | 'retry'> = { id: undefined, retry: undefined }
    while (!signal.aborted) {
      try {
        const response = await request('GET', { signal, headers: from.id === undefined ? {} : { 'last-event-id': from.id } })
        for await (const { data, id, retry } of eventsOf(response, Number.POSITIVE_INFINITY)) {
          from = { id: id ?? from.id, retry: retry ?? from.retry }
          if (data !== '') receive(JSON.parse(data))
        }
      } catch (error) {
        if (MCPClientError.isInstance(error) && error.statusCode !== undefined && error.statusCode < 500) return
      }
      await pause(Math.min(from.retry ?? RESUME_MS, RESUME_MAX_MS), signal)
    }
  }

  async function request(
    method: 'POST' | 'GET' | 'DELETE',
    { headers: own, signal, body }: { headers: Record<string, string>; signal: AbortSignal; body?: string },
  ): Promise<Response> {
    const accept = method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream'
    const version = transport.protocolVersion
    const response = await fetch(url, {
      method,
      signal,
      // An address that the owner did not name is never asked, whatever a server answers.
      redirect: 'error',
      headers: {
        ...headers,
        ...own,
        accept,
        ...(version === undefined ? {} : { 'mcp-protocol-version': version }),
        ...(mcpSession === undefined ? {} : { 'mcp-session-id': mcpSession }),
      },
      ...(body === undefined ? {} : { body }),
    })
    mcpSession = response.headers.get('mcp-session-id') ?? mcpSession
    if (!response.ok) await refuse(response, method)
    return response
  }

  /** Some servers say in the body of a refusal what they refuse. */
  async function refuse(response: Response, method: string): Promise<void> {
    const text = await capped(response, FAILURE_MAX).catch(() => '')
    const said = method === 'POST' ? parsed(text) : undefined
    const error = said && 'error' in said ? said.error : undefined
    const message = error?.message ?? `the server answers ${response.status}: ${text.replace(/\s+/g, ' ').slice(0, 200)}`
    throw new MCPClientError({ message, statusCode: response.status, ...(error ? { code: error.code, data: error.data } : {}) })
  }

  /** Hands on what came. True for the answer that is waited for. */
  function receive(json: unknown, awaited?: Reply['id']): boolean {
    const messages = (Array.isArray(json) ? json : [json]).map(validateJSONRPCMessage)
    let found = false
    for (const message of messages) {
      if ('method' in message && !('id' in message)) onNotification(message.method)
      else if ('method' in message) transport.onmessage?.(message)
      else if (awaited !== undefined && Number(message.id) === Number(awaited)) {
        found = true
        transport.onmessage?.('result' in message ? { ...message, result: prepare(message.result) } : message)
      }
    }
    if (awaited !== undefined && !found && !messages.some((message) => 'method' in message)) {
      throw new Error('the server answered a question that was not asked')
    }
    return found
  }

  /** Ends the wait for an answer that will not come; nothing where nobody waits any more. */
  function fail(id: Reply['id'], error: unknown): void {
    const message = error instanceof Error ? error.message : 'the connection was lost'
    try {
      transport.onmessage?.({ jsonrpc: '2.0', id: id ?? 0, error: { code: LOST, message } })
    } catch {
      // The client has given up on this answer already.
    }
  }

  async function close(): Promise<void> {
    closing.abort()
    if (mcpSession !== undefined) {
      const goodbye = request('DELETE', { headers: {}, signal: AbortSignal.timeout(GOODBYE_MS) })
      await goodbye.then((response) => response.body?.cancel()).catch(() => undefined)
    }
    await listening
    transport.onclose?.()
  }

  return transport
}

/** The code of an answer that we make ourselves, for one that was lost on its way. */
export const LOST = -32_000

function withMeta(message: JSONRPCMessage, meta: HttpTransport['meta']): JSONRPCMessage {
  const given = 'method' in message ? (message.params?.arguments as object | undefined) : undefined
  const own = given && meta.get(given)
  if (!own || !('method' in message)) return message
  return { ...message, params: { ...message.params, _meta: { ...message.params?._meta, ...own } } }
}

/** What newer servers want to read without opening the body. */
function named(message: JSONRPCMessage): Record<string, string> {
  if (!('method' in message && 'id' in message)) return {}
  const name = message.params?.name
  return { 'mcp-method': message.method, ...(typeof name === 'string' ? { 'mcp-name': name } : {}) }
}

function eventsOf(response: Response, all = ANSWER_MAX): AsyncGenerator<StreamEvent> {
  if (!response.body) throw new Error('the server sent no stream')
  return streamEvents(response.body, { event: ANSWER_MAX, all })
}

/** A body's text. Throws as soon as it is longer than it may be, without reading on. */
async function capped({ body }: Response, most = ANSWER_MAX): Promise<string> {
  let text = ''
  if (!body) return text
  for await (const piece of textOf(body)) {
    text += piece
    if (text.length > most) throw new Error(`the server's answer is longer than ${most} characters`)
  }
  return text
}

function parsed(text: string): JSONRPCMessage | undefined {
  try {
    return validateJSONRPCMessage(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Throws when the signal ends it. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
