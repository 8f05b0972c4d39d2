import { beforeEach, describe, expect, test } from 'vitest'
import type { Entry } from '#lib/protocol/events.ts'
import { sessionInfo, sessionList, sessionStatus } from '#lib/protocol/http.ts'
import { ref } from './fixtures.ts'
import { createMemoryStore } from './memory-store.ts'
import type { OpenTurn, SessionRef, SessionStore } from './ports.ts'
import { write } from './record.ts'
import { createViews } from './views.ts'

const here = ref('here')
let time: number
let store: SessionStore
let views: ReturnType<typeof createViews>

beforeEach(() => {
  time = 0
  store = createMemoryStore(() => time)
  views = createViews(store, () => 0)
})

type Role = 'visitor' | 'assistant' | 'operator' | 'system'
const said = (role: Role, content: string, more = {}): Entry => {
  return { type: 'message', role, status: 'complete', message_id: `m-${content}`, content, ...more }
}
const reset: Entry = { type: 'session_reset', content: '' }
const append = (to: SessionRef, ...entries: Entry[]) => store.transact(to, { make: true }, (tx) => write(tx, ...entries))

describe('a session that nobody wrote to', () => {
  test('looks like one in which nothing was said', async () => {
    expect(await views.status(here)).toMatchObject({ session_id: 'here', status: 'active', mode: 'ai', last_seq: 0, feedback_due: false })
    expect(await views.info(here)).toMatchObject({ session_id: 'here', message_count: 0, history: [] })
    expect(await views.openQuestion(here)).toBeUndefined()
  })
})

describe('the status', () => {
  test.each([
    ['active', 'ai'],
    ['waiting', 'ai'],
    ['human', 'human'],
    ['closed', 'ai'],
  ] as const)('%s means mode %s', async (status, mode) => {
    await store.transact(here, { make: true }, async ({ session }) => {
      session.status = status
    })
    expect(sessionStatus.parse(await views.status(here))).toMatchObject({ status, mode })
  })

  test('names the end of the log and a rating that is due', async () => {
    await append(here, said('visitor', 'One?'), { type: 'feedback_request', content: '' })
    expect(await views.status(here)).toMatchObject({ last_seq: 2, feedback_due: true })
  })
})

describe('the history', () => {
  test('has the roles of the original services, operators with their names', async () => {
    const author = { name: 'Ann', avatar: 'https://shop.example/ann.png' }
    await append(here, said('visitor', '1'), said('assistant', '2'), said('operator', '3', { author }), said('system', '4'))
    const info = sessionInfo.parse(await views.info(here))
    expect(info.history.map(({ role, content, author }) => [role, content, author])).toEqual([
      ['user', '1', undefined],
      ['assistant', '2', undefined],
      ['assistant', '3', { name: 'Ann' }],
      ['system', '4', undefined],
    ])
  })

  test('begins after a reset', async () => {
    await append(here, said('visitor', 'Secret'), reset, said('visitor', 'Hello'))
    expect(await views.info(here)).toMatchObject({ message_count: 1, history: [{ content: 'Hello' }] })
  })
})

describe('the list', () => {
  test('shows each session with its last message, latest first, page by page', async () => {
    for (const name of ['a', 'b', 'c']) {
      time += 60_000
      await append(ref(name), said('visitor', `${name}1`), said('assistant', `${name}2`), ...(name === 'b' ? [reset] : []))
    }
    const first = await views.list({ limit: 2 })
    expect(sessionList.parse(first)).toMatchObject({
      count: 3,
      sessions: [
        { session_id: 'c', key: 'c', message_count: 2, last_message: { content: 'c2' } },
        { session_id: 'b', message_count: 0, last_message: null },
      ],
    })
    const rest = await views.list({ limit: 2, before: first.next ?? '' })
    expect(rest).toMatchObject({ sessions: [{ session_id: 'a' }], next: null })
  })

  test('shows how each one stands, who waits and since when, and what it was graded', async () => {
    time = 1_700_000_000_000
    await append(ref('plain'), said('visitor', '1'))
    await append(ref('waits'), said('visitor', '1'), { type: 'handoff', state: 'requested', reason: '', content: '' })
    time += 60_000
    await append(ref('waits'), said('visitor', '2'))
    await append(ref('rated'), said('visitor', '1'), { type: 'session_closed', reason: 'visitor' }, { type: 'feedback', rating: 4 })
    const { sessions } = sessionList.parse(await views.list({ limit: 9 }))
    const stands = sessions.map(({ session_id, status, waiting_since, rating }) => [session_id, status, waiting_since, rating])
    expect(stands).toEqual(
      expect.arrayContaining([
        ['plain', 'active', null, null],
        ['waits', 'waiting', '2023-11-14T22:13:20.000Z', null],
        ['rated', 'closed', null, 4],
      ]),
    )
  })
})

describe('the open question', () => {
  const open = (...turns: string[][]) =>
    store.transact(here, {}, async ({ session }) => {
      session.turns = turns.map((questions) => ({ questions }) as OpenTurn)
    })

  test('is the latest of the latest turn', async () => {
    await append(here, said('visitor', '1'), said('visitor', '2'), said('visitor', '3'))
    await open(['m-1'], ['m-2', 'm-3'])
    expect(await views.openQuestion(here)).toEqual({ seq: 3, messageId: 'm-3' })
    await open()
    expect(await views.openQuestion(here)).toBeUndefined()
  })
})
