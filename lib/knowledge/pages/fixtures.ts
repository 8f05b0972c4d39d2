import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (response: ServerResponse, request: IncomingMessage) => void

/** A web site on this machine whose pages a test sets; it notes what it was asked, robots.txt (none at first) apart. */
export async function openSite() {
  const pages = new Map<string, Handler>()
  const asked: Array<{ path: string; headers: IncomingMessage['headers'] }> = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (path !== '/robots.txt') asked.push({ path, headers: request.headers })
    const handler = pages.get(path)
    if (handler) handler(response, request)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    at: (path: string) => `http://127.0.0.1:${port}${path}`,
    asked,
    set: (path: string, handler: Handler) => pages.set(path, handler),
    remove: (path: string) => pages.delete(path),
    close() {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Answers with a page of HTML; `headers` are more or other ones. */
export function html(content: string, headers: Record<string, string> = {}): Handler {
  return (response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(content)
}

export function redirect(location: string): Handler {
  return (response) => response.writeHead(302, { location }).end()
}
