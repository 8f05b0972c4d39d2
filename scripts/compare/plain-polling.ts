import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { credentials, postAction, sessionUrl, verdictOf } from '#lib/transport/client/http.ts'
import type { Transport, Verdict } from '#lib/transport/client/transport.ts'

interface Page {
  events: LiveEvent[]
  epoch: string
  last_seq: number
  recovered: boolean
  partial?: { message_id: string; text: string }
}

/** Polling as it was before polls could wait: a request every `intervalMs`, whether there is news or not. */
export function plainPolling(intervalMs: number): Transport {
  return {
    name: 'polling',
    open(address, position, listener) {
      const abort = new AbortController()

      async function run(): Promise<Verdict> {
        for (;;) {
          const { epoch, after } = position()
          const query = new URLSearchParams({ after: String(after), ...(epoch === undefined ? {} : { epoch }) })
          const headers = credentials(address)
          const response = await fetch(`${sessionUrl(address, 'events')}?${query}`, { headers, signal: abort.signal })
          if (!response.ok) return verdictOf(response)
          const page = (await response.json()) as Page
          listener.opened(page)
          for (const event of page.events) listener.event(event)
          if (page.partial) listener.event({ type: 'delta', ...page.partial, offset: 0 })
          await sleep(intervalMs, undefined, { signal: abort.signal })
        }
      }

      void run()
        .catch((): Verdict => 'retry')
        .then((verdict) => {
          if (!abort.signal.aborted) listener.closed(verdict)
        })
      return { send: (action) => postAction(address, action), close: () => abort.abort() }
    },
  }
}
