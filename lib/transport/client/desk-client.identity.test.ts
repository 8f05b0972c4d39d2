import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDeskClient, type DeskClient } from './desk-client.ts'
import { sharedShelf } from './fixtures.ts'
import type { Shelf } from './outbox.ts'

/** Signing in and out, as the tabs of one browser see it; the desk knows one session, and one token that counts. */

const opened: DeskClient[] = []
const desk = { token: 't1', made: 0, polls: [] as string[], said: [] as Array<Record<string, unknown>>, reachable: true }

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(desk, { token: 't1', made: 0, polls: [], said: [], reachable: true })
  vi.stubGlobal('fetch', async (address: string, { signal, headers, body }: RequestInit) => {
    const token = new Headers(headers).get('x-session-token') ?? ''
    if (address.endsWith('/api/session/new')) {
      desk.made += 1
      return Response.json({ session_id: `s${desk.made}`, session_token: desk.token })
    }
    if (!desk.reachable) throw new TypeError('fetch failed')
    if (token !== desk.token) return Response.json({ error: { code: 'not_found', message: 'no', retryable: false } }, { status: 404 })
    if (address.endsWith('/actions')) return Response.json(acted(JSON.parse(String(body))))
    desk.polls.push(token)
    const page = { events: [], last_seq: 0, epoch: 'e1', recovered: true, has_more: false }
    if (new URL(address).searchParams.get('wait') === '0') return Response.json(page)
    // As the desk does it: a poll that waits is over as soon as its token is.
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
      const look = setInterval(() => {
        if (token === desk.token) return
        clearInterval(look)
        resolve(Response.json({}, { status: 401 }))
      }, 50)
    })
  })
})

function acted(action: { type: string }): object {
  desk.said.push(action)
  if (action.type !== 'sign_in' && action.type !== 'sign_out') return { type: 'ack', seq: 1 }
  desk.token = `${desk.token}'`
  return { type: 'ack', identity: action.type === 'sign_in' ? 'verified' : 'out', session_id: 's1', session_token: desk.token }
}

afterEach(() => {
  for (const client of opened.splice(0)) client.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function openTab(shelf: Shelf): Promise<DeskClient> {
  const settings = { connectTimeoutMs: 5000, reconnectAttempts: 3, pingIntervalMs: 30_000, pollIntervalMs: 3000 }
  const client = createDeskClient({ base: 'http://desk.test', settings, shelf, transports: ['polling'] })
  opened.push(client)
  await vi.advanceTimersByTimeAsync(500)
  return client
}

describe('who signs in', () => {
  test('goes on with the new token, and keeps it', async () => {
    const { tab, texts } = sharedShelf()
    const client = await openTab(tab())
    expect(await client.signIn(' alice@example.com ', '1234')).toMatchObject({ identity: 'verified' })
    expect(desk.said).toEqual([{ type: 'sign_in', email: 'alice@example.com', pin: '1234' }])
    await vi.advanceTimersByTimeAsync(5000)
    expect(desk.polls.at(-1)).toBe("t1'")
    expect(client.snapshot()).toMatchObject({ sessionId: 's1', connection: 'live' })
    expect([...texts.values()].join()).toContain("t1'")
    expect([...texts.values()].join()).not.toContain('1234')
  })

  test('takes every other tab along', async () => {
    const { tab } = sharedShelf()
    const [one, two] = [await openTab(tab()), await openTab(tab())]
    await one.signIn('alice@example.com', '1234')
    await vi.advanceTimersByTimeAsync(5000)
    expect([one, two].map((client) => client.snapshot().sessionId)).toEqual(['s1', 's1'])
    expect([one, two].map((client) => client.snapshot().connection)).toEqual(['live', 'live'])
    expect(desk.made).toBe(1)
  })

  test('and out again, too', async () => {
    const { tab } = sharedShelf()
    const [one, two] = [await openTab(tab()), await openTab(tab())]
    await one.signIn('alice@example.com', '1234')
    await vi.advanceTimersByTimeAsync(5000)
    expect(await two.signOut()).toMatchObject({ identity: 'out' })
    await vi.advanceTimersByTimeAsync(5000)
    expect([one, two].map(({ snapshot }) => snapshot().connection)).toEqual(['live', 'live'])
    expect([desk.made, desk.token]).toEqual([1, "t1''"])
  })
})

describe('a tab whose token is void', () => {
  test('waits a moment for the one that another tab was given', async () => {
    const { tab } = sharedShelf()
    const [client, other] = [await openTab(tab()), tab()]
    desk.token = 't2'
    await vi.advanceTimersByTimeAsync(1000)
    expect(desk.made).toBe(1)
    other.setItem('frontdesk.session', JSON.stringify({ id: 's1', token: 't2' }))
    await vi.advanceTimersByTimeAsync(3000)
    expect(client.snapshot()).toMatchObject({ sessionId: 's1', connection: 'live' })
    expect(desk.made).toBe(1)
  })

  test('begins another session when there is none', async () => {
    const client = await openTab(sharedShelf().tab())
    desk.token = 't2'
    await vi.advanceTimersByTimeAsync(5000)
    expect(client.snapshot()).toMatchObject({ sessionId: 's2', connection: 'live' })
  })

  test('sends with the next one what the desk would not take', async () => {
    const { tab } = sharedShelf()
    const [client, other] = [await openTab(tab()), tab()]
    desk.token = 't2'
    client.send('Hello')
    await vi.advanceTimersByTimeAsync(20)
    other.setItem('frontdesk.session', JSON.stringify({ id: 's1', token: 't2' }))
    await vi.advanceTimersByTimeAsync(6000)
    expect(desk.said).toMatchObject([{ type: 'message', text: 'Hello' }])
  })
})

describe('a message with a PIN', () => {
  const words = 'My email is alice@example.com and PIN is 1234'

  test('is sent as it was written and kept without it', async () => {
    const { tab, texts } = sharedShelf()
    const client = await openTab(tab())
    desk.reachable = false
    client.send(words)
    expect(client.snapshot().unsent).toMatchObject([{ text: 'My email is alice@example.com and PIN is ••••' }])
    expect([...texts.values()].join()).not.toContain('1234')
    desk.reachable = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect(desk.said).toMatchObject([{ type: 'message', text: words }])
    expect([...texts.values()].join()).not.toContain('1234')
  })

  test('says after a reload that it was not sent, and is not sent without it', async () => {
    const { tab } = sharedShelf()
    const client = await openTab(tab())
    desk.reachable = false
    client.send(words)
    client.send('Another question')
    client.close()
    desk.reachable = true
    const next = await openTab(tab())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(desk.said).toMatchObject([{ text: 'Another question' }])
    const [left] = next.snapshot().unsent
    expect(left).toMatchObject({ text: 'My email is alice@example.com and PIN is ••••', failed: expect.stringContaining('not sent') })
    next.retry(left?.client_msg_id ?? '')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(desk.said).toHaveLength(1)
    next.discard(left?.client_msg_id ?? '')
    expect(next.snapshot().unsent.filter(({ redacted }) => redacted)).toEqual([])
  })

  test('is not sent by another tab', async () => {
    const { tab } = sharedShelf()
    const [one, two] = [await openTab(tab()), await openTab(tab())]
    desk.reachable = false
    one.send('1234')
    expect(two.snapshot().unsent).toMatchObject([{ text: '••••' }])
    expect(two.snapshot().unsent[0]).not.toHaveProperty('failed')
    one.close()
    desk.reachable = true
    await vi.advanceTimersByTimeAsync(10_000)
    expect(desk.said).toEqual([])
  })
})

test('decisions and undoing are actions of the session', async () => {
  const client = await openTab(sharedShelf().tab())
  await client.approve('a-1', 'approve', 'its token')
  await client.undo('a-1')
  expect(desk.said).toEqual([
    { type: 'approval', approval_id: 'a-1', decision: 'approve', token: 'its token' },
    { type: 'undo', effect_id: 'a-1' },
  ])
})
