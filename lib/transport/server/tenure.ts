import type { SessionAccess } from '#lib/identity/access.ts'
import type { SessionLog } from '#lib/session/log.ts'
import type { SessionRef } from '#lib/session/ports.ts'
import type { House } from './house.ts'

/** How long a request or a line may go on: as long as the token that let it in counts. What its name alone let in goes on. */
export interface Tenure {
  holds(): Promise<boolean>
  /** The token that counts now, after the holder of this one had it replaced: with it, this goes on. */
  renew(): Promise<string>
}

/** `version`: of the token that was shown; undefined where none needed to be. */
export function createTenure(access: SessionAccess, ref: SessionRef, version: number | undefined): Tenure {
  let held = version
  return {
    holds: async () => held === undefined || held === (await access.versionOf(ref)),
    async renew() {
      if (held !== undefined) held = await access.versionOf(ref)
      return access.tokenOf(ref)
    },
  }
}

/** The log, for a reader who may follow it as long as this holds. */
export function whileItHolds({ sessions }: Pick<House, 'sessions'>, { holds }: Tenure): Pick<SessionLog, 'follow'> {
  return { follow: (ref, options) => sessions.follow(ref, { ...options, holds }) }
}
