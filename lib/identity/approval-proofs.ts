import { createHmac } from 'node:crypto'
import type { ApprovalProofs } from '#lib/session/ports.ts'

/** Characters that cannot be taken for one another. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const DIGITS = '23456789'
const CODE_LENGTH = 6

/**
 * The proofs of a visitor's approval: HMAC-SHA256 over the session, its incarnation, the approval and the digest of what will be
 * done and for whom. The code is the same bytes in a form that can be typed; it is worth 28 bits for five minutes.
 */
export function createApprovalProofs(secret: string): ApprovalProofs {
  return ({ key, incarnation }, { id, digest }) => {
    const mac = createHmac('sha256', secret).update(`approval\n${key}\n${incarnation}\n${id}\n${digest}`).digest()
    return { token: mac.subarray(0, 24).toString('base64url'), code: codeOf(mac.subarray(24)) }
  }
}

/** A code has a digit and a letter at least: then no word that follows "confirm", and no order's number, is one. */
function codeOf(bytes: Uint8Array): string {
  const digitAt = (bytes[0] ?? 0) % CODE_LENGTH
  const letterAt = (digitAt + 1 + (((bytes[0] ?? 0) >> 4) % (CODE_LENGTH - 1))) % CODE_LENGTH
  const pick = (from: string, byte: number) => from[byte % from.length] as string
  return Array.from({ length: CODE_LENGTH }, (_, at) => {
    return pick(at === digitAt ? DIGITS : at === letterAt ? LETTERS : LETTERS + DIGITS, bytes[at + 1] ?? 0)
  }).join('')
}
