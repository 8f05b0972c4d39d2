import type { Receipt } from '#lib/protocol/actions.ts'
import type { StoredEvent } from '#lib/protocol/events.ts'

/** The receipt of an action that ended in this event. */
export function receipt(event: StoredEvent | undefined, client_msg_id?: string): Receipt {
  if (!event) return {}
  const message_id = 'message_id' in event ? { message_id: event.message_id } : {}
  return { ...message_id, seq: event.seq, ...(client_msg_id === undefined ? {} : { client_msg_id }) } as Receipt
}
