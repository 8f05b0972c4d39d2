import { loggedIn, loggedOut, loginBody, logoutBody, siteBody, unlockBody, unlocked } from '../auth.ts'
import type { Chapter } from './operation.ts'

const session_id = 'user-123'
/** As tokens look; they open nothing. */
const session_token = '_.1.Zm9yLXNob3cteW91ci1vd24tdG9rZW4tZ29lcy1oZXJl'
const token = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.Zm9yLXNob3c'
const customer = { customer_id: '0d9c7f0e-6f0c-4f7e-8f57-2f2d8f7a1c33', name: 'Alice Johnson', email: 'alice@example.com' }
const signedIn = { 'signed in': { status: 'success', session_id, session_token, customer } }

export const identity: Chapter = {
  tag: 'Identity',
  description:
    'Who the visitor is: by e-mail and PIN, or because the site that shows the desk says so. Either gives the session a new token, and the one before is void. ' +
    'The same can be said in the chat itself, and by the actions `sign_in` and `sign_out`.',
  operations: [
    {
      id: 'login',
      method: 'post',
      path: '/api/auth/login',
      summary: 'Sign in by e-mail and PIN',
      description:
        'A wrong PIN and an address that nobody has are answered alike. After five failures an account waits for a quarter of an hour, ' +
        'after ten for a day, after twenty until its owner is let in again; the PIN is not looked at meanwhile.',
      access: 'session',
      body: { schema: loginBody, required: true, examples: { 'in a session': { email: 'alice@example.com', pin: '1234', session_id } } },
      answers: { 200: { description: 'Signed in. The new token is also set as a cookie.', schema: loggedIn, examples: signedIn } },
      errors: ['bad_json', 'invalid', 'invalid_credentials', 'not_found', 'too_large', 'locked', 'rate_limited', 'unavailable'],
    },
    {
      id: 'siteLogin',
      method: 'post',
      path: '/api/auth/site',
      summary: "Sign in by the site's token",
      description:
        'A JWT that the site signs for its visitor, by `JWT_SECRET` (HS256) or a key at `JWKS_URL` (RS256, ES256, EdDSA), with `sub`, `iss`, `aud` and `exp`. ' +
        'It may as well come as `Authorization: Bearer` with any request that names a session, as the subprotocol `bearer, <token>` or in `hello`.',
      access: 'session',
      body: { schema: siteBody, required: true, examples: { 'in a session': { token, session_id }, 'in a new one': { token } } },
      answers: { 200: { description: 'Signed in. The new token is also set as a cookie.', schema: loggedIn, examples: signedIn } },
      errors: ['bad_json', 'invalid', 'unauthorized', 'not_found', 'conflict', 'too_large', 'unavailable'],
    },
    {
      id: 'logout',
      method: 'post',
      path: '/api/auth/logout',
      summary: 'Sign out',
      description: 'What runs for the customer ends, and so does every line to the session. Only this answer has the new token.',
      access: 'session',
      body: { schema: logoutBody, required: true, examples: { 'a session': { session_id } } },
      answers: {
        200: {
          description: 'Signed out. The new token is also set as a cookie.',
          schema: loggedOut,
          examples: { 'signed out': { status: 'success', message: 'Signed out', session_id, session_token } },
        },
      },
      errors: ['bad_json', 'invalid', 'not_found', 'too_large', 'rate_limited'],
    },
    {
      id: 'unlock',
      method: 'post',
      path: '/api/auth/unlock',
      summary: 'Let a customer try again',
      description: 'Forgets the wrong PINs that were counted for an address.',
      access: 'owner',
      body: { schema: unlockBody, required: true, examples: { 'an address': { email: 'alice@example.com' } } },
      answers: {
        200: {
          description: 'Nothing is held against it.',
          schema: unlocked,
          examples: { done: { status: 'success', message: 'Nothing is held against this address.', was_locked: true } },
        },
      },
      errors: ['bad_json', 'invalid', 'unauthorized', 'too_large', 'rate_limited'],
    },
  ],
}
