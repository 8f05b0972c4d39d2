import { expect, test } from 'vitest'
import { ref } from './fixtures.ts'
import { type Connection, createPresence } from './presence.ts'

const connection = (id: string, name: string): Connection => ({ id, ref: ref(name), transport: 'websocket', since: 0 })

test('counts who is here by session, and forgets who leaves', () => {
  const presence = createPresence()
  const [one, two] = [connection('1', 'a'), connection('2', 'a')]
  const leave = presence.enter(one)
  presence.enter(two)
  presence.enter(connection('3', 'b'))
  expect(presence.stats()).toEqual({ active_sessions: 2, total_connections: 3 })
  expect(presence.sessions()).toEqual([ref('a'), ref('b')])

  leave()
  leave()
  expect(presence.stats()).toEqual({ active_sessions: 2, total_connections: 2 })
  expect(presence.list().map(({ id }) => id)).toEqual(['2', '3'])
})

test('knows nothing of a session that everybody left', () => {
  const presence = createPresence()
  presence.enter(connection('1', 'a'))()
  expect(presence.stats()).toEqual({ active_sessions: 0, total_connections: 0 })
  expect(presence.sessions()).toEqual([])
})
