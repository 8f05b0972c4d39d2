import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { McpServer } from '@modelcontextprotocol/server'
import { createLogger } from '#lib/logger.ts'
import { serveMcp } from '#lib/shop/mcp-handler.ts'
import { addPrompts, addResources } from './fixture-content.ts'
import { addTools } from './fixture-tools.ts'

/** The desk's way of serving MCP, with the conformance suite's own tools, resources and prompts behind it. */
export async function startFixtureServer(): Promise<{ url: string; close: () => void }> {
  const capabilities = { logging: {}, completions: {} }
  const serve = serveMcp(() => {
    const server = new McpServer({ name: 'frontdesk-fixture', version: '1.0.0' }, { capabilities })
    addTools(server)
    addResources(server)
    addPrompts(server)
    return server
  }, createLogger('silent'))

  const http = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)])
    const body = method === 'POST' ? new Uint8Array(await buffer(request)) : null
    const said = await serve(new Request(`http://localhost${request.url}`, { method, headers, body }), { reach: 'keyholders' })
    response.writeHead(said.status, Object.fromEntries(said.headers))
    if (said.body) await pipeline(Readable.fromWeb(said.body as ReadableStream), response)
    else response.end()
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`, close: () => http.close() }
}
