import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDeskClient, type DeskClient } from './desk-client.ts'
import { sharedShelf, visitorMessage } from './fixtures.ts'
import type { Shelf } from './outbox.ts'

const opened: DeskClient[] = []
/** Sessions that the desk has made, and what it answers with. */
const desk = { made: 0, status: 200 }

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(desk, { made: 0, status: 200 })
  vi.stubGlobal('fetch', async (address: string, { signal }: RequestInit) => {
    if (!address.endsWith('/api/session/new')) {
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    }
    if (desk.status !== 200) return new Response('{}', { status: desk.status })
    desk.made += 1
    return Response.json({ session_id: `s${desk.made}`, session_token: `t${desk.made}` })
  })
})

afterEach(() => {
  for (const client of opened.splice(0)) client.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settings = { connectTimeoutMs: 5000, reconnectAttempts: 3, pingIntervalMs: 30_000, pollIntervalMs: 3000 }

/** A tab on the shelf that is still opening its line. */
async function openTab(shelf: Shelf): Promise<DeskClient> {
  const client = createDeskClient({ base: 'http://desk.test', settings, shelf, transports: ['polling'] })
  opened.push(client)
  await vi.advanceTimersByTimeAsync(0)
  return client
}

test('makes one session and keeps it', async () => {
  const { tab } = sharedShelf()
  const first = await openTab(tab())
  first.close()
  const second = await openTab(tab())
  expect([first.snapshot().sessionId, second.snapshot().sessionId, desk.made]).toEqual(['s1', 's1', 1])
})

test('tries until the desk makes a session, and says that it may not be used', async () => {
  desk.status = 421
  const client = await openTab(sharedShelf().tab())
  expect(client.snapshot()).toMatchObject({ connection: 'error', forbidden: true, sessionId: undefined })
  desk.status = 200
  await vi.advanceTimersByTimeAsync(10_000)
  expect(client.snapshot()).toMatchObject({ forbidden: false, sessionId: 's1' })
})

test('makes no second session when the visitor asks for a new one before there is any', async () => {
  desk.status = 503
  const client = await openTab(sharedShelf().tab())
  client.renew()
  client.renew()
  desk.status = 200
  await vi.advanceTimersByTimeAsync(60_000)
  expect([client.snapshot().sessionId, desk.made]).toEqual(['s1', 1])
})

test('shows in every tab what waits, and loses nothing when two tabs write', async () => {
  const { tab } = sharedShelf()
  const one = await openTab(tab())
  const two = await openTab(tab())
  one.send('from one')
  two.send('from two')
  const texts = (client: DeskClient) => client.snapshot().unsent.map(({ text }) => text)
  expect([texts(one), texts(two)]).toEqual([
    ['from one', 'from two'],
    ['from one', 'from two'],
  ])
})

test('follows the tab that began a new conversation', async () => {
  const { tab } = sharedShelf()
  const one = await openTab(tab())
  const two = await openTab(tab())
  one.renew()
  await vi.advanceTimersByTimeAsync(0)
  expect([one.snapshot().sessionId, two.snapshot().sessionId, desk.made]).toEqual(['s2', 's2', 2])
})

test('keeps what was not sent over a new conversation, and drops what was refused', async () => {
  const shelf = sharedShelf().tab()
  const { client_msg_id } = visitorMessage(1, 'a', 'waiting')
  shelf.setItem(
    'frontdesk.session.outbox',
    JSON.stringify([
      { client_msg_id, text: 'waiting', at: 1 },
      { client_msg_id: 'refused', text: 'refused', at: 1, failed: 'too long' },
    ]),
  )
  const client = await openTab(shelf)
  client.renew()
  expect(client.snapshot().unsent.map(({ text }) => text)).toEqual(['waiting'])
})
