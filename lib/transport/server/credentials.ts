import type { Access, Claim } from '#lib/identity/access.ts'
import type { Origin } from '#lib/identity/origins.ts'
import { readToken } from '#lib/identity/session-token.ts'
import { looksLikeSiteToken, refusal, type SiteVisitor } from '#lib/identity/site-token.ts'
import type { Receipt } from '#lib/protocol/actions.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import { parse } from '#lib/protocol/frames.ts'
import { sessionId } from '#lib/protocol/ids.ts'
import type { Actor, SessionRef } from '#lib/session/ports.ts'
import type { Call } from './door.ts'
import type { House } from './house.ts'
import { createTenure, type Tenure } from './tenure.ts'

/** Which session a request may act on, and as whom. */
export interface Admission {
  actor: Actor
  ref: SessionRef
  /** The session's token, if this request made the session. */
  token?: string
  tenure: Tenure
}

export interface Wanted {
  name?: string | null | undefined
  /** A token that came in the body. */
  token?: string | undefined
  make?: boolean
  /** The owner, who has the admin key, may do this to anybody's session. */
  ownerToo?: boolean
  /** Names a new session, as an `Idempotency-Key` does. */
  seed?: string | undefined
}

/** Lets a request to its session. Throws `not_found` for a session that is not the caller's, `invalid` without a name. */
export async function admit(
  { house, request, origin }: Call,
  { name, token, make = false, ownerToo = false, seed }: Wanted,
): Promise<Admission> {
  const given = token ?? headerToken(request.headers) ?? cookieToken(request.headers, name)
  const actor: Actor = { role: 'visitor', ip: origin.ip }
  const open = opensByName(house, origin.local)
  // What looks like a session's token is no guess of the key, nor is what comes along where nothing needs to be shown.
  const isGuess = given !== undefined && !open && readToken(given) === undefined && !looksLikeSiteToken(given)
  const key = request.headers.get('x-api-key') ?? (isGuess ? given : undefined)
  if (ownerToo && name && key !== undefined && (await house.isOwnerKey(key, origin.ip))) {
    const ref = await house.access.byKey(name)
    return { actor: { ...actor, role: 'admin' }, ref, tenure: createTenure(house.access, ref, undefined) }
  }
  const wanted = name == null ? undefined : parse(sessionId, name)
  if (given !== undefined && looksLikeSiteToken(given)) return admitSite({ house, origin }, given, { name: wanted, make, seed })
  const access = await house.access.resolve({ name: wanted, token: given, open, make, seed })
  return admitted(house, origin, access)
}

/** A visitor who was let in, for as long as that holds. */
export function admitted({ access }: House, { ip }: Origin, { ref, token, version }: Access): Admission {
  return { actor: { role: 'visitor', ip }, ref, tenure: createTenure(access, ref, version), ...(token === undefined ? {} : { token }) }
}

/** Lets in whom the site vouches for, to a session of their own. Throws `unauthorized` for a token that does not count. */
export async function admitSite(
  { house, origin }: Pick<Call, 'house' | 'origin'>,
  token: string,
  { name, make, seed }: Pick<Claim, 'name' | 'make' | 'seed'>,
): Promise<Admission> {
  const { customer, subject } = await readSiteToken(house, token)
  const access = await house.access.resolve({ name, subject, open: false, make: make ?? false, seed })
  const admission = admitted(house, origin, access)
  const { identity } = await house.sessions.vouch(admission.ref, customer)
  return identity === 'verified' ? { ...admission, token: await admission.tenure.renew() } : admission
}

/** Throws `unauthorized`. */
export function readSiteToken({ siteTokens }: House, token: string): Promise<SiteVisitor> {
  return siteTokens ? siteTokens(token) : Promise.reject(refusal())
}

/** The token that goes out with the answer to an action: a new one when the one before is void, or that of a session just made. */
export async function tokenAfter({ token, tenure }: Admission, { identity }: Receipt): Promise<string | undefined> {
  return identity === 'verified' || identity === 'out' ? tenure.renew() : token
}

/** Whether sessions open by their name alone for this request. */
export function opensByName(house: House, local: boolean): boolean {
  return house.settings.openSessions ?? local
}

/** Lets only the owner pass: the admin key, or (where `localToo`) a request of this machine. Throws `unauthorized`, `rate_limited`. */
export async function admitOwner({ house, request, origin }: Call, { localToo }: { localToo: boolean }): Promise<void> {
  if (localToo && origin.local) return
  const key = keyIn(request.headers)
  if (key !== undefined && (await house.isOwnerKey(key, origin.ip))) return
  throw new DeskError('unauthorized', 'This needs the admin key, as X-API-Key.')
}

/** The key that a request shows, if it shows one. */
export function keyIn(headers: Headers): string | undefined {
  return headers.get('x-api-key') ?? headerToken(headers)
}

function headerToken(headers: Headers): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
  return bearer ?? headers.get('x-session-token') ?? undefined
}

/** A browser that has been here has this cookie: the name of its session and the token. */
export const SESSION_COOKIE = 'frontdesk_session'

/** The token in the cookie, if it is for this session and a page of ours sent it. */
function cookieToken(headers: Headers, name: string | null | undefined): string | undefined {
  const ours = headers.get('origin') !== null || headers.get('sec-fetch-site') === 'same-origin'
  if (!ours || !name) return undefined
  return sessionCookie(headers.get('cookie') ?? '', name)
}

/** The token that a Cookie header holds for a session. */
export function sessionCookie(header: string, name: string): string | undefined {
  const prefix = `${SESSION_COOKIE}=${name}~`
  const found = header.split(/; */).find((part) => part.startsWith(prefix))
  return found?.slice(prefix.length)
}

/** The cookie that holds a session's token: for HTTP alone, for this site alone. */
function setCookie(name: string, token: string, secure: boolean): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', 'Max-Age=2592000', ...(secure ? ['Secure'] : [])]
  return [`${SESSION_COOKIE}=${name}~${token}`, ...attributes].join('; ')
}

/** The headers of an answer that made a session: a browser of ours keeps the token without a script's help. */
export function madeHeaders(name: string, token: string, origin: Origin): Record<string, string> {
  return { 'set-cookie': setCookie(name, token, origin.secure) }
}
