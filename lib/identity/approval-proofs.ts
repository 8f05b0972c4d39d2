import { createHmac } from 'node:crypto'
import type { ApprovalProofs } from '#lib/session/ports.ts'

/** Characters that cannot be taken for one another; 32 of them, so that a byte picks one evenly. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 6

/**
 * The proofs of a visitor's approval: HMAC-SHA256 over the session, its incarnation, the approval and the digest of what will be
 * done and for whom. The code is the same bytes in a form that can be typed; it is worth 30 bits for five minutes.
 */
export function createApprovalProofs(secret: string): ApprovalProofs {
  return ({ key, incarnation }, { id, digest }) => {
    const mac = createHmac('sha256', secret).update(`approval\n${key}\n${incarnation}\n${id}\n${digest}`).digest()
    const code = [...mac.subarray(mac.length - CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
    return { token: mac.subarray(0, 24).toString('base64url'), code }
  }
}
