import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * The token that opens one session: `<space>.<version>.<mac>`. The MAC (HMAC-SHA256) covers the session's key, its
 * incarnation and the version, so a token needs no row in the store: a session that nobody has written to
 * yet costs nothing, and raising the version in the session's record ends all older tokens.
 *
 * `space` is 128 random bits that belong to the session's key when its name was chosen by its owner in public:
 * two owners who choose the same name have two sessions. It is `_` for sessions that their name alone names.
 */
export interface TokenSubject {
  key: string
  incarnation: number
  version: number
}

const pattern = /^([A-Za-z0-9-]{22}|_)\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/

/** 128 random bits, without the character that separates a name from its space. */
export function newSpace(): string {
  return randomBytes(16).toString('base64url').replaceAll('_', '-')
}

/** The name and space of the session that a seed stands for: always the same, and nobody else can tell which. */
export function fromSeed(secret: string, seed: string): { name: string; space: string } {
  const digest = createHmac('sha256', secret).update(`seed\n${seed}`).digest()
  const hex = digest.subarray(0, 16).toString('hex')
  const name = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { name, space: digest.subarray(16).toString('base64url').replaceAll('_', '-') }
}

/** The space of the sessions of somebody whom a site vouches for: always the same, and nobody else can tell which. */
export function subjectSpace(secret: string, subject: string): string {
  const digest = createHmac('sha256', secret).update(`subject\n${subject}`).digest()
  return digest.subarray(0, 16).toString('base64url').replaceAll('_', '-')
}

/** The key under which the store has a session of this name. */
export function sessionKey(name: string, space: string | undefined): string {
  return space === undefined ? name : `${name}~${space}`
}

export function issueToken(secret: string, { key, incarnation, version }: TokenSubject): string {
  const space = key.includes('~') ? key.slice(key.indexOf('~') + 1) : '_'
  return `${space}.${version}.${mac(secret, { key, incarnation, version })}`
}

/** What a token says of itself, unproved; undefined if it is none. */
export function readToken(token: string): { space: string | undefined; version: number } | undefined {
  const [, space, version] = pattern.exec(token) ?? []
  return space === undefined ? undefined : { space: space === '_' ? undefined : space, version: Number(version) }
}

/** Whether this desk issued the token for the subject. Takes the same time whatever the answer. */
export function isTokenFor(secret: string, token: string, subject: TokenSubject): boolean {
  const given = Buffer.from(token.slice(token.lastIndexOf('.') + 1))
  const expected = Buffer.from(mac(secret, subject))
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function mac(secret: string, { key, incarnation, version }: TokenSubject): string {
  return createHmac('sha256', secret).update(`session\n${key}\n${incarnation}\n${version}`).digest('base64url')
}
