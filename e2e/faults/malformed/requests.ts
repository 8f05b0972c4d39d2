import fc from 'fast-check'
import { oddJson, oddText } from './values.ts'

/** One generated HTTP request. */
export interface OddRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string | Buffer | undefined
}

/** Names that Node's client lets pass; what it does not is for the tests on raw bytes. */
const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '?')

const oddSegment = fc.oneof(
  fc.constantFrom(
    'unknown',
    'chat',
    'auth',
    '__proto__',
    'a'.repeat(65),
    'a'.repeat(3000),
    '%00',
    '%2F',
    '%2e%2e',
    '..',
    '%E0%A4%A',
    '%',
    '%zz',
    '*',
  ),
  oddText.map((text) => encodeURIComponent(text.toWellFormed())),
)

const oddQuery = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'message',
        'session_id',
        'after',
        'epoch',
        'wait',
        'deltas',
        'partial',
        'limit',
        'before',
        'client_msg_id',
        '__proto__',
        '_rsc',
      ),
      fc.oneof(
        fc.constantFrom('%', '%zz', '%00', '-1', '1.5', 'NaN', '1e400', '0x10', '', '9007199254740993', 'x:1', '%ud800'),
        oddSegment,
      ),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`))

const oddHeaders = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ...['content-type', 'last-event-id', 'idempotency-key', 'authorization', 'x-session-token', 'x-api-key', 'cookie', 'accept'],
        ...['accept-language', 'x-frontdesk-arrival', 'x-middleware-subrequest', 'next-action', 'rsc', 'next-router-state-tree', 'range'],
        ...['x-nonce', 'if-none-match', 'content-encoding', 'expect-ct', 'x-http-method-override', 'sec-fetch-site', 'origin'],
      ),
      fc.oneof(
        fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'x', '1'),
        fc.constantFrom(
          'Bearer x',
          'Bearer _.0.'.padEnd(54, 'a'),
          'a.0:1',
          'x.0:99999999999999999999:1:',
          '{"origin":{"local":true}}',
          'gzip',
          '*/*',
        ),
        oddText.map(printable),
      ),
    ),
    { maxLength: 3 },
  )
  .map((pairs) => Object.fromEntries(pairs))

const oddBody = fc.oneof(
  { weight: 8, arbitrary: oddJson },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'message=hello',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--',
      'x'.repeat(66_000),
    ),
  },
)

/** A call of a tool with arguments that it does not expect, or anything else in the envelope of MCP. */
const oddToolCall = fc
  .tuple(
    fc.constantFrom('search_products', 'get_product', 'verify_customer_pin', 'create_order', 'cancel_order', 'list_orders', '__proto__'),
    fc.constantFrom('tools/call', 'tools/call', 'tools/list', 'initialize', 'server/discover', 'resources/read', '__proto__'),
    oddJson,
    oddJson,
  )
  .map(([name, method, args, meta]) => {
    return `{"jsonrpc":"2.0","id":1,"method":"${method}","params":{"name":"${name}","arguments":${args},"_meta":${meta}}}`
  })
const mcpHeaders = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

/** What an MCP client sends that has lost its mind. */
export const oddMcpRequest: fc.Arbitrary<OddRequest> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: oddToolCall }, { weight: 1, arbitrary: oddBody }), oddHeaders)
  .map(([body, headers]) => ({ method: 'POST', path: '/mcp', headers: { ...headers, ...mcpHeaders }, body }))

const methods = ['GET', 'POST', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'PURGE']

/** Requests to the given addresses (`{…}` stands for an id) and to some that do not exist. */
export function oddRequest(addresses: string[]): fc.Arbitrary<OddRequest> {
  const address = fc.constantFrom(...addresses, '/api/{id}', '/api/session/{id}/{id}', '/api/chat/', '/{id}', '/api/%2e%2e/{id}')
  return fc
    .tuple(fc.constantFrom(...methods), address, oddSegment, oddQuery, oddHeaders, oddBody)
    .map(([method, where, segment, query, headers, body]) => {
      const bodiless = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
      return { method, path: where.replace(/\{\w+\}/g, () => segment) + query, headers, body: bodiless ? undefined : body }
    })
}
