import type { LiveEvent } from '#lib/protocol/events.ts'
import { credentials, postAction, sessionUrl, verdictOf } from './http.ts'
import type { Position, Start, Transport, Verdict } from './transport.ts'

export interface PollOptions {
  /** The pause between polls when the desk (or something on the way) does not let a poll wait. */
  intervalMs: number
  /** A person was asked for, or is answering: what is said next is waited for, so polls come sooner. */
  eager?: () => boolean
}

/** Seconds that the desk may hold a poll until there is news. */
const WAIT_S = 20
/** So many polls cut off while they waited, and no further one waits. */
const CUTS = 2
/** The longest pause of an eager reader, in milliseconds. */
const EAGER_MS = 1000
/** The least pause between two polls, in milliseconds. */
const LEAST_PAUSE = 150

interface Page extends Start {
  events: LiveEvent[]
  has_more: boolean
  partial?: { message_id: string; text: string }
}

/** Polling: a poll waits at the desk for news; where that is cut off on the way, it asks again and again instead. */
export function pollTransport({ intervalMs, eager = () => false }: PollOptions): Transport {
  return {
    name: 'polling',
    open(address, position, listener) {
      const abort = new AbortController()
      let wait = 0
      let cuts = 0
      let partial: Page['partial']

      async function run(): Promise<Verdict> {
        while (!abort.signal.aborted) {
          const page = await poll(position())
          if (abort.signal.aborted) break
          if (page === 'cut') cuts += 1
          else if (typeof page === 'string') return page
          else take(page)
          const more = typeof page === 'object' && page.has_more
          if (!more) await pause(cuts < CUTS ? LEAST_PAUSE : eager() ? Math.min(EAGER_MS, intervalMs) : intervalMs)
          wait = cuts < CUTS ? WAIT_S : 0
        }
        return 'retry'
      }

      async function poll({ epoch, after }: Position): Promise<Page | Verdict | 'cut'> {
        const had = partial ? { partial: `${partial.message_id}:${partial.text.length}` } : {}
        const where = { after: String(after), ...(epoch === undefined ? {} : { epoch }) }
        const query = new URLSearchParams({ ...where, ...had, wait: String(wait), deltas: 'true' })
        const signal = AbortSignal.any([abort.signal, AbortSignal.timeout((wait + 10) * 1000)])
        const response = await fetch(`${sessionUrl(address, 'events')}?${query}`, { headers: credentials(address), signal }).catch(
          () => undefined,
        )
        if (!response || response.status === 502 || response.status === 504) return wait > 0 ? 'cut' : 'retry'
        if (!response.ok) return verdictOf(response)
        return (await response.json().catch(() => 'retry')) as Page | 'retry'
      }

      function take(page: Page): void {
        listener.opened(page)
        for (const event of page.events) listener.event(event)
        partial = page.partial
        if (partial) listener.event({ type: 'delta', message_id: partial.message_id, offset: 0, text: partial.text })
      }

      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      void run()
        .catch((): Verdict => 'retry')
        .then((verdict) => {
          if (!abort.signal.aborted) listener.closed(verdict)
        })

      return { send: (action) => postAction(address, action, listener.credential), close: () => abort.abort() }
    },
  }
}
