import type { ShopTables } from './shop-schema.ts'

/** The tables, as both databases have them: text ids, epoch milliseconds, JSON as text. */
export interface Schema extends ShopTables {
  meta: { name: string; value: string }
  sessions: SessionRow
  events: EventRow
  erased: { key_hash: string; times: number }
  files: FileRow
  /** Failed sign-ins by account, named by a keyed hash. `locked_until`: epoch milliseconds; the greatest integer until somebody unlocks it. */
  lockouts: { account: string; failures: number; locked_until: number; last_at: number }
  /** Failed sign-ins of the last day, each. */
  guesses: { id: string; account: string; place: string | null; at: number }
  tool_pins: ToolPinRow
  tool_calls: ToolCallRow
  effects: EffectRow
  operators: OperatorRow
  operator_lines: OperatorLineRow
}

export interface SessionRow {
  key: string
  name: string
  incarnation: number
  created_at: number
  last_at: number
  /** `last_at` in whole minutes. Indexed in its place, so that a busy session does not move in the index with every message. */
  active_minute: number
  visitor_seq: number
  desk_seq: number
  reset_seq: number
  message_count: number
  status: string
  holder_version: number
  token_version: number
  survey: string
  turns: string
  grade: string | null
  waiting_since: number | null
  read_seq: number
  context: string | null
  customer: string | null
  awaits_pin: string | null
  approvals: string
  operator: string | null
  told_nobody_came: number
}

export interface EventRow {
  session_key: string
  log: string
  seq: number
  type: string
  at: number
  message_id: string | null
  client_msg_id: string | null
  body: string
}

/** What is known of a file; its bytes are elsewhere. */
export interface FileRow {
  session_key: string
  id: string
  name: string
  media_type: string
  size: number
  at: number
}

/** A tool's definition as it was when it was trusted. */
export interface ToolPinRow {
  server: string
  name: string
  fingerprint: string
  at: number
}

export interface ToolCallRow {
  id: string
  session_key: string
  turn: string
  tool: string
  customer_id: string | null
  args: string
  outcome: string
  ms: number
  at: number
}

export interface EffectRow {
  key: string
  session_key: string
  tool: string
  args: string
  customer_id: string
  state: string
  before: string | null
  result: string | null
  at: number
  updated_at: number
}

export interface OperatorRow {
  id: string
  login: string
  name: string
  role: string
  disabled: number
  password_hash: string
}

/** A browser in which an operator is signed in. */
export interface OperatorLineRow {
  hash: string
  operator: string
  opened_at: number
  used_at: number
}
