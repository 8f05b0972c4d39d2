import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import type { ClientHistory } from './history.ts'

/** What can be wrong after faults, each kind with what was found. Empty lists mean: clean. */
export interface Verdict {
  /** Acknowledged and not in the log. */
  lost: string[]
  /** In the log and never sent. */
  phantom: string[]
  /** One message twice, in the log or in a view; one question answered twice. */
  duplicate: string[]
  /** A view or a log whose numbers do not run 1, 2, 3 … */
  disorder: string[]
  /** A question without its one answer. */
  unanswered: string[]
  /** A view that is not what the log says. */
  divergence: string[]
  /** What a client found wrong itself. */
  shown: string[]
}

/** Judges histories against the final log of each session. */
export function check(histories: ClientHistory[], logs: Map<string, StoredEvent[]>): Verdict {
  const verdict: Verdict = { lost: [], phantom: [], duplicate: [], disorder: [], unanswered: [], divergence: [], shown: [] }
  for (const [session, log] of logs) {
    const clients = histories.filter((history) => history.session === session)
    checkNumbers(verdict, `log of ${session}`, log)
    checkMessages(verdict, session, log, clients)
    checkAnswers(verdict, session, log)
    for (const client of clients) checkView(verdict, client, log)
  }
  return verdict
}

export function isClean(verdict: Verdict): boolean {
  return Object.values(verdict).every((found) => found.length === 0)
}

/** Whether an event answers what it replies to, for good. */
export function isFinal(event: StoredEvent): event is Extract<StoredEvent, { type: 'message' | 'command_response' }> {
  if (event.type === 'command_response') return true
  return event.type === 'message' && event.role === 'assistant' && (event.status === 'complete' || event.status === 'stopped')
}

/** One line for people. */
export function summary(verdict: Verdict): string {
  return Object.entries(verdict)
    .map(([kind, found]) => `${kind} ${found.length}${found.length > 0 ? ` (${found.slice(0, 2).join('; ')})` : ''}`)
    .join(', ')
}

function checkNumbers({ disorder }: Verdict, where: string, events: StoredEvent[]): void {
  const wrong = events.findIndex((event, index) => event.seq !== index + 1)
  if (wrong !== -1) disorder.push(`${where}: number ${wrong + 1} is ${events[wrong]?.seq}`)
}

function checkMessages({ lost, phantom, duplicate }: Verdict, session: string, log: StoredEvent[], clients: ClientHistory[]): void {
  const sent = new Map(clients.flatMap((client) => [...client.sent]))
  const stored = visitorMessages(log)
  const times = new Map<string, number>()
  for (const { client_msg_id: id = '', content } of stored) {
    times.set(id, (times.get(id) ?? 0) + 1)
    if (sent.get(id)?.text !== content) phantom.push(`${session}: ${id} "${content}"`)
  }
  for (const [id, count] of times) if (count > 1) duplicate.push(`${session}: ${id} ${count} times in the log`)
  for (const [id, { acknowledged }] of sent) if (acknowledged && !times.has(id)) lost.push(`${session}: ${id}`)
}

function checkAnswers({ unanswered, duplicate }: Verdict, session: string, log: StoredEvent[]): void {
  const answers = new Map<string, number>()
  for (const event of log) {
    if (!isFinal(event)) continue
    for (const id of event.in_reply_to ?? []) answers.set(id, (answers.get(id) ?? 0) + 1)
  }
  for (const { message_id: id, client_msg_id } of visitorMessages(log)) {
    const count = answers.get(id) ?? 0
    if (count === 0) unanswered.push(`${session}: ${client_msg_id}`)
    if (count > 1) duplicate.push(`${session}: ${client_msg_id} answered ${count} times`)
  }
}

function checkView({ disorder, divergence, shown }: Verdict, { name, delivered, faults }: ClientHistory, log: StoredEvent[]): void {
  checkNumbers({ disorder } as Verdict, `view of ${name}`, delivered)
  const differs = log.findIndex((event, index) => JSON.stringify(event) !== JSON.stringify(delivered[index]))
  if (differs !== -1) divergence.push(`${name}: number ${differs + 1} of ${log.length}`)
  else if (delivered.length > log.length) divergence.push(`${name}: saw ${delivered.length} of ${log.length}`)
  shown.push(...faults.map((fault) => `${name}: ${fault}`))
}

function visitorMessages(log: StoredEvent[]): StoredMessage[] {
  return log.filter((event): event is StoredMessage => event.type === 'message' && event.role === 'visitor')
}
