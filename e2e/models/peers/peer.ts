import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A provider of models on this machine: it speaks one vendor's wire format, and misbehaves as a test tells it. */

/** What a peer was asked. */
export interface Asked {
  method: string
  /** Path and query. */
  path: string
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
  /** Resolves when the connection is over, from whichever side. */
  closed: Promise<void>
}

/** How one vendor speaks. */
export interface Vendor {
  /** What the vendor would refuse in a request, one sentence each. */
  faults(asked: Asked): string[]
  /** The stream of an answer in pieces: one before the text, one for each token, those after the text. */
  stream(
    tokens: string[],
    usage: { input: number; output: number },
    calls: ToolCall[],
  ): { before: string[]; tokens: string[]; after: string[] }
}

/** A call of a tool that a model asks for; the arguments as they come, JSON or not. */
export interface ToolCall {
  name: string
  args: string
}

/** What a peer does with one request. Without anything it answers. */
export interface Script {
  /** The text, in tokens; by default `ANSWER`. */
  tokens?: string[]
  /** Tools that it asks for after the text; without tokens of its own it says nothing then. */
  calls?: ToolCall[]
  usage?: { input: number; output: number }
  /** Answers with this in place of a stream. */
  status?: number
  headers?: Record<string, string>
  body?: string | Buffer
  /** Cuts the connection instead of the token of this index. */
  dieAt?: number
  /** Ends the answer in order, but early: instead of the token of this index. */
  endAt?: number
  /** Says nothing more from the token of this index on, and keeps the connection. */
  stallAt?: number
  /** Waits for something before the token of an index. */
  hold?: { at: number; until: Promise<unknown> }
  /** Sends every byte by itself. */
  byteByByte?: boolean
  /** Lets so many milliseconds pass before each byte; none of the answer is lost. */
  dripMs?: number
  /** Says this before the end, or instead of it. */
  extra?: string
  instead?: string
}

/** Sentences of the article on shipping, so that an answer made of them rests on it. */
export const ANSWER =
  'Standard shipping takes 3 to 5 business days to addresses in the 48 contiguous states. ' +
  'Standard shipping to Alaska and Hawaii takes 5 to 8 business days. ' +
  'Standard shipping to military APO and FPO addresses takes 10 to 15 business days. ' +
  'Harbor Computers counts shipping days from the day the parcel leaves the warehouse.'

export function tokensOf(text: string): string[] {
  return text.match(/\S+\s*/g) ?? []
}

export type Peer = Awaited<ReturnType<typeof openPeer>>

/** Opens a peer on a free port. `scripts` are used up one a request; after them it does what `otherwise` says. */
export async function openPeer(vendor: Vendor, otherwise: Script | ((asked: Asked) => Script) = {}) {
  const requests: Asked[] = []
  const faults: string[] = []
  const scripts: Script[] = []
  const waiting: Array<() => void> = []
  const peer = { otherwise }
  let working = 0

  const server = createServer((request, response) => {
    const closed = once(response, 'close').then(() => undefined)
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => (text += chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const asked: Asked = { method, path, headers, body: JSON.parse(text || '{}'), closed }
      const script = scripts.shift() ?? (typeof peer.otherwise === 'function' ? peer.otherwise(asked) : peer.otherwise)
      requests.push(asked)
      for (const listener of waiting.splice(0)) listener()
      const found = vendor.faults(asked)
      faults.push(...found)
      if (found.length > 0)
        response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: found[0] } }))
      else {
        working += 1
        answer(response, script)
          .catch(() => response.destroy())
          .finally(() => (working -= 1))
      }
    })
  })

  async function answer(response: ServerResponse, script: Script): Promise<void> {
    const { status = 200, headers = {}, body, calls = [], usage = { input: 200, output: 50 } } = script
    const tokens = script.tokens ?? (calls.length > 0 ? [] : tokensOf(ANSWER))
    response.writeHead(status, { 'content-type': 'text/event-stream', ...headers })
    if (body !== undefined) return void response.end(body)
    response.flushHeaders()
    const spoken = vendor.stream(tokens, usage, calls)
    const write = async (text: string) => {
      for (const part of script.byteByByte || script.dripMs ? splitBytes(text) : [text]) {
        response.write(part)
        if (script.dripMs) await sleep(script.dripMs)
        else if (script.byteByByte) await new Promise(setImmediate)
      }
    }
    for (const piece of spoken.before) await write(piece)
    for (const [at, piece] of spoken.tokens.entries()) {
      if (at === script.dieAt) {
        // What was said first gets through; then the line is dead.
        await new Promise((resolve) => response.write(': \n\n', resolve))
        return void response.destroy()
      }
      if (at === script.endAt) return void response.end()
      if (at === script.stallAt) return
      if (at === script.hold?.at) await script.hold.until
      await write(piece)
    }
    if (script.extra !== undefined) await write(script.extra)
    for (const piece of script.instead === undefined ? spoken.after : [script.instead]) await write(piece)
    response.end()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return Object.assign(peer, {
    /** Its address, without a path. */
    url: `http://127.0.0.1:${port}`,
    requests,
    /** What was wrong with the requests. */
    faults,
    /** What it does with the next requests. */
    next: (...next: Script[]) => void scripts.push(...next),
    /** Whether it has said to every request all that it will. */
    isQuiet: () => working === 0,
    /** Resolves when so many requests have come. */
    async asked(count: number): Promise<void> {
      while (requests.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

function splitBytes(text: string): Buffer[] {
  return [...Buffer.from(text)].map((byte) => Buffer.from([byte]))
}

/** What is missing in a request or too much in it, compared with the fields that a vendor knows; `more` may be there. */
export function unexpected(body: Record<string, unknown>, fields: string[], more: string[] = []): string[] {
  const missing = fields.filter((field) => !(field in body)).map((field) => `${field} is missing`)
  return [
    ...missing,
    ...Object.keys(body)
      .filter((field) => !fields.includes(field) && !more.includes(field))
      .map((field) => `${field} is not known`),
  ]
}
