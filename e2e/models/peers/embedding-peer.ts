import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Asked } from './peer.ts'

/** A provider of vectors on this machine: it speaks one vendor's wire format, and misbehaves as a test tells it. */

/** How one vendor is asked for vectors, and how it sends them. */
export interface EmbeddingWire {
  /** What the vendor would refuse in a request, one sentence each. */
  faults(asked: Asked): string[]
  /** The texts that a request holds. */
  texts(asked: Asked): string[]
  /** How many dimensions it asks for, if it does. */
  dimensions(asked: Asked): number | undefined
  answer(asked: Asked, vectors: unknown[]): object
}

/** What a peer does with one request. Without anything it sends the vectors. */
export interface EmbeddingScript {
  /** Answers with this in place of vectors. */
  status?: number
  headers?: Record<string, string>
  body?: string | Buffer
  /** Takes the request, and says nothing. */
  isSilent?: boolean
  /** Makes something else of the vectors. */
  spoil?: (vectors: number[][]) => unknown[]
}

/** What a model makes by itself that is asked for no number of dimensions. */
const OWN_DIMENSIONS = 96

export type EmbeddingPeer = Awaited<ReturnType<typeof openEmbeddingPeer>>

/** Opens a peer on a free port. `scripts` are used up one a request; after them it does what `otherwise` says. */
export async function openEmbeddingPeer(wire: EmbeddingWire, otherwise: EmbeddingScript = {}) {
  const requests: Asked[] = []
  const faults: string[] = []
  const scripts: EmbeddingScript[] = []
  const peer = { otherwise }

  const server = createServer((request, response) => {
    const closed = once(response, 'close').then(() => undefined)
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => (text += chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const asked: Asked = { method, path, headers, body: JSON.parse(text || '{}'), closed }
      const script = scripts.shift() ?? peer.otherwise
      requests.push(asked)
      const found = wire.faults(asked)
      faults.push(...found)
      const json = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      if (found.length > 0) json(400, { error: { code: 400, message: found[0], status: 'INVALID_ARGUMENT' } })
      else if (script.isSilent) return
      else if (script.body !== undefined)
        response.writeHead(script.status ?? 200, { 'content-type': 'application/json', ...script.headers }).end(script.body)
      else {
        const vectors = wire.texts(asked).map((one) => vectorOf(one, wire.dimensions(asked) ?? OWN_DIMENSIONS))
        json(200, wire.answer(asked, script.spoil ? script.spoil(vectors) : vectors))
      }
    })
  })

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return Object.assign(peer, {
    /** Its address, without a path. */
    url: `http://127.0.0.1:${port}`,
    requests,
    /** What was wrong with the requests. */
    faults,
    /** The texts that it was asked for, in their order. */
    texts: () => requests.flatMap(wire.texts),
    /** What it does with the next requests. */
    next: (...next: EmbeddingScript[]) => void scripts.push(...next),
    async close(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

/** A vector that only the words of a text decide: texts with words in common are near each other. No model makes such. */
export function vectorOf(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = [...word].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0
    const place = hash % dimensions
    vector[place] = (vector[place] as number) + ((hash >>> 20) % 2 === 0 ? 1 : -1)
  }
  return vector
}
