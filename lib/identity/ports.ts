/** What identity needs kept. Only plain types: who fulfils them is chosen in `lib/desk.ts`. */

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
  useLine(hash: string, at: number): Promise<void>
  closeLine(hash: string): Promise<void>
  /** Closes all of an operator. */
  closeLines(operator: string): Promise<void>
}
