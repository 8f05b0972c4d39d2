import { WebSocket } from 'ws'
import type { LiveEvent } from '#lib/protocol/events.ts'

/** The three ways to the desk in as few lines as a client can have: each tells what comes, as it comes. */
export interface RawLine {
  /** Resolves when nothing more will be told. */
  close: () => Promise<void>
}

type Open = (url: string, session: string, after: number, tell: (event: LiveEvent) => void) => RawLine

const websocket: Open = (url, session, after, tell) => {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws/${session}`)
  const kinds = new Set(['system', 'resumed', 'ack', 'pong'])
  let resumed = false
  socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', after })))
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as LiveEvent
    if ((frame.type as string) === 'resumed') resumed = true
    if (resumed && !kinds.has(frame.type)) tell(frame)
  })
  socket.on('error', () => undefined)
  return {
    async close() {
      socket.removeAllListeners('message')
      socket.terminate()
    },
  }
}

const sse: Open = (url, session, after, tell) => {
  const abort = new AbortController()
  const reading = (async () => {
    const headers = { accept: 'text/event-stream' }
    const response = await fetch(`${url}/api/session/${session}/events?after=${after}`, { headers, signal: abort.signal })
    let pending = ''
    for await (const chunk of response.body ?? []) {
      pending += Buffer.from(chunk).toString()
      const events = pending.split('\n\n')
      pending = events.pop() ?? ''
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1]
        const frame = data === undefined ? undefined : (JSON.parse(data) as LiveEvent)
        if (frame && (frame.type as string) !== 'resumed' && !abort.signal.aborted) tell(frame)
      }
    }
  })().catch(() => undefined)
  return {
    close() {
      abort.abort()
      return reading
    },
  }
}

const polling: Open = (url, session, after, tell) => {
  let closed = false
  const reading = (async () => {
    let from = after
    let had = ''
    while (!closed) {
      const page = (await (await fetch(`${url}/api/session/${session}/events?after=${from}`)).json()) as {
        events: Array<Extract<LiveEvent, { seq: number }>>
        partial?: { message_id: string; text: string }
      }
      for (const event of page.events) tell(event)
      from = page.events.at(-1)?.seq ?? from
      const { message_id = '', text = '' } = page.partial ?? {}
      if (text.length > had.length) tell({ type: 'delta', message_id, offset: had.length, text: text.slice(had.length) })
      had = text
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  })()
  return {
    close() {
      closed = true
      return reading
    },
  }
}

export const rawLines = { websocket, sse, polling } satisfies Record<string, Open>
