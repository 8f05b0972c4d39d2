import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** Passwords of operators, as argon2id: `argon2id$m=19456,t=2,p=1$salt$tag`. Derived on a thread of its own. */

const derive = promisify(argon2)

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG_LENGTH = 32
const SALT_LENGTH = 16
const PREFIX = `argon2id$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_LENGTH)
  const tag = await derive('argon2id', { message: password.normalize('NFKC'), nonce: salt, tagLength: TAG_LENGTH, ...cost })
  return [PREFIX, salt.toString('base64url'), tag.toString('base64url')].join('$')
}

/** What stands for the hash of somebody who is not there: no password is right, and it takes as long to find out. */
export const nobodysPassword = [
  PREFIX,
  Buffer.alloc(SALT_LENGTH).toString('base64url'),
  Buffer.alloc(TAG_LENGTH).toString('base64url'),
].join('$')

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, , salt = '', tag = ''] = hash.split('$')
  const kept = Buffer.from(tag, 'base64url')
  const nonce = Buffer.from(salt, 'base64url')
  const shown = await derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength: TAG_LENGTH, ...cost })
  return kept.length === shown.length && timingSafeEqual(kept, shown)
}

/** Letters and digits that cannot be taken for one another: a password that can be read out, worth 95 bits. */
export function newPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const pick = () => alphabet[randomBytes(1).readUInt8() % alphabet.length]
  return [5, 5, 5, 4].map((length) => Array.from({ length }, pick).join('')).join('-')
}
