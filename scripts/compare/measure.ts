import type { LiveEvent } from '#lib/protocol/events.ts'
import { isStored } from '#lib/protocol/events.ts'
import type { Address, Transport, Verdict } from '#lib/transport/client/transport.ts'

/** How long after sending things were known, in milliseconds. */
export interface Sample {
  /** The desk has the message for good. */
  ack: number
  /** The first words of the answer are here. */
  firstText: number
  /** The whole answer is here. */
  complete: number
}

/** An open line that is asked one question at a time. */
export interface Measured {
  ask: (text: string) => Promise<Sample>
  close: () => void
}

/** How long a line may take to open, and a question to be answered. */
const PATIENCE_MS = 30_000

/** Opens a line over a transport. Rejects with the reason when that is not possible. */
export async function openMeasured(transport: Transport, address: Address): Promise<Measured> {
  const position: { epoch: string | undefined; after: number } = { epoch: undefined, after: 0 }
  let hear: (event: LiveEvent) => void = () => undefined
  let ended: (verdict: Verdict) => void = () => undefined
  const opened = Promise.withResolvers<void>()
  const line = transport.open(address, () => position, {
    opened({ epoch }) {
      position.epoch = epoch
      opened.resolve()
    },
    event(event) {
      if (isStored(event)) position.after = Math.max(position.after, event.seq)
      hear(event)
    },
    closed(verdict) {
      opened.reject(new Error(`the connection was ${verdict === 'retry' ? 'lost' : 'refused'}`))
      ended(verdict)
    },
  })

  async function ask(text: string): Promise<Sample> {
    const start = performance.now()
    const since = () => performance.now() - start
    const answered = Promise.withResolvers<{ firstText: number; complete: number }>()
    let firstText: number | undefined
    ended = () => answered.reject(new Error('the connection was lost while an answer was awaited'))
    hear = (event) => {
      const isText = event.type === 'delta' ? event.text !== '' : event.type === 'message' && event.role === 'assistant'
      if (!isText) return
      firstText ??= since()
      if (event.type === 'message') answered.resolve({ firstText, complete: since() })
    }
    const sent = line.send({ type: 'message', text, client_msg_id: crypto.randomUUID() }).then(since)
    const [ack, times] = await within(Promise.all([sent, answered.promise]), 'an answer')
    return { ack, ...times }
  }

  await within(opened.promise, 'a connection').catch((error) => {
    line.close()
    throw error
  })
  return { ask, close: line.close }
}

/** Rejects when something takes longer than anybody would wait. */
async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${PATIENCE_MS / 1000} s for ${what}`)), PATIENCE_MS)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
