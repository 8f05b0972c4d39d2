import type { StoredMessage } from '#lib/protocol/events.ts'
import type { Snapshot } from '#lib/transport/client/desk-client.ts'

/**
 * What others have written since the page was opened; nothing while the log still tells what was before. An attempt at
 * an answer is no news: the answer follows.
 */
export function newMessages({ log, oldNews }: Pick<Snapshot, 'log' | 'oldNews'>): StoredMessage[] {
  if (oldNews === undefined) return []
  return log.items
    .filter((item) => item.type === 'message')
    .filter(({ role, seq, status }) => {
      return role !== 'visitor' && seq > oldNews && status !== 'interrupted' && status !== 'superseded'
    })
}
