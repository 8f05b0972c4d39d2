import type { ApprovalRequest, StoredMessage } from '#lib/protocol/events.ts'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'

/** What a visitor is told of when it comes. */
export type News = StoredMessage | ApprovalRequest

/**
 * What others have written since the page was opened; nothing while the log still tells what was before. An attempt at
 * an answer is no news: the answer follows. What is to be approved is.
 */
export function newMessages({ log, oldNews }: Pick<Snapshot, 'log' | 'oldNews'>): News[] {
  if (oldNews === undefined) return []
  return log.items
    .filter((item) => item.type === 'message' || item.type === 'approval_request')
    .filter((item) => item.seq > oldNews && (item.type === 'approval_request' || isWhole(item)))
}

function isWhole({ role, status }: StoredMessage): boolean {
  return role !== 'visitor' && status !== 'interrupted' && status !== 'superseded'
}
