import { isObject, textIn } from './records.ts'

/** Odoo's JSON routes, as its own chat widget calls them: no user, no key, only the cookies of one visitor. */

/**
 * Why a call came to nothing.
 * `absent`: no such conversation for this visitor. `refused`: it is there, and may not be done. `expired`: the polling session is over.
 * `misused`: Odoo does not know these parameters. `elsewhere`: this is not (or no longer) the address of the database.
 * `unreachable`: nobody answered, or not in Odoo's way; the same call may work later.
 */
export type FaultKind = 'absent' | 'refused' | 'expired' | 'misused' | 'elsewhere' | 'unreachable'

export class OdooFault extends Error {
  override readonly name = 'OdooFault'
  readonly kind: FaultKind
  /** Seconds, where the host said so. */
  readonly retryAfter: number | undefined

  constructor(kind: FaultKind, message: string, retryAfter?: number) {
    super(message)
    this.kind = kind
    this.retryAfter = retryAfter
  }
}

export function isFault(error: unknown, kind?: FaultKind): error is OdooFault {
  return error instanceof OdooFault && (kind === undefined || error.kind === kind)
}

/** The cookies of one visitor, by name: `dgid` proves who it is. */
export type Cookies = Record<string, string>

export type Rpc = ReturnType<typeof createRpc>

/** How long one call may take, in milliseconds. */
const TIMEOUT_MS = 10_000
/** Bytes of an answer. */
const MAX_ANSWER = 2 * 1024 * 1024
/** Cookies that are kept; whatever else a host sets is not ours to send around. */
const KEPT = new Set(['dgid', 'session_id', 'frontend_lang', 'tz'])

/** `base` is the address of the database, as https://company.odoo.com. */
export function createRpc({ base, send = fetch, timeoutMs = TIMEOUT_MS }: { base: URL; send?: typeof fetch; timeoutMs?: number }) {
  /** Calls a route; resolves with its result. The cookies follow what the answer sets. Throws an OdooFault. */
  async function call(route: string, params: object, cookies: Cookies = {}, signal?: AbortSignal): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params })
    const headers = { 'content-type': 'application/json', ...cookieHeader(cookies) }
    const answer = await fetched(route, { method: 'POST', headers, body }, cookies, signal)
    let said: unknown
    try {
      said = JSON.parse(answer)
    } catch {
      throw new OdooFault('unreachable', `${route} answered something that is not JSON`)
    }
    if (!isObject(said) || said.jsonrpc !== '2.0') throw new OdooFault('elsewhere', `${route} did not answer as Odoo does`)
    if (said.error !== undefined) throw faultOf(route, said.error)
    // A route that has nothing to say leaves the result out.
    return said.result ?? null
  }

  /** The status of a page. */
  async function status(path: string, signal?: AbortSignal): Promise<number> {
    const response = await ask(path, { method: 'GET' }, signal)
    await response.body?.cancel()
    return response.status
  }

  async function fetched(route: string, init: RequestInit, cookies: Cookies, signal: AbortSignal | undefined): Promise<string> {
    const response = await ask(route, init, signal)
    keepCookies(response, cookies)
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel()
      throw new OdooFault('elsewhere', `${base.host} sends to another address`)
    }
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new OdooFault('unreachable', `${route} answered ${response.status}`, retryAfterOf(response))
    }
    return read(response, route)
  }

  async function ask(route: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
    try {
      return await send(new URL(route, base), { ...init, redirect: 'manual', signal: AbortSignal.any(limits) })
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      throw new OdooFault('unreachable', `${base.host} does not answer: ${reasonOf(error)}`)
    }
  }

  return { base, call, status }
}

async function read(response: Response, route: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength
      if (size > MAX_ANSWER) throw new OdooFault('unreachable', `${route} answered too much`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw isFault(error) ? error : new OdooFault('unreachable', `${route} broke off: ${reasonOf(error)}`)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The class of the exception tells; the number differs between releases. The traceback that comes with it is left alone. */
function faultOf(route: string, error: unknown): OdooFault {
  const data = isObject(error) && isObject(error.data) ? error.data : {}
  const name = textIn(data.name) ?? 'an error without a name'
  const [, kind] = kinds.find(([pattern]) => pattern.test(name)) ?? [undefined, 'refused' as const]
  return new OdooFault(kind, `${route}: ${name}`)
}

const kinds: Array<[RegExp, FaultKind]> = [
  [/\bNotFound$/, 'absent'],
  [/SessionExpired/, 'expired'],
  [/\b(?:TypeError|KeyError|AssertionError|ValueError)$/, 'misused'],
  [/OperationalError/, 'unreachable'],
  [/Access|UserError|Forbidden/, 'refused'],
]

function keepCookies(response: Response, cookies: Cookies): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=;\s]+)=([^;]*)/.exec(line) ?? []
    if (KEPT.has(name)) cookies[name] = value
  }
}

/** The values as they came: Odoo's guest token holds a `|` that must not be encoded. */
export function cookieHeader(cookies: Cookies): { cookie?: string } {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`)
  return pairs.length > 0 ? { cookie: pairs.join('; ') } : {}
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds : undefined
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && isObject(error.cause) ? textIn(error.cause.code) : undefined
  return cause ?? (error instanceof Error ? error.message : 'unknown')
}
