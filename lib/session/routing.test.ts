import { expect, test } from 'vitest'
import type { SessionRecord } from './ports.ts'
import { route } from './routing.ts'

const known = (name: string) => name === 'help'

test.each<[string, SessionRecord['status'], string]>([
  ['How long?', 'active', 'assistant'],
  ['How long?', 'waiting', 'assistant'],
  ['How long?', 'closed', 'assistant'],
  ['How long?', 'human', 'operator'],
  ['/help', 'active', 'command'],
  ['/HELP me', 'human', 'command'],
  ['/ help', 'human', 'operator'],
])('%j in a session that is %s goes to the %s', (text, status, way) => {
  expect(route(text, { status }, known)).toBe(way)
})

test.each(['active', 'human'] as const)('an unknown command in a session that is %s is an error, never a question', (status) => {
  expect(() => route('/helpp', { status }, known)).toThrow(
    expect.objectContaining({ code: 'unknown_command', message: 'There is no command /helpp. Try /help.' }),
  )
})

test('an endless name is cut where it is repeated', () => {
  expect(() => route(`/${'x'.repeat(500)}`, { status: 'active' }, known)).toThrow(/^There is no command \/x{40}\. /)
})
