import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { createGunzip } from 'node:zlib'

/** What a request carries and what its answer may be. */
export interface Terms {
  headers: Record<string, string>
  /** Whether what comes in this media type is wanted. */
  takes: (type: string) => boolean
  isAllowed: (address: string) => boolean
  lookup: LookupFunction
  /** Bytes of an answer, unpacked, at most. */
  maxBytes: number
  /** For everything together, redirects included, in milliseconds. */
  limitMs: number
  /** Asked before every request but that for the first address. Throws when an address must not be fetched. */
  mayFollow: (url: URL) => Promise<void>
  signal: AbortSignal
}

export interface Answer {
  status: number
  /** In lower case, without parameters; '' when none was said. */
  type: string
  charset?: string
  etag?: string
  lastModified?: string
  /** Empty unless the status is 200. */
  body: Uint8Array
}

const MAX_REDIRECTS = 3

/**
 * Fetches an address of the public internet, following a few redirects, each checked like the first. Throws a sentence that
 * says why there is no answer; an answer with any status is one.
 */
export async function fetchPage(first: URL, terms: Terms): Promise<Answer> {
  const timeout = AbortSignal.timeout(terms.limitMs)
  const signal = AbortSignal.any([terms.signal, timeout])
  let url = first
  try {
    for (let redirects = 0; ; redirects++) {
      checkAddress(url, terms.isAllowed)
      if (redirects > 0) await terms.mayFollow(url)
      const answer = await ask(url, { ...terms, signal })
      if (!('location' in answer)) return answer
      if (redirects === MAX_REDIRECTS) throw new Error(`it redirects more than ${MAX_REDIRECTS} times`)
      url = URL.parse(answer.location, url) ?? refuse('it redirects to no address')
    }
  } catch (error) {
    if (timeout.aborted) throw new Error(`it took longer than ${terms.limitMs / 1000} s`)
    throw error
  }
}

function refuse(sentence: string): never {
  throw new Error(sentence)
}

/** Names are checked when they are resolved; an address that is written out never is resolved. */
function checkAddress({ protocol, hostname, username, password }: URL, isAllowed: (address: string) => boolean): void {
  if (protocol !== 'http:' && protocol !== 'https:') refuse('it leads to something that is not http')
  if (username !== '' || password !== '') refuse('it leads to an address with a name and password in it')
  const literal = hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) !== 0 && !isAllowed(literal)) refuse('it leads to a private address')
}

type Asked = Omit<Terms, 'limitMs' | 'mayFollow'>

async function ask(url: URL, { headers, takes, isAllowed, lookup, maxBytes, signal }: Asked): Promise<Answer | { location: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const secure = url.protocol === 'https:'
  // An agent of its own: no proxy of the environment and no socket of others between us and the address that was checked.
  const agent = secure ? new HttpsAgent() : new HttpAgent()
  const options: RequestOptions = { agent, lookup, signal, headers: { ...headers, 'accept-encoding': 'gzip' } }
  const request = secure ? requestHttps(url, options) : requestHttp(url, options)
  request.on('socket', (socket) =>
    socket.once('connect', () => {
      if (!isAllowed(socket.remoteAddress ?? '')) request.destroy(new Error('it leads to a private address'))
    }),
  )
  request.on('response', resolve).on('error', reject).end()
  try {
    const response = await promise
    const { statusCode: status = 0 } = response
    const { location, etag, 'last-modified': lastModified, 'content-encoding': encoding = 'identity' } = response.headers
    if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) return { location }
    const [media = '', ...parameters] = (response.headers['content-type'] ?? '').split(';')
    const type = media.trim().toLowerCase()
    const [, charset] = /charset\s*=\s*["']?([\w-]+)/i.exec(parameters.join(';')) ?? []
    if (status === 200 && !takes(type)) refuse(`it is of a type that is not read (${type || 'none'})`)
    if (!/^(gzip|identity)$/.test(encoding)) refuse('it is packed in an unknown way')
    return {
      status,
      type,
      ...(charset === undefined ? {} : { charset }),
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
      body: status === 200 ? await bodyOf(response, encoding === 'gzip', maxBytes) : new Uint8Array(),
    }
  } finally {
    request.destroy()
    agent.destroy()
  }
}

/** The whole body, counted as it is unpacked. */
async function bodyOf(response: IncomingMessage, isPacked: boolean, maxBytes: number): Promise<Uint8Array> {
  const unpacked = isPacked ? response.pipe(createGunzip()) : response
  response.on('error', (error) => unpacked.destroy(error))
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) refuse(`it is larger than ${maxBytes / 1024 / 1024} MB`)
    chunks.push(chunk)
  }
  if (!response.complete) refuse('its connection broke')
  return new Uint8Array(Buffer.concat(chunks))
}
