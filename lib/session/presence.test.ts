import { expect, test } from 'vitest'
import { ref } from './fixtures.ts'
import { type Connection, createPresence } from './presence.ts'

const connection = (id: string, name: string, ip: string): Connection => ({ id, ref: ref(name), transport: 'websocket', since: 0, ip })

test('counts who is here by session and by address, and forgets who leaves', () => {
  const presence = createPresence()
  const [one, two] = [connection('1', 'a', '10.0.0.1'), connection('2', 'a', '10.0.0.2')]
  const leave = presence.enter(one)
  presence.enter(two)
  presence.enter(connection('3', 'b', '10.0.0.1'))
  expect(presence.stats()).toEqual({ active_sessions: 2, total_connections: 3 })
  expect([presence.ofSession('a'), presence.ofAddress('10.0.0.1'), presence.ofAddress('10.0.0.2')]).toEqual([2, 2, 1])
  expect(presence.sessions()).toEqual([ref('a'), ref('b')])

  leave()
  leave()
  expect([presence.ofSession('a'), presence.ofAddress('10.0.0.1')]).toEqual([1, 1])
  expect(presence.list().map(({ id }) => id)).toEqual(['2', '3'])
})

test('knows nothing of a session that everybody left', () => {
  const presence = createPresence()
  presence.enter(connection('1', 'a', '10.0.0.1'))()
  expect(presence.stats()).toEqual({ active_sessions: 0, total_connections: 0 })
  expect([presence.ofSession('a'), presence.ofAddress('10.0.0.1'), presence.sessions()]).toEqual([0, 0, []])
})
