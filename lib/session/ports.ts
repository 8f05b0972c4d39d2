import type { SignInOutcome } from '#lib/protocol/actions.ts'
import type { Card, OrderCard } from '#lib/protocol/cards.ts'
import type {
  AnswerRecord,
  Attachment,
  Citation,
  Decision,
  Entry,
  LiveEvent,
  StoredEvent,
  StoredMessage,
  ToolCall,
} from '#lib/protocol/events.ts'

/** What the hall needs from the rooms around it. Only plain types: who fulfils them is chosen in `lib/desk.ts`. */

/** Names one session: `key` among all sessions of the store, `name` towards its owner. */
export interface SessionRef {
  key: string
  name: string
  /** How often a session of this key was erased before; part of the epoch. */
  incarnation: number
}

/** `visitor` holds what the visitor may see; `desk` what only the company may. */
export type LogName = 'visitor' | 'desk'

export interface SessionRecord extends SessionRef {
  createdAt: number
  lastAt: number
  /** The last seq of each log. */
  seq: Record<LogName, number>
  /** The seq of the latest `session_reset`; what stands before it is out of sight. */
  resetSeq: number
  messageCount: number
  status: 'active' | 'waiting' | 'human' | 'closed'
  /** When a person was asked for (epoch ms), while the visitor waits. */
  waitingSince?: number
  /** The visitor was told that nobody came in time. */
  toldNobodyCame?: boolean
  /** Who holds the session, while a person does. */
  operator?: Operator | undefined
  /** Counts changes of who holds the session, assistant or operator: a fence for writers. */
  holderVersion: number
  /** Counts token rotations: older tokens no longer open the session. */
  tokenVersion: number
  survey: 'none' | 'due' | 'rated' | 'commented'
  /** The visitor's grade of the whole session, as it stands. */
  grade?: { rating: number; comment?: string }
  /** How far the visitor has read the log. */
  readSeq: number
  /** What the visitor wants kept in mind (`/setcontext`): data for a model, never an instruction above the desk's own. */
  context?: string | undefined
  /** Whose session it is, also when they have signed out; who the visitor is now tells `customerOf`. Tools act for nobody else. */
  customer?: Customer | undefined
  /** The assistant asked for an e-mail address and a PIN, and knows the address already: a PIN may come alone now. */
  awaitsPin?: { email: string } | undefined
  /** What the visitor was asked to approve: what is open, and the last few that are not. */
  approvals: Approval[]
  turns: OpenTurn[]
}

/** A person who answers for the company. */
export interface Operator {
  id: string
  name: string
}

/** A customer of the shop whose identity was verified. */
export interface Customer {
  id: string
  name: string
  email?: string
  /** By e-mail and PIN, or by the site that shows the desk. */
  via: 'pin' | 'site'
  /** Whether orders may be placed in their name. */
  mayOrder: boolean
  /** Until when that holds (epoch milliseconds), where it does not hold until they sign out. */
  until?: number
}

/** What a tool will do once the visitor approves it: bound by our code, for one customer, unchangeable. */
export interface Proposal {
  tool: string
  args: Record<string, unknown>
  customerId: string
  /** One line for the visitor. */
  summary: string
  card: OrderCard
  /** A hash over the tool, its arguments and the customer. */
  digest: string
}

export interface Approval extends Proposal {
  id: string
  /** Epoch milliseconds. */
  expiresAt: number
  state: 'pending' | 'approved' | 'rejected' | 'expired'
}

/** A question that was accepted and is not answered yet. It leaves the record in the transaction that answers it. */
export interface OpenTurn {
  id: string
  lane: 'answer' | 'command' | 'effect'
  /** What an effect turn does: carries out an approval, or takes back what one had done; by the approval's id. */
  effect?: { kind: 'approved' | 'undo'; approval: string }
  /** The visitor messages it will answer. */
  questions: string[]
  /** Counts runs. A writer that holds an older attempt writes nothing. */
  attempt: number
  /** Runs that died. */
  crashes: number
  /** The message that this attempt writes. */
  messageId: string
  holderVersion: number
  /** What was shown of the running answer, or is about to be; undefined while nothing was. */
  shown?: Piece
}

/** Text with the citations it refers to. */
export interface Piece {
  text: string
  citations: Citation[]
}

export interface Transaction {
  readonly session: SessionRecord
  /** Writes entries at the end of a log. The events get their seq here and exist when the transaction commits. */
  append(log: LogName, ...entries: Entry[]): Promise<StoredEvent[]>
  /** The visitor's message that was sent under this id before. */
  messageByClientId(clientMsgId: string): Promise<StoredMessage | undefined>
  messageById(messageId: string): Promise<StoredMessage | undefined>
  /** The files of the session, or those of them that are named. */
  files(ids?: string[]): Promise<Attachment[]>
  addFile(file: Attachment): Promise<void>
  /** The latest messages since the session's beginning that stand, oldest first. */
  latestMessages(limit: number): Promise<StoredMessage[]>
}

export interface SessionStore {
  /** Names this life of the store; another one after a restore. */
  readonly epoch: string
  /**
   * Runs `work` with the session locked and saves what it changed in `session`; resolves after the commit
   * has reached the disk, with the work's result. If `work` throws, nothing of it remains.
   * Throws `not_found` for a session without a record, unless `make` is set, and for a ref of an earlier incarnation.
   */
  transact<T>(ref: SessionRef, options: { make?: boolean }, work: (tx: Transaction) => Promise<T>): Promise<T>
  find(key: string): Promise<SessionRecord | undefined>
  /** How often a session of this key was erased. */
  incarnation(key: string): Promise<number>
  /** Events after a seq, in order. */
  read(ref: SessionRef, log: LogName, after: number, limit: number): Promise<StoredEvent[]>
  /** The files of a session, oldest first. */
  files(ref: SessionRef): Promise<Attachment[]>
  /** Bytes of the files of all sessions. */
  filesSize(): Promise<number>
  /** The latest messages after a seq that stand (were not replaced), oldest first. */
  messages(ref: SessionRef, range: { after: number; limit: number }): Promise<StoredMessage[]>
  /** The latest sessions by activity; `before` continues a list. */
  list(options: { limit: number; before?: string | undefined }): Promise<{ sessions: SessionRecord[]; next: string | null }>
  count(): Promise<number>
  /** Open sessions without activity since `before` (epoch ms). */
  idle(before: number, limit: number): Promise<SessionRecord[]>
  withOpenTurns(limit: number): Promise<SessionRecord[]>
  /** Sessions in which somebody waits for a person since before a time (epoch ms) and was not told that nobody came. */
  waiting(before: number, limit: number): Promise<SessionRecord[]>
  /**
   * Sessions of one kind: who waits for a person, longest first; or by latest activity, those that a person holds, all that are open
   * and were spoken in, those that are closed.
   */
  select(kind: 'waiting' | 'held' | 'open' | 'closed', limit: number): Promise<SessionRecord[]>
  /** Removes a session and all it said, and remembers only that its key was used. False if there was none. */
  erase(key: string): Promise<boolean>
}

/** The bytes of files, by session and id. What is written is on the disk when `write` resolves. */
export interface Blobs {
  write(key: string, id: string, bytes: Uint8Array): Promise<void>
  /** Undefined when there are none. */
  read(key: string, id: string): Promise<Uint8Array | undefined>
  /** Removes one of a session, or all. */
  remove(key: string, id?: string): Promise<void>
}

/** What travels between the writers and the followers of a session; nothing in it is needed for correctness. */
export type Signal = { type: 'grown'; log: LogName; events: StoredEvent[] } | { type: 'live'; event: LiveEvent } | { type: 'ended' }

export interface Bus {
  subscribe(key: string, listener: (signal: Signal) => void): () => void
  publish(key: string, signal: Signal): void
  /** Adds to the text of a running answer. False when the answer was sealed or the offset does not continue it. */
  append(key: string, messageId: string, offset: number, piece: Piece): Promise<boolean>
  /** Closes a running answer to further text and returns what was said, if anything. */
  seal(key: string, messageId: string): Promise<Piece | undefined>
  /** Forgets a running answer; its message is in the log now. */
  forget(key: string, messageId: string): void
  /** The answers that are being written in a session. */
  running(key: string): Promise<Array<{ messageId: string } & Piece>>
}

/** Everything a room needs to know of the session to take its turn. */
export interface TurnContext {
  session: SessionRecord
  turn: OpenTurn
  /** The open questions, oldest first. */
  questions: StoredMessage[]
  /** What was said before them, oldest first, bounded. */
  history: StoredMessage[]
  /** The bytes of a file that a message names; undefined when they are gone. */
  readFile: (file: Attachment) => Promise<Uint8Array | undefined>
  /** Two runs died: answer without what may have killed them. */
  degraded: boolean
}

export interface Conclusion {
  confidence?: number
  decision?: Decision
  /** Replies to offer to the visitor. */
  options?: string[]
  /** A person was asked for, with the reason. */
  handoff?: string
  /** What the answer took and what it was found in, for the desk's own log. */
  record?: Pick<AnswerRecord, 'usage' | 'retrieval'>
  cards?: Card[]
  toolCalls?: ToolCall[]
  /** What the visitor is asked to approve. */
  proposal?: Proposal
  /** An approval that was open, by its id: the visitor has said that they do not want it any more. */
  withdraws?: string
  /** A PIN was asked for, of the customer with this address. */
  awaitsPin?: { email: string }
}

/** Answers by yielding released text piece by piece, then says how sure it is. */
export type Responder = (context: TurnContext, signal: AbortSignal) => AsyncGenerator<Piece, Conclusion>

/** What a tool was made to do, in the words of the answer that tells of it. */
export interface EffectOutcome extends Conclusion {
  text: string
}

/**
 * Carries out what was approved, at most once however often it is called for the same turn, or finds out what became of it.
 * Throws only when that cannot be told yet.
 */
export type ExecuteEffect = (context: TurnContext, signal: AbortSignal) => Promise<EffectOutcome>

/** What somebody shows to prove who they are. */
export interface Credentials {
  email: string
  pin: string
}

export type Identified =
  | { outcome: Extract<SignInOutcome, 'verified'>; customer: Customer }
  | { outcome: Exclude<SignInOutcome, 'verified'>; retryAfter?: number }

/** Asks the shop who that is, within the limits on guessing. Does not throw. */
export type Identify = (credentials: Credentials, from: { actor: Actor; ref: SessionRef }) => Promise<Identified>

/**
 * The proofs of the visitor's own approval: a token for the card, and six characters for clients without cards. Made when they are
 * needed and never stored.
 */
export type ApprovalProofs = (ref: SessionRef, approval: { id: string; digest: string }) => { token: string; code: string }

export interface CommandOutcome {
  result: { status: 'success' | 'error'; message: string; [field: string]: unknown }
  /** A change of the session that is made together with the response: a new beginning, or another context (undefined: none). */
  effect?: 'reset' | { context: string | undefined } | undefined
}

/** Carries out slash commands. */
export type CommandRunner = (context: TurnContext, signal: AbortSignal) => Promise<CommandOutcome & { command: string }>

/** Asks before a message is taken whether its sender may send now. Throws `rate_limited`. */
export type Allow = (actor: Actor, ref: SessionRef) => Promise<void>

/** Who acts on a session. What they may see and do was decided at the door. */
export interface Actor {
  role: 'visitor' | 'operator' | 'admin' | 'desk'
  /** Who answers, of an operator. */
  operator?: Operator
  /** The address that limits are counted by; absent for calls from code. */
  ip?: string
}

export interface Ids {
  message(): string
  turn(): string
  file(): string
  approval(): string
}

export interface Log {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}
