import { createHash, randomBytes } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Log } from '#lib/session/ports.ts'
import { hashPassword, isPassword, newPassword, nobodysPassword } from './password.ts'
import type { OperatorAccount, OperatorStore } from './ports.ts'

/**
 * The people who answer for the company: their accounts, and the lines they have opened with them. Who is switched off, or whose
 * password changes, is out at once: every request looks at the account anew, and open lines are told.
 */

/** How long somebody stays signed in without doing anything, and at most, in milliseconds. */
const IDLE_MS = 8 * 3600_000
const LONGEST_MS = 7 * 24 * 3600_000
/** Wrong passwords for one login, and from one address, in a quarter of an hour. */
const WRONG_PER_LOGIN = 5
const WRONG_PER_ADDRESS = 20
const WINDOW_S = 15 * 60
/** Characters of a password. */
const SHORTEST = 12
const LONGEST = 200
/** How much later an open line is noted as used, in milliseconds. */
const NOTED_MS = 60_000

interface OperatorsDeps {
  store: OperatorStore
  newId: () => string
  now: () => number
  log: Log
}

export type Operators = ReturnType<typeof createOperators>
export interface SignedIn {
  account: OperatorAccount
  /** Names the line of this browser. */
  line: string
}

export function createOperators({ store, newId, now, log }: OperatorsDeps) {
  const byLogin = new RateLimiterMemory({ points: WRONG_PER_LOGIN, duration: WINDOW_S })
  const byAddress = new RateLimiterMemory({ points: WRONG_PER_ADDRESS, duration: WINDOW_S })
  const listeners = new Map<string, Set<() => void>>()

  /** Makes the first account of a new desk. Undefined when there is one; the password is told here and nowhere else. */
  async function makeFirst(): Promise<{ login: string; password: string } | undefined> {
    if ((await store.count()) > 0) return undefined
    const password = newPassword()
    const account = { id: newId(), login: 'admin', name: 'Support', role: 'admin' as const, disabled: false }
    await store.add(account, await hashPassword(password))
    return { login: account.login, password }
  }

  /**
   * Signs an operator in; resolves with the secret that their browser keeps. Whether the login or the password is wrong makes no
   * difference, in words or in time. Throws `unauthorized`, and `rate_limited` after too many of them.
   */
  async function signIn(login: string, password: string, ip: string): Promise<{ secret: string; account: OperatorAccount }> {
    const name = canonical(login)
    await take(byAddress, ip)
    await take(byLogin, name)
    const found = await store.byLogin(name)
    const isRight = await isPassword(password.slice(0, LONGEST), found?.passwordHash ?? nobodysPassword)
    if (!found || !isRight || found.disabled) {
      log.warn({ ip }, 'a wrong operator login or password was shown')
      throw new DeskError('unauthorized', 'This login and this password do not belong together.')
    }
    await Promise.all([byLogin.delete(name), byAddress.reward(ip)])
    const { passwordHash: _, ...account } = found
    return { secret: await openLine(found.id), account }
  }

  async function openLine(operator: string): Promise<string> {
    const secret = randomBytes(32).toString('base64url')
    await store.openLine({ hash: hashOf(secret), operator, openedAt: now(), usedAt: now() })
    return secret
  }

  /** Who has this secret; undefined for one that is over, or whose operator may not work here any more. */
  async function bySecret(secret: string): Promise<SignedIn | undefined> {
    const line = await store.line(hashOf(secret))
    if (!line || line.account.disabled) return undefined
    const { usedAt, openedAt, hash, account } = line
    if (now() - usedAt > IDLE_MS || now() - openedAt > LONGEST_MS) {
      await store.closeLine(hash)
      return undefined
    }
    if (now() - usedAt > NOTED_MS) await store.noteUse(hash, now())
    return { account, line: hash }
  }

  async function signOut(secret: string): Promise<void> {
    const line = await store.line(hashOf(secret))
    await store.closeLine(hashOf(secret))
    if (line) end(line.account.id)
  }

  /** Makes an account. The password is told here and nowhere else. Throws `conflict` for a login that is taken. */
  async function add(given: {
    login: string
    name: string
    role: OperatorAccount['role']
  }): Promise<{ account: OperatorAccount; password: string }> {
    const account = { id: newId(), ...given, login: canonical(given.login), disabled: false }
    if (await store.byLogin(account.login)) throw new DeskError('conflict', 'There is an operator of this login already.')
    const password = newPassword()
    await store.add(account, await hashPassword(password))
    return { account, password }
  }

  /** Changes an account. Throws `not_found`, and `conflict` where nobody could change accounts any more. */
  async function change(id: string, to: Partial<Pick<OperatorAccount, 'name' | 'role' | 'disabled'>>): Promise<OperatorAccount> {
    const known = await store.byId(id)
    if (!known) throw new DeskError('not_found', 'There is no such operator.')
    const changed = { ...known, ...to }
    const others = (await store.all()).filter((one) => one.id !== id && one.role === 'admin' && !one.disabled)
    if ((changed.role !== 'admin' || changed.disabled) && others.length === 0) throw new DeskError('conflict', 'This is the last admin.')
    await store.change(changed)
    if (changed.disabled || changed.role !== known.role) await throwOut(id)
    return changed
  }

  /** Gives an operator another password, theirs or a new one; everywhere they are signed in they are out. */
  async function setPassword(id: string, password: string = newPassword()): Promise<string> {
    if (password.length < SHORTEST || password.length > LONGEST) {
      throw new DeskError('invalid', `password: takes ${SHORTEST} to ${LONGEST} characters`)
    }
    if (!(await store.byId(id))) throw new DeskError('not_found', 'There is no such operator.')
    await store.setPassword(id, await hashPassword(password))
    await throwOut(id)
    return password
  }

  /** Gives somebody who is signed in another password of theirs; resolves with a new secret for the browser that asks. */
  async function changeOwn(id: string, password: string): Promise<string> {
    await setPassword(id, password)
    return openLine(id)
  }

  async function throwOut(id: string): Promise<void> {
    await store.closeLines(id)
    end(id)
  }

  function end(id: string): void {
    for (const listener of listeners.get(id) ?? []) listener()
  }

  /** Hears when an operator signs out or is thrown out. Returns its undo. */
  function onEnd(id: string, listener: () => void): () => void {
    const all = listeners.get(id) ?? new Set()
    listeners.set(id, all.add(listener))
    return () => {
      all.delete(listener)
      if (all.size === 0) listeners.delete(id)
    }
  }

  return { makeFirst, signIn, signOut, bySecret, add, change, setPassword, changeOwn, all: store.all, onEnd }
}

function canonical(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}

/** A stolen table opens nothing. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  await limiter.consume(key).catch((refused: { msBeforeNext: number }) => {
    const seconds = Math.ceil(refused.msBeforeNext / 1000)
    throw new DeskError('rate_limited', `Too many attempts. Please wait ${seconds} seconds.`, seconds)
  })
}
