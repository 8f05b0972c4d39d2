import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'

const run = promisify(execFile)

/** The blocks of a document that say what they print, as a reader would copy them. */
const blocks = [...readFileSync('docs/integrate.md', 'utf8').matchAll(/<!-- prints: ([^\n]+) -->\n```(\w+)\n(.*?)```/gs)].map(
  ([, prints = '', language = '', code = '']) => ({ prints: new RegExp(prints, 's'), language, code, name: code.trim().split('\n')[0] }),
)

const interpreters: Record<string, (code: string) => [string, string[]]> = {
  sh: (code) => ['bash', ['--norc', '-euc', code]],
  js: (code) => [process.execPath, ['--experimental-eventsource', '--no-warnings', '--input-type=module', '-e', code]],
}

let desk: DeskProcess
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.dispose())

test('there are blocks of every kind', () => {
  expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual(Object.keys(interpreters).sort())
})

test.each(blocks)('$language: $name', async ({ prints, language, code }) => {
  const here = code.replaceAll('http://localhost:8000', desk.url).replaceAll('ws://localhost:8000', desk.url.replace('http', 'ws'))
  const [command, args] = interpreters[language]?.(here) ?? ['', []]
  const { stdout, stderr } = await run(command, args, { timeout: 15_000 })
  expect(stderr).toBe('')
  expect(stdout).toMatch(prints)
})
