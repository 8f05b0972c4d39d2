import { Agent, type IncomingMessage, request } from 'node:http'
import { z } from 'zod'
import { errorShape } from '#lib/protocol/http.ts'
import type { OddRequest } from './requests.ts'

/** An answer's body is read this far; streams need not end. */
const ENOUGH = 64 * 1024
/** How long an answer may take, in milliseconds: far more than any needs that does not wait for news. */
const PATIENCE = 60_000

/** How MCP says that something is wrong, where the request got as far as its server. */
const rpcError = z.object({ jsonrpc: z.literal('2.0'), error: z.object({ code: z.number().int(), message: z.string().min(1) }) })
const strictError = errorShape.extend({
  error: errorShape.shape.error.extend({ message: z.string().min(1), request_id: z.string().min(1) }),
})

/** Sends requests over a few connections that stay open. Each resolves with what is wrong with the answer, if anything. */
export function createHttpSender(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(url)
  const answered = new Map<number, number>()

  function send(odd: OddRequest): Promise<string | undefined> {
    return new Promise((resolve) => {
      // Said outright: Node's client sends the body of a DELETE without its length, as if it were the next request.
      const length = odd.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(odd.body)) }
      const headers = { ...odd.headers, ...length }
      const sent = request({ agent, hostname, port, method: odd.method, path: odd.path, headers, timeout: PATIENCE })
      sent.on('response', (response) => {
        const { statusCode = 0 } = response
        answered.set(statusCode, (answered.get(statusCode) ?? 0) + 1)
        response.on('error', () => undefined)
        void readSome(response).then((text) => resolve(fault(odd, response, text)))
      })
      sent.on('timeout', () => {
        resolve(`no answer to ${describe(odd)}`)
        sent.destroy()
      })
      // A body that is too large may be cut off before its answer is read; nothing else may.
      sent.on('error', (error) => resolve((odd.body?.length ?? 0) > ENOUGH ? undefined : `${error.message}: ${describe(odd)}`))
      sent.end(odd.body)
    })
  }

  /** How often each status was the answer, as words. */
  const tally = () =>
    [...answered]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`)
      .join(', ')

  return { send, tally, close: () => agent.destroy() }
}

function readSome(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const isStream = response.headers['content-type']?.startsWith('text/event-stream')
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      text += chunk
      if (isStream || text.length > ENOUGH) response.destroy()
    })
    response.on('close', () => resolve(text))
  })
}

function fault(odd: OddRequest, { statusCode = 0, headers }: IncomingMessage, text: string): string | undefined {
  const says = `${statusCode} ${text.slice(0, 200)} to ${describe(odd)}`
  if (statusCode < 200 || (statusCode >= 500 && statusCode !== 503)) return says
  if (statusCode < 400 || odd.method === 'HEAD') return undefined
  if (text.includes('not valid HTTP')) return `misread: ${says}`
  if (statusCode === 405 && headers.allow === undefined) return `no Allow in ${says}`
  const isJson = headers['content-type']?.includes('json')
  // People's pages answer people; everything a program may ask answers in the one shape.
  const { pathname } = new URL(odd.path, 'http://desk')
  if (!isJson)
    return /^\/(api|chat|session|feedback|broadcast|stats|connections|health|ready|mcp)\b/.test(pathname) ? `no JSON: ${says}` : undefined
  const { success } = (pathname === '/mcp' ? strictError.or(rpcError) : strictError).safeParse(parsed(text))
  return success ? undefined : `another shape: ${says}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describe({ method, path, headers, body }: OddRequest): string {
  return JSON.stringify({ method, path: path.slice(0, 200), headers, body: String(body).slice(0, 200) })
}
