import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Habits {
  /** Passes on whole answers only. */
  buffers?: boolean
  /** Asks the server under this name. */
  host?: string
}

/** A proxy as there are many: it has never heard of WebSocket. */
export async function startDeafProxy(target: string, { buffers = false, host }: Habits = {}): Promise<{ url: string; close: () => void }> {
  const server = createServer((incoming, outgoing) => {
    const { connection: _, upgrade: __, ...headers } = incoming.headers
    const onward = request(
      `${target}${incoming.url}`,
      { method: incoming.method, headers: { ...headers, ...(host && { host }) } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        if (buffers) passOnWhole(answer, outgoing)
        else answer.pipe(outgoing)
        outgoing.on('close', () => answer.destroy())
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function passOnWhole(answer: IncomingMessage, outgoing: ServerResponse): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('end', () => outgoing.end(Buffer.concat(chunks)))
}
