import { isIP } from 'node:net'
import { DeskError } from '#lib/protocol/errors.ts'

/** Where requests may come from, and what each one shows of where it came from. */

export interface OriginPolicy {
  /** The address visitors see; undefined while the desk has none. */
  publicUrl: URL | undefined
  /** Foreign origins that may call, exact. */
  corsOrigins: string[]
  /** How many proxies stand before the desk and are believed; 0 for none. */
  trustedHops: number
  /** The server listens on loopback only. */
  boundToLoopback: boolean
}

/** What is read of a request to judge it. */
export interface Arrival {
  peer: string | undefined
  headers: Record<string, string | string[] | undefined>
}

export interface Origin {
  /** Everything about the request is of this machine: it may do what its owner may. */
  local: boolean
  /** The visitor's address, as far as it can be known. */
  ip: string
  /** The page that asks, if a browser says so and it may ask. */
  origin: string | undefined
  /** The visitor's connection is encrypted. */
  secure: boolean
}

const loopbackName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i
/** What only a proxy adds, under whichever of its names. */
const addedByProxies = /^(x-forwarded-.*|forwarded|via|x-real-ip|cf-connecting-ip|true-client-ip)$/

/**
 * Judges a request by its peer, `Host`, `Origin` and forwarding headers.
 * Throws `misdirected` when the `Host` is not one of ours (or the desk has no public address to be exposed
 * under), `forbidden` when the `Origin` is not on the list.
 */
export function judge(arrival: Arrival, policy: OriginPolicy): Origin {
  const { peer = '', headers } = arrival
  const host = one(headers.host) ?? ''
  const origin = one(headers.origin)
  const forwarded = Object.keys(headers).some((name) => headers[name] !== undefined && addedByProxies.test(name))
  const publicIsHere = policy.publicUrl === undefined || loopbackName.test(policy.publicUrl.host)
  const local =
    publicIsHere && !forwarded && isLoopback(peer) && loopbackName.test(host) && (origin === undefined || isLoopbackOrigin(origin))
  if (local) return { local, ip: plain(peer), origin, secure: false }

  const seen = policy.trustedHops > 0 ? throughProxies(arrival, policy.trustedHops) : { ip: plain(peer), host, secure: false }
  if (origin !== undefined && !isAllowed(origin, seen.host, policy)) {
    throw new DeskError('forbidden', 'This origin is not allowed. The owner can add it to CORS_ORIGINS.')
  }
  checkHost(seen.host, policy)
  return { local, ip: seen.ip, origin, secure: seen.secure || policy.publicUrl?.protocol === 'https:' }
}

/** What a chain of believed proxies says: the address that the outermost of them saw, the host it was asked for. */
function throughProxies({ peer = '', headers }: Arrival, hops: number) {
  const chain = (one(headers['x-forwarded-for']) ?? '').split(',').map((part) => part.trim())
  const ip = chain.at(-hops) || peer
  return {
    ip: plain(isIP(plain(ip)) ? ip : peer),
    host: one(headers['x-forwarded-host']) ?? one(headers.host) ?? '',
    secure: one(headers['x-forwarded-proto']) === 'https',
  }
}

function checkHost(host: string, { publicUrl, boundToLoopback }: OriginPolicy): void {
  if (publicUrl) {
    // Some clients write the port that the scheme implies.
    const withPort = publicUrl.port === '' ? `${publicUrl.host}:${publicUrl.protocol === 'https:' ? 443 : 80}` : publicUrl.host
    if ([publicUrl.host, withPort].includes(host.toLowerCase())) return
    throw new DeskError('misdirected', 'This host name is not the one in PUBLIC_URL.')
  }
  if (boundToLoopback) throw new DeskError('misdirected', 'This desk is private to its machine. To open it, set PUBLIC_URL.')
  // Without a public name only addresses are served: a name could be anybody's that points here.
  const name = host.replace(/:\d{1,5}$/, '')
  if (!isIP(name.replace(/^\[|\]$/g, '')) && name.toLowerCase() !== 'localhost') {
    throw new DeskError('misdirected', 'To serve this host name, set PUBLIC_URL to it.')
  }
}

function isAllowed(origin: string, host: string, { publicUrl, corsOrigins }: OriginPolicy): boolean {
  if (corsOrigins.includes(origin)) return true
  return publicUrl ? origin === publicUrl.origin : origin === `http://${host.toLowerCase()}`
}

function isLoopbackOrigin(origin: string): boolean {
  const [, host] = /^https?:\/\/(.+)$/.exec(origin) ?? []
  return host !== undefined && loopbackName.test(host)
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return /^127(\.\d{1,3}){3}$/.test(plain(address)) || address === '::1'
}

/** IPv4 addresses as they are usually written, also when they come in IPv6 dress. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
