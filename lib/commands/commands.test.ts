import { describe, expect, test, vi } from 'vitest'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { clear } from './clear.ts'
import { type Command, createCommands } from './command.ts'
import { context, said } from './fixtures.ts'
import { createHelp } from './help.ts'
import { history } from './history.ts'
import { whoami } from './whoami.ts'

const others = [history, clear, whoami]
const { isCommand, runCommand } = createCommands([createHelp(others), ...others])

const run = (line: string, history?: StoredMessage[]) => runCommand(context(line, history), new AbortController().signal)

describe('the commands of a desk', () => {
  test('are known by their names', () => {
    expect(['help', 'history', 'clear', 'whoami'].every(isCommand)).toBe(true)
    expect(['HELP', 'constructor', ''].some(isCommand)).toBe(false)
  })

  test('are given their line, whatever its case, and their signal', async () => {
    const echo = {
      name: 'echo',
      usage: '',
      summary: '',
      run: vi.fn<Command['run']>(() => ({ result: { status: 'success', message: 'ok' } })),
    }
    const { signal } = new AbortController()
    const asked = context('  /ECHO a="b c" d')
    expect(await createCommands([echo]).runCommand(asked, signal)).toEqual({
      command: 'echo',
      result: { status: 'success', message: 'ok' },
    })
    expect(echo.run).toHaveBeenCalledExactlyOnceWith(asked, { name: 'echo', args: { a: 'b c' }, rest: 'd' }, signal)
  })

  test('that are gone when they are run say so', async () => {
    expect(await run('/gone')).toEqual({ command: 'gone', result: { status: 'error', message: '/gone is no longer available.' } })
  })
})

test('/help lists every command, itself first', async () => {
  const { result } = await run('/help')
  expect(result).toMatchObject({ status: 'success', commands: ['help', ...others.map(({ name }) => name)].map((name) => ({ name })) })
  expect(result.message).toBe(
    [
      'Available commands:',
      '/help - Show the available commands',
      '/history - Show the conversation so far',
      '/clear - Clear the conversation',
      '/whoami - Show this session',
      'ping - Test the connection',
    ].join('\n'),
  )
})

test('/history tells who said what, without the commands', async () => {
  const talk = [
    said('visitor', 'How long?'),
    said('assistant', 'Three days.'),
    said('visitor', '  /help'),
    said('operator', 'I am here.', 'm', { author: { name: 'Ann' } }),
    said('operator', 'Still.'),
    said('system', 'We close soon.'),
  ]
  const { result } = await run('/history', talk)
  expect(result.message).toBe('You: How long?\nAssistant: Three days.\nAnn: I am here.\nOperator: Still.\nSystem: We close soon.')
  expect(result.history).toHaveLength(5)
  expect(await run('/history')).toMatchObject({ result: { message: 'Nothing has been said yet.', history: [] } })
})

test('/clear asks for a reset', async () => {
  expect(await run('/clear')).toEqual({
    command: 'clear',
    result: { status: 'success', message: 'The conversation was cleared.' },
    effect: 'reset',
  })
})

test('/whoami tells what the desk knows of the session', async () => {
  const known = { session_id: 'user-123', session_status: 'active', is_authenticated: false, message_count: 3 }
  const message = 'Session user-123: not signed in, 3 messages since 2026-01-01T00:00:00.000Z.'
  expect((await run('/whoami')).result).toMatchObject({ status: 'success', message, ...known })
})

test('/history of a long talk is its end, and fits a frame', async () => {
  const talk = Array.from({ length: 30 }, (_, index) => said('visitor', `${index} ${'\u0001'.repeat(15_000)}`))
  const { result } = await run('/history', talk)
  expect(result.message.length).toBeLessThan(10_000)
  expect(result.message).toContain('You: 29 ')
  expect(result.message).not.toContain('You: 0 ')
  expect(JSON.stringify(result).length).toBeLessThan(128 * 1024)
})
