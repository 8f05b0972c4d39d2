/** What identity needs kept. Only plain types: who fulfils them is chosen in `lib/desk.ts`. */

/** A guess at a PIN, by what it is counted by: names that tell nothing of the customer. */
export interface Attempt {
  id: string
  account: string
  /** Neighbouring addresses are one place; absent where there is no address. */
  place?: string | undefined
}

/** What may fail within a time. */
export interface FailureBudget {
  /** Accounts; one that gets it right counts no more, and one that is counted already may fail on. */
  accounts: number
  failures: number
  windowMs: number
}

/** How many guesses are looked at; what is beyond is refused without a look. */
export interface GuessLimits {
  /** Failures of one account and what follows; `lockMs` Infinity: until somebody unlocks it. */
  steps: Array<{ failures: number; lockMs: number }>
  place: FailureBudget
  everywhere: FailureBudget
}

export type Reservation = { granted: true } | { granted: false; because: 'account' | 'place' | 'everywhere'; retryAfterMs: number }

/** The count of wrong PINs, kept on the disk and shared by all processes of a desk. Times are epoch milliseconds. */
export interface LockoutStore {
  /** Counts a guess as failed before anybody looks at it, or refuses it, in one step: of many at once no more than allowed get through. */
  reserve(attempt: Attempt, limits: GuessLimits, now: number): Promise<Reservation>
  /** It was never looked at: it does not count. */
  takeBack(attempt: Attempt): Promise<void>
  /** Forgets what is held against an account, as when its PIN was right. False if nothing was. */
  clear(account: string): Promise<boolean>
  /** Forgets failures that are older, but for accounts that wait for somebody to unlock them. */
  forget(before: number): Promise<void>
}

/** Somebody who may answer visitors; an admin may also change accounts. */
export interface OperatorAccount {
  id: string
  login: string
  /** What visitors read. */
  name: string
  role: 'operator' | 'admin'
  disabled: boolean
}

/** A browser in which an operator is signed in, by the hash of its secret. Times are epoch milliseconds. */
export interface OperatorLine {
  hash: string
  operator: string
  openedAt: number
  usedAt: number
}

export interface OperatorStore {
  count(): Promise<number>
  all(): Promise<OperatorAccount[]>
  byId(id: string): Promise<OperatorAccount | undefined>
  byLogin(login: string): Promise<(OperatorAccount & { passwordHash: string }) | undefined>
  add(account: OperatorAccount, passwordHash: string): Promise<void>
  change(account: OperatorAccount): Promise<void>
  setPassword(id: string, passwordHash: string): Promise<void>
  openLine(line: OperatorLine): Promise<void>
  line(hash: string): Promise<(OperatorLine & { account: OperatorAccount }) | undefined>
  noteUse(hash: string, at: number): Promise<void>
  closeLine(hash: string): Promise<void>
  /** Closes all of an operator. */
  closeLines(operator: string): Promise<void>
}
