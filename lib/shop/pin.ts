import { argon2, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * PINs as the shop keeps them: argon2id over an HMAC of PIN and customer. Four digits are ten thousand guesses, so what
 * protects a stolen table is the pepper, which is not in the database; the salt and the customer keep two equal PINs apart.
 */

const derive = promisify(argon2)

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. Some 20 ms, on a thread of its own. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG_LENGTH = 32
const SALT_LENGTH = 16
/** What a hash begins with. Another cost is another prefix, and a migration that hashes at the next sign-in. */
const PREFIX = `argon2id$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`

/** The hash of a customer's PIN, with its salt and cost: `argon2id$m=19456,t=2,p=1$salt$tag`. */
export async function hashPin(pepper: string, customerId: string, pin: string): Promise<string> {
  const salt = randomBytes(SALT_LENGTH)
  const tag = await tagOf(message(pepper, customerId, pin), salt)
  return [PREFIX, salt.toString('base64url'), tag.toString('base64url')].join('$')
}

/** What stands for the hash of somebody who is not there: no PIN is right, and it takes as long to find out. */
export const nobodysHash = [PREFIX, Buffer.alloc(SALT_LENGTH).toString('base64url'), Buffer.alloc(TAG_LENGTH).toString('base64url')].join(
  '$',
)

/** Whether it is the customer's PIN. Takes the same time whatever the answer. */
export async function isPin(pepper: string, customerId: string, pin: string, hash: string): Promise<boolean> {
  const [, , salt = '', tag = ''] = hash.split('$')
  const kept = Buffer.from(tag, 'base64url')
  const shown = await tagOf(message(pepper, customerId, pin), Buffer.from(salt, 'base64url'))
  return kept.length === shown.length && timingSafeEqual(kept, shown)
}

function message(pepper: string, customerId: string, pin: string): Buffer {
  return createHmac('sha256', pepper).update(`${customerId}|${pin}`).digest()
}

function tagOf(secret: Buffer, nonce: Buffer): Promise<Buffer> {
  return derive('argon2id', { message: secret, nonce, tagLength: TAG_LENGTH, ...cost })
}
