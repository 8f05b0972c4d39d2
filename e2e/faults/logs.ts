import type { StoredEvent } from '#lib/protocol/events.ts'
import type { ClientHistory } from './history.ts'

/** The final log of every session that the clients took part in. */
export async function wholeLogs(url: string, histories: ClientHistory[]): Promise<Map<string, StoredEvent[]>> {
  const sessions = [...new Set(histories.map(({ session }) => session))]
  return new Map(await Promise.all(sessions.map(async (session) => [session, await wholeLog(url, session)] as const)))
}

/** All events of a session, page by page. */
export async function wholeLog(url: string, session: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  for (;;) {
    const response = await fetch(`${url}/api/session/${session}/events?after=${events.at(-1)?.seq ?? 0}`)
    const page = (await response.json()) as { events: Array<StoredEvent & { message?: string }>; has_more: boolean }
    for (const { message: _, ...event } of page.events) events.push(event as StoredEvent)
    if (!page.has_more) return events
  }
}
