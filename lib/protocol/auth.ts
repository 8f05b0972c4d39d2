import { z } from 'zod'
import { signInAction } from './actions.ts'
import { sessionId } from './ids.ts'

/** Bodies and answers of the doors at which visitors say who they are. */

const session_token = z.string().max(512).optional().describe("The session's token, for clients that cannot set headers.")
const { email, pin } = signInAction.shape

export const loginBody = z
  .object({
    email,
    pin: pin.describe('Used at once and never kept.'),
    session_id: sessionId.nullish().describe('The session to sign in; without it one begins.'),
    session_token,
  })
  .meta({ id: 'LoginRequest' })

export const siteBody = z
  .object({
    token: z.string().max(4096).describe("The site's JWT."),
    session_id: sessionId.nullish().describe('The session to sign in; without it one begins.'),
    session_token,
  })
  .meta({ id: 'SiteLoginRequest' })

export const logoutBody = z.object({ session_id: sessionId, session_token }).meta({ id: 'LogoutRequest' })

export const unlockBody = z.object({ email }).meta({ id: 'UnlockRequest' })

export const loggedIn = z
  .object({
    status: z.literal('success'),
    session_id: z.string(),
    session_token: z.string().describe('Opens the session from now on; the one before is void.'),
    customer: z.object({ customer_id: z.string(), name: z.string(), email: z.string() }),
  })
  .meta({ id: 'LoggedIn' })

export const loggedOut = z
  .object({ status: z.literal('success'), message: z.string(), session_id: z.string(), session_token: z.string() })
  .meta({ id: 'LoggedOut' })

export const unlocked = z
  .object({ status: z.literal('success'), message: z.string(), was_locked: z.boolean().describe('Whether wrong PINs had been counted.') })
  .meta({ id: 'Unlocked' })
