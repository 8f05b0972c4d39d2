import { expect, it } from 'vitest'
import { isPing, matchingCommands } from './commands.ts'

const usages = (typed: string) => matchingCommands(typed).map(({ usage }) => usage)

it('offers all commands after a slash, and those that begin so after more', () => {
  expect(usages('/')).toHaveLength(11)
  expect(usages('/c')).toEqual(['/clear', '/clearcontext'])
  expect(usages('/h')).toEqual(['/help', '/history'])
  expect(usages('/HI')).toEqual(['/history'])
  expect(usages('/p')).toEqual(['ping'])
})

it('offers nothing in the midst of a message', () => {
  for (const typed of ['', 'help', ' /help', '/help me', '/help\n', 'and/or', '/nothing', '//']) expect(usages(typed)).toEqual([])
})

it('knows a ping in any writing', () => {
  expect(isPing(' Ping ')).toBe(true)
  expect(isPing('ping pong')).toBe(false)
})
