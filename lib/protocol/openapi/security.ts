import type { Access } from './operation.ts'

/** Who may call what, in OpenAPI's words. */

export const securitySchemes = {
  sessionToken: {
    type: 'http',
    scheme: 'bearer',
    description:
      "The `session_token` of the session, as it stood in the answer that made the session; or the site's JWT, for a session of the visitor whom it names.",
  },
  sessionTokenHeader: { type: 'apiKey', in: 'header', name: 'X-Session-Token', description: 'The same token, in a header of its own.' },
  sessionCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'frontdesk_session',
    description: 'The same token, in the cookie that answers set. It counts only when a page of this site asks.',
  },
  adminKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: "The owner's key: `ADMIN_API_KEY`, or the one made in the data directory.",
  },
  operatorCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'frontdesk_console',
    description: 'What signing in at the console sets. It counts only when a page of this site asks.',
  },
}

type Requirement = Record<string, string[]>
/** The own machine, and whoever OPEN_SESSIONS lets in, needs nothing. */
const nothing: Requirement = {}
const token: Requirement[] = [{ sessionToken: [] }, { sessionTokenHeader: [] }, { sessionCookie: [] }]
const key: Requirement = { adminKey: [] }

export const requirements: Record<Access, Requirement[]> = {
  open: [],
  session: [nothing, ...token],
  session_or_owner: [nothing, ...token, key],
  owner_or_local: [nothing, key],
  owner: [key],
  operator: [{ operatorCookie: [] }],
}
