import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { Outbox, Unsent } from './outbox.ts'
import { SendError } from './transport.ts'

export interface DeliveryOptions {
  outbox: Outbox
  /** Sends over the line that stands. Rejects with a SendError. */
  send: (action: Action) => Promise<Receipt>
  /** The last seq that the log has shown. */
  shown: () => number
  /** The outbox is not what it was. */
  changed: () => void
}

/** The pause before a message is tried again, in milliseconds; a longer one where the desk asks for less. */
export const RETRY_MS = 2000
export const RATE_LIMITED_MS = 5000

/**
 * Sends what waits in the outbox, one after the other, each again and again until the desk has taken or refused it.
 * A message that was taken stays in the outbox until the log shows it, so that it is on the screen all the time.
 */
export function createDelivery({ outbox, send, shown, changed }: DeliveryOptions) {
  /** The seq that a message got, by its id, while the log does not show it. */
  const taken = new Map<string, number>()
  let beginning = 0
  let running = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function flush(): Promise<void> {
    if (running) return
    running = true
    clearTimeout(timer)
    outbox.reload()
    let pause = 0
    try {
      for (let item = outbox.next(taken); item && pause === 0; item = outbox.next(taken)) {
        pause = await deliver(item)
        changed()
      }
    } finally {
      running = false
    }
    if (pause > 0) timer = setTimeout(() => void flush(), pause)
  }

  /** Sends one message; resolves with the pause before it is to be tried again, 0 when it need not be. */
  async function deliver(item: Unsent): Promise<number> {
    const { client_msg_id, attachments } = item
    const begun = beginning
    try {
      const files = attachments && { attachments: attachments.map(({ file_id }) => file_id) }
      const { seq = 0 } = await send({ type: 'message', text: outbox.textOf(item), client_msg_id, ...files })
      // A receipt of a log that was left since says nothing about the one that is read now.
      if (begun !== beginning) return 0
      taken.set(client_msg_id, seq)
      settle()
    } catch (error) {
      if (!(error instanceof SendError)) return RETRY_MS
      // Who does not know us any more has said so to the line, too, which finds the session's new token, or another session.
      if (error.code === 'not_found' || error.code === 'unauthorized') return RETRY_MS
      if (error.retryable) return error.code === 'rate_limited' ? RATE_LIMITED_MS : RETRY_MS
      outbox.refuse(client_msg_id, error.message)
    }
    return 0
  }

  /** Lets go of what the log shows by now. */
  function settle(): void {
    for (const [id, seq] of taken) if (seq <= shown()) arrived(id)
  }

  /** The log has a message of this id. */
  function arrived(id: string): void {
    taken.delete(id)
    if (outbox.items().some(({ client_msg_id }) => client_msg_id === id)) outbox.remove(id)
  }

  return {
    flush,
    settle,
    arrived,
    /** The log begins anew: what was taken may not be in it, and is sent again under its id. */
    restart(): void {
      taken.clear()
      beginning += 1
    },
    stop: () => clearTimeout(timer),
  }
}
