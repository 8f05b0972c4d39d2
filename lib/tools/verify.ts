import type { Credentials, Customer } from '#lib/session/ports.ts'
import type { ShopClient } from './shop/client.ts'

/** What the shop says to an e-mail address and a PIN. */
export type Verified = { kind: 'verified'; customer: Customer } | { kind: 'wrong' }

/** Throws when the shop cannot be asked. Counts no guesses: that is done around it. */
export type Verify = (credentials: Credentials, signal: AbortSignal) => Promise<Verified>

/** Asks the shop who somebody is. The PIN goes to the shop, and nowhere else. */
export function createVerifier(shop: Pick<ShopClient, 'customerByPin'>): Verify {
  return async ({ email, pin }, signal) => {
    const known = await shop.customerByPin(email, pin, signal)
    if (!known) return { kind: 'wrong' }
    const { id, name } = known
    return { kind: 'verified', customer: { id, name, email: known.email ?? email, via: 'pin', mayOrder: true } }
  }
}
