import { createRemoteJWKSet, customFetch, decodeProtectedHeader, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Config } from '#lib/config.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Customer, Log } from '#lib/session/ports.ts'

/**
 * The token by which the site that shows the desk vouches for a visitor: a JWT, signed with a secret that both know (HS256) or with a
 * key that the site publishes. Which algorithms count is decided by which of the two is set, never by the token.
 */

export interface SiteTokenSettings {
  key: { secret: string } | { jwks: URL }
  issuer: string
  audience: string
  /** Whether who comes with a token may order. */
  mayOrder: boolean
  now: () => number
  log: Pick<Log, 'warn'>
  fetch?: typeof fetch
}

/** Whom a token names, and where their sessions are. */
export interface SiteVisitor {
  customer: Customer
  /** Names the space of this visitor's sessions. */
  subject: string
}

export type SiteTokens = ReturnType<typeof createSiteTokens>

/** Seconds by which the clocks of site and desk may differ. */
const LEEWAY_S = 60
/** The longest life that a token may have, in seconds: one that is lost is of no use tomorrow. */
const LIFETIME_S = 24 * 60 * 60
const MAX_LENGTH = 4096
/** What a site's keys take, at most, in bytes; how long they may take to come; how long they are not asked for after a failure. */
const MAX_KEYS = 256 * 1024
const KEYS_MS = 5000
const PAUSE_MS = 5000

const claims = z.object({
  sub: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\p{C}\s]+$/u),
  name: z.string().trim().min(1).max(120).optional().catch(undefined),
  email: z.email().max(254).optional().catch(undefined),
})
/** Headers that say where a key is to be found, or bring one along: none is ever followed. */
const foreignKeys = ['jku', 'jwk', 'x5u', 'x5c', 'crit']

/** Whether a token is meant to be one of a site: session tokens look otherwise. */
export function looksLikeSiteToken(token: string): boolean {
  return /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(token)
}

/** As the settings say it; undefined where no site vouches for anybody. */
export function siteTokensOf(config: Config, log: Log): SiteTokens | undefined {
  const { JWT_SECRET: secret, JWKS_URL: jwks, JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_ORDERS: mayOrder } = config
  const key = secret === undefined ? jwks && { jwks } : { secret }
  if (!key || issuer === undefined || audience === undefined) return undefined
  return createSiteTokens({ key, issuer, audience, mayOrder, now: Date.now, log })
}

export function createSiteTokens({ key, issuer, audience, mayOrder, now, log, fetch: load = fetch }: SiteTokenSettings) {
  const options = (): JWTVerifyOptions => ({
    algorithms: 'secret' in key ? ['HS256'] : ['RS256', 'ES256', 'EdDSA'],
    issuer,
    audience,
    clockTolerance: LEEWAY_S,
    requiredClaims: ['exp', 'sub'],
    currentDate: new Date(now()),
  })
  const verified = 'secret' in key ? bySecret(key.secret) : byKeys(key.jwks)

  function bySecret(secret: string) {
    const bytes = new TextEncoder().encode(secret)
    return async (token: string) => (await jwtVerify(token, bytes, options())).payload
  }

  function byKeys(url: URL) {
    let pausedUntil = 0
    const keys = createRemoteJWKSet(url, {
      timeoutDuration: KEYS_MS,
      [customFetch]: async (address, init) => {
        if (now() < pausedUntil) throw new Unreachable()
        try {
          return await bounded(await load(address, init))
        } catch (error) {
          pausedUntil = now() + PAUSE_MS
          log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'the keys of JWKS_URL could not be read')
          throw new Unreachable()
        }
      },
    })
    return async (token: string) => (await jwtVerify(token, keys, options())).payload
  }

  /** Whom the token names. Throws `unauthorized` for one that does not count, `unavailable` where that cannot be told now. */
  return async function read(token: string): Promise<SiteVisitor> {
    try {
      if (token.length > MAX_LENGTH) throw new Error('too long')
      checkHeader(token)
      return visitorOf(await verified(token))
    } catch (error) {
      if (error instanceof Unreachable)
        throw new DeskError('unavailable', 'Whether this token counts cannot be told now. Please try again.', 5)
      throw refusal()
    }
  }

  function visitorOf(payload: JWTPayload): SiteVisitor {
    const { exp = 0, iat, nbf } = payload
    const begins = Math.max(iat ?? 0, nbf ?? 0) || now() / 1000
    if (exp - begins > LIFETIME_S + LEEWAY_S) throw new Error('lives too long')
    if (iat !== undefined && iat > now() / 1000 + LEEWAY_S) throw new Error('is of the future')
    const { sub, name, email } = claims.parse(payload)
    const known = email === undefined ? {} : { email }
    const customer: Customer = { id: sub, name: name ?? email ?? sub, ...known, via: 'site', mayOrder, until: exp * 1000 }
    return { customer, subject: `${issuer}\n${sub}` }
  }
}

/** What is said of every token that does not count: why, is for nobody who only tries. */
export function refusal(): DeskError {
  return new DeskError('unauthorized', 'This token does not count here, or no longer.')
}

class Unreachable extends Error {}

function checkHeader(token: string): void {
  const header = decodeProtectedHeader(token) as Record<string, unknown>
  const { typ } = header
  if (foreignKeys.some((name) => name in header)) throw new Error('brings its own key')
  if (typ !== undefined && (typeof typ !== 'string' || typ.toLowerCase() !== 'jwt')) throw new Error('is no JWT')
}

/** An answer that was read to its end, unless it is too long or none. */
async function bounded(response: Response): Promise<Response> {
  if (response.status !== 200 || !response.body) throw new Error(`HTTP ${response.status}`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > MAX_KEYS) throw new Error('too long')
    chunks.push(chunk)
  }
  return new Response(Buffer.concat(chunks), { headers: { 'content-type': 'application/json' } })
}
