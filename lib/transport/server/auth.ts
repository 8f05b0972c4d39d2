import type { Receipt } from '#lib/protocol/actions.ts'
import { loginBody, logoutBody, siteBody, unlockBody } from '#lib/protocol/auth.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import { readBody } from './body.ts'
import { type Admission, admit, admitOwner, admitSite, madeHeaders, readSiteToken } from './credentials.ts'
import type { Call } from './door.ts'

/** The doors at which a visitor says who they are, and that they are nobody again. Each gives the session a new token. */

/** `POST /api/auth/login` */
export async function postLogin(call: Call): Promise<Response> {
  const { email, pin, session_id, session_token } = await readBody(call.request, loginBody)
  const admission = await admit(call, { name: session_id, token: session_token, make: true })
  const done = await call.house.sessions.signIn(admission.actor, admission.ref, { email, pin }, { says: false })
  refuse(done)
  return signedIn(call, admission)
}

/** `POST /api/auth/site`: the site that shows the desk says who its visitor is. Without a session one begins. */
export async function postSite(call: Call): Promise<Response> {
  const { house } = call
  const { token, session_id, session_token } = await readBody(call.request, siteBody)
  if (session_id == null) return signedIn(call, await admitSite(call, token, { make: true }))
  const { customer } = await readSiteToken(house, token)
  const admission = await admit(call, { name: session_id, token: session_token, make: true })
  await house.sessions.vouch(admission.ref, customer)
  return signedIn(call, admission)
}

/** `POST /api/auth/logout`: every line to the session ends, and only the answer to this has the token that opens it now. */
export async function postLogout(call: Call): Promise<Response> {
  const { session_id, session_token } = await readBody(call.request, logoutBody)
  const { actor, ref, tenure } = await admit(call, { name: session_id, token: session_token })
  await call.house.sessions.act(actor, ref, { type: 'sign_out' })
  const token = await tenure.renew()
  const body = { status: 'success', message: 'Signed out', session_id: ref.name, session_token: token }
  return Response.json(body, { headers: madeHeaders(ref.name, token, call.origin) })
}

/** `POST /api/auth/unlock`: the owner lets a customer try again who was wrong too often. */
export async function postUnlock(call: Call): Promise<Response> {
  await admitOwner(call, { localToo: false })
  const { email } = await readBody(call.request, unlockBody)
  const was_locked = await call.house.unlock(email)
  return Response.json({ status: 'success', message: 'Nothing is held against this address.', was_locked })
}

async function signedIn(call: Call, { ref, tenure }: Admission): Promise<Response> {
  const [token, customer] = [await tenure.renew(), await call.house.sessions.customer(ref)]
  const body = { status: 'success', session_id: ref.name, session_token: token, customer }
  return Response.json(body, { headers: madeHeaders(ref.name, token, call.origin) })
}

/** Throws what the answer to anything but the right PIN is: the same for an address that nobody has. */
function refuse({ identity, retry_after }: Receipt): void {
  if (identity === 'verified') return
  if (identity === 'wrong') throw new DeskError('invalid_credentials', 'This e-mail address and this PIN do not belong together.')
  if (identity === 'locked') throw new DeskError('locked', 'There were too many wrong PINs. Please try again later.', retry_after)
  throw new DeskError('unavailable', 'Signing in is not possible just now. Please try again.', 5)
}
