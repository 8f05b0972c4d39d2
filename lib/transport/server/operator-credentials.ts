import type { SignedIn } from '#lib/identity/operators.ts'
import type { Origin } from '#lib/identity/origins.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Actor } from '#lib/session/ports.ts'
import type { Call } from './door.ts'

/** How an operator's browser shows who is at it: a cookie for the console's doors alone, which no script and no other site can use. */

const COOKIE = 'frontdesk_console'
const PATH = '/api/console'
/** Seconds; the account itself decides sooner. */
const MAX_AGE = 7 * 24 * 3600

export interface OperatorAdmission extends SignedIn {
  actor: Actor
  secret: string
}

/** Lets an operator pass. Throws `unauthorized` for everybody else, and `forbidden` for a page of another site. */
export async function admitOperator({ house, request, origin }: Call, { admin = false } = {}): Promise<OperatorAdmission> {
  refuseForeignPage(request)
  const secret = secretIn(request.headers)
  const signedIn = secret === undefined ? undefined : await house.console.operators.bySecret(secret)
  if (!signedIn || secret === undefined) throw new DeskError('unauthorized', 'Please sign in.')
  const { id, name, role } = signedIn.account
  if (admin && role !== 'admin') throw new DeskError('forbidden', 'Only admins can do this.')
  return { ...signedIn, secret, actor: { role: 'operator', operator: { id, name }, ip: origin.ip } }
}

/** The browser says where a request comes from. What is asked by another site is not asked by the operator. */
export function refuseForeignPage({ headers }: Request): void {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') throw new DeskError('forbidden', 'Another site may not ask in your name.')
}

function secretIn(headers: Headers): string | undefined {
  const part = (headers.get('cookie') ?? '').split(/; */).find((one) => one.startsWith(`${COOKIE}=`))
  return part?.slice(COOKIE.length + 1)
}

/** Sets the cookie; without a secret takes it away. */
export function operatorCookie(secret: string | undefined, { secure }: Origin): Record<string, string> {
  const attributes = [
    `Path=${PATH}`,
    'HttpOnly',
    'SameSite=Strict',
    `Max-Age=${secret === undefined ? 0 : MAX_AGE}`,
    ...(secure ? ['Secure'] : []),
  ]
  return { 'set-cookie': [`${COOKIE}=${secret ?? ''}`, ...attributes].join('; ') }
}
