import type { LiveEvent } from '#lib/protocol/events.ts'
import { credentials, postAction, sessionUrl, verdictOf } from './http.ts'
import type { Transport, Verdict } from './transport.ts'

/** The desk sends something at least every 15 s; a line that is silent for longer is dead. */
const SILENCE_MS = 25_000

export interface SseOptions {
  /** How long the stream's first event may take: something on the way may hold back what streams. */
  connectTimeoutMs: number
}

/** Server-sent events, read with fetch so that the token travels in a header. */
export function sseTransport({ connectTimeoutMs }: SseOptions = { connectTimeoutMs: 5000 }): Transport {
  return {
    name: 'sse',
    open(address, position, listener) {
      const abort = new AbortController()
      let closedByUs = false
      const deadline = setTimeout(() => abort.abort(), connectTimeoutMs)

      async function read(): Promise<Verdict> {
        const { epoch, after } = position()
        const query = new URLSearchParams({ after: String(after), ...(epoch === undefined ? {} : { epoch }) })
        const response = await fetch(`${sessionUrl(address, 'events')}?${query}`, {
          headers: { accept: 'text/event-stream', ...credentials(address) },
          signal: abort.signal,
        })
        if (!response.ok || !response.body) return verdictOf(response)
        for await (const data of eventData(response.body, () => abort.abort())) receive(JSON.parse(data))
        return 'retry'
      }

      function receive(frame: { type?: string }): void {
        if (closedByUs || frame.type === undefined) return
        if (frame.type === 'resumed') {
          clearTimeout(deadline)
          listener.opened(frame as never)
        } else listener.event(frame as LiveEvent)
      }

      void read()
        .catch((): Verdict => 'retry')
        .then((verdict) => {
          clearTimeout(deadline)
          if (!closedByUs) listener.closed(verdict)
        })

      return {
        send: (action) => postAction(address, action, listener.credential),
        close: () => {
          closedByUs = true
          clearTimeout(deadline)
          abort.abort()
        },
      }
    },
  }
}

/** The `data` of each event of a stream. Calls `silent` when nothing came for too long. */
async function* eventData(body: ReadableStream<Uint8Array>, silent: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let pending = ''
  let timer = setTimeout(silent, SILENCE_MS)
  try {
    for await (const chunk of body) {
      clearTimeout(timer)
      timer = setTimeout(silent, SILENCE_MS)
      pending += decoder.decode(chunk, { stream: true })
      const events = pending.split('\n\n')
      pending = events.pop() ?? ''
      for (const event of events) {
        const data = event.split('\n').filter((line) => line.startsWith('data: '))
        if (data.length > 0) yield data.map((line) => line.slice(6)).join('\n')
      }
    }
  } finally {
    clearTimeout(timer)
  }
}
