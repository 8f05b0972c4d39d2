import type { SessionAccess } from '#lib/identity/access.ts'
import type { Operators } from '#lib/identity/operators.ts'
import type { OriginPolicy } from '#lib/identity/origins.ts'
import type { Places } from '#lib/identity/places.ts'
import type { SiteTokens } from '#lib/identity/site-token.ts'
import type { SessionFiles } from '#lib/session/files.ts'
import type { createInbox } from '#lib/session/inbox.ts'
import type { SessionLog } from '#lib/session/log.ts'
import type { ApprovalProofs, Bus, Log } from '#lib/session/ports.ts'
import type { Presence } from '#lib/session/presence.ts'
import type { SessionService } from '#lib/session/service.ts'
import type { SessionViews } from '#lib/session/views.ts'

/** What the doors need of the desk they open. */
export interface House {
  version: string
  /** When this process began, epoch milliseconds. */
  startedAt: number
  settings: {
    origins: OriginPolicy
    /** Sessions open by their name alone: always, never, or (undefined) in local mode. */
    openSessions: boolean | undefined
    answerTimeoutMs: number
    pingIntervalMs: number
    framesPerSecond: number
  }
  sessions: SessionService & SessionViews & SessionLog & SessionFiles
  access: SessionAccess
  presence: Presence
  /** A place for every open line: a socket, a stream, a poll that waits. */
  takePlace: Places
  /** Whether a key is the owner's. Throws `rate_limited` at an address that guesses. */
  isOwnerKey: (shown: string, ip: string) => Promise<boolean>
  /** Reads the tokens of the site that shows the desk; undefined where none vouches for anybody. */
  siteTokens: SiteTokens | undefined
  proofs: ApprovalProofs
  /** Lets an account sign in again that was locked. False if nothing was held against it. */
  unlock: (email: string) => Promise<boolean>
  bus: Pick<Bus, 'running'>
  newId: () => string
  log: Log
  /** False once the desk takes no new work. */
  ready: () => boolean
  /** What the models took: counts, for its owner. */
  modelTotals: () => { tokens_today: number; models: Array<{ model: string; requests: number; failures: number }> }
  console: HouseConsole
  tools: HouseTools
  /** The shop over MCP; undefined where there is none. */
  mcp?:
    | {
        serve: (request: Request, caller: { reach: 'everyone' | 'keyholders'; ip: string }) => Promise<Response>
        /** Whether a key opens every tool. Throws `rate_limited` at an address that guesses. */
        isKey: (shown: string, ip: string) => Promise<boolean>
        /** Asked before a stranger's request is taken. Throws `rate_limited`. */
        allow: (ip: string) => Promise<void>
      }
    | undefined
  /** The parts the desk stands on, and how they are. */
  checks: () => Promise<Record<string, { status: string; detail?: string }>>
}

/** The tools that the assistant may call, and those that wait for the owner. */
export interface HouseTools {
  offered: () => Array<{ name: string; description: string; parameters: object; requiresAuth: boolean; sideEffect: boolean }>
  off: () => Array<{ name: string; reason: string; fingerprint: string; description: string; parameters: object }>
  /** Trusts a tool as it is now. Throws `not_found`, or `mismatch` where it is not the one that was looked at. */
  approve: (name: string, fingerprint: string) => Promise<void>
}

/** The people who answer for the company, and what they see. */
export interface HouseConsole {
  operators: Pick<Operators, 'signIn' | 'signOut' | 'bySecret' | 'add' | 'change' | 'setPassword' | 'changeOwn' | 'all' | 'onEnd'>
  /** The sessions of a list, as an operator sees them. */
  inbox: ReturnType<typeof createInbox>
  /** Hears whenever something was written in any session. Returns its undo. */
  watch: (listener: () => void) => () => void
}
