import type { StoredMessage } from '#lib/protocol/events.ts'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'

/** What others have written since the page was opened; nothing while the log still tells what was before. */
export function newMessages({ log, oldNews }: Pick<Snapshot, 'log' | 'oldNews'>): StoredMessage[] {
  if (oldNews === undefined) return []
  return log.items.filter((item) => item.type === 'message').filter(({ role, seq }) => role !== 'visitor' && seq > oldNews)
}
