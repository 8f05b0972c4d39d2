import { DeskError } from '#lib/protocol/errors.ts'
import type { SessionRef, SessionStore } from '#lib/session/ports.ts'
import { fromSeed, issueToken, isTokenFor, newSpace, readToken, sessionKey, subjectSpace } from './session-token.ts'

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
  /** Somebody whom a site vouches for: what they name is a session of their own. */
  subject?: string | undefined
}

export interface Access {
  ref: SessionRef
  /** The token, when this request made the session. */
  token?: string
  /** Of the token that opened the session, or would; absent where its name alone is enough. */
  version?: number
}

export type SessionAccess = ReturnType<typeof createAccess>

/**
 * Decides which session a request may touch. A session that is not the caller's does not exist for it:
 * every refusal is the same `not_found`, whether there is such a session or not.
 */
export function createAccess(store: SessionStore, secret: string, newName: () => string) {
  async function resolve({ name, token, open, make = false, seed, subject }: Claim): Promise<Access> {
    if (subject !== undefined) return bySubject({ name, subject, make, seed })
    if (name === undefined) {
      if (!make) throw new DeskError('invalid', 'session_id is missing')
      // A name made by chance cannot have been used before, so there is nothing to look up.
      if (seed === undefined) return fresh(newName(), open ? undefined : newSpace())
      const named = fromSeed(secret, seed)
      return open ? byName(named.name, make) : known(named.name, named.space)
    }
    if (token !== undefined) {
      const opened = await byToken(name, token)
      // Where the name would have been enough, nothing depends on the token.
      if (opened) return open && opened.ref.key === name ? { ref: opened.ref } : opened
      if (!open) throw notFound()
    }
    if (open) return byName(name, make)
    if (!make) throw notFound()
    return fresh(name, newSpace())
  }

  async function byToken(name: string, token: string): Promise<Access | undefined> {
    const said = readToken(token)
    if (!said) return undefined
    const key = sessionKey(name, said.space)
    const record = await store.find(key)
    const incarnation = record?.incarnation ?? (await store.incarnation(key))
    const subject = { key, incarnation, version: record?.tokenVersion ?? 0 }
    return isTokenFor(secret, token, subject) ? { ref: { key, name, incarnation }, version: subject.version } : undefined
  }

  async function byName(name: string, make: boolean): Promise<Access> {
    const record = await store.find(name)
    if (record) return { ref: { key: name, name, incarnation: record.incarnation } }
    return make ? fresh(name, undefined, await store.incarnation(name)) : Promise.reject(notFound())
  }

  /** A session that its maker may have used before, and may come back to without its token. */
  async function known(name: string, space: string): Promise<Access> {
    const key = sessionKey(name, space)
    const record = await store.find(key)
    // Once its token was replaced, only who has that one may come back.
    if (record && record.tokenVersion > 0) throw notFound()
    return fresh(name, space, record?.incarnation ?? (await store.incarnation(key)))
  }

  async function bySubject({
    name,
    subject,
    make,
    seed,
  }: Pick<Claim, 'name' | 'seed'> & { subject: string; make: boolean }): Promise<Access> {
    const named = name ?? (seed === undefined ? newName() : fromSeed(secret, `${subject}\n${seed}`).name)
    const space = subjectSpace(secret, subject)
    const key = sessionKey(named, space)
    const record = await store.find(key)
    if (!record && !make) throw notFound()
    if (!record) return fresh(named, space, await store.incarnation(key))
    return { ref: { key, name: named, incarnation: record.incarnation }, version: record.tokenVersion }
  }

  function fresh(name: string, space: string | undefined, incarnation = 0): Access {
    const key = sessionKey(name, space)
    const token = issueToken(secret, { key, incarnation, version: 0 })
    return { ref: { key, name, incarnation }, token, ...(space === undefined ? {} : { version: 0 }) }
  }

  /** A session by its key, for those who may see all of them. Throws `not_found`. */
  async function byKey(key: string): Promise<SessionRef> {
    const record = await store.find(key)
    if (!record) throw notFound()
    return { key, name: record.name, incarnation: record.incarnation }
  }

  /** How often the token of a session was replaced. */
  async function versionOf({ key }: SessionRef): Promise<number> {
    return (await store.find(key))?.tokenVersion ?? 0
  }

  /** The token that opens a session now. */
  async function tokenOf(ref: SessionRef): Promise<string> {
    const { key, incarnation } = ref
    return issueToken(secret, { key, incarnation, version: await versionOf(ref) })
  }

  return { resolve, byKey, versionOf, tokenOf }
}

function notFound(): DeskError {
  return new DeskError('not_found', 'There is no such session.')
}
