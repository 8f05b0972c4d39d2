import { DeskError } from '#lib/protocol/errors.ts'
import type { SessionRef, SessionStore } from '#lib/session/ports.ts'
import { fromSeed, issueToken, isTokenFor, newSpace, readToken, sessionKey } from './session-token.ts'

export interface Claim {
  /** The session that is asked for; absent for a new one. */
  name?: string | undefined
  token?: string | undefined
  /** The request may open sessions by their name alone (local mode, or OPEN_SESSIONS). */
  open: boolean
  /** A session that does not exist may begin with this request. */
  make?: boolean
  /** Names the new session instead of chance: the same seed is the same session (`Idempotency-Key`). */
  seed?: string | undefined
}

export interface Access {
  ref: SessionRef
  /** The token, when this request made the session. */
  token?: string
}

export type SessionAccess = ReturnType<typeof createAccess>

/**
 * Decides which session a request may touch. A session that is not the caller's does not exist for it:
 * every refusal is the same `not_found`, whether there is such a session or not.
 */
export function createAccess(store: SessionStore, secret: string, newName: () => string) {
  async function resolve({ name, token, open, make = false, seed }: Claim): Promise<Access> {
    if (name === undefined) {
      if (!make) throw new DeskError('invalid', 'session_id is missing')
      // A name made by chance cannot have been used before, so there is nothing to look up.
      if (seed === undefined) return fresh(newName(), open ? undefined : newSpace(), 0)
      const named = fromSeed(secret, seed)
      return open ? byName(named.name, make) : known(named.name, named.space)
    }
    if (token !== undefined) {
      const ref = await byToken(name, token)
      if (ref) return { ref }
      if (!open) throw notFound()
    }
    if (open) return byName(name, make)
    if (!make) throw notFound()
    return fresh(name, newSpace(), 0)
  }

  async function byToken(name: string, token: string): Promise<SessionRef | undefined> {
    const said = readToken(token)
    if (!said) return undefined
    const key = sessionKey(name, said.space)
    const record = await store.find(key)
    const incarnation = record?.incarnation ?? (await store.incarnation(key))
    const subject = { key, incarnation, version: record?.tokenVersion ?? 0 }
    return isTokenFor(secret, token, subject) ? { key, name, incarnation } : undefined
  }

  async function byName(name: string, make: boolean): Promise<Access> {
    const record = await store.find(name)
    if (record) return { ref: { key: name, name, incarnation: record.incarnation } }
    return make ? fresh(name, undefined, await store.incarnation(name)) : Promise.reject(notFound())
  }

  async function known(name: string, space: string): Promise<Access> {
    const key = sessionKey(name, space)
    return fresh(name, space, (await store.find(key))?.incarnation ?? (await store.incarnation(key)))
  }

  function fresh(name: string, space: string | undefined, incarnation: number): Access {
    const key = sessionKey(name, space)
    return { ref: { key, name, incarnation }, token: issueToken(secret, { key, incarnation, version: 0 }) }
  }

  /** A session by its key, for those who may see all of them. Throws `not_found`. */
  async function byKey(key: string): Promise<SessionRef> {
    const record = await store.find(key)
    if (!record) throw notFound()
    return { key, name: record.name, incarnation: record.incarnation }
  }

  /** The token that opens a session now. */
  async function tokenOf({ key, incarnation }: SessionRef): Promise<string> {
    return issueToken(secret, { key, incarnation, version: (await store.find(key))?.tokenVersion ?? 0 })
  }

  return { resolve, byKey, tokenOf }
}

function notFound(): DeskError {
  return new DeskError('not_found', 'There is no such session.')
}
