import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tempDirectory } from '#lib/session/fixtures.ts'
import { keepSecret } from './secrets.ts'

let directory: ReturnType<typeof tempDirectory>
beforeEach(() => {
  directory = tempDirectory()
})
afterEach(() => directory.remove())

const keep = (given?: string) => keepSecret(directory.path, 'admin-key', given)
const file = () => join(directory.path, 'secrets', 'admin-key')
function lay(content: string): void {
  mkdirSync(dirname(file()), { recursive: true })
  writeFileSync(file(), content)
}

test('a secret that is given is taken, and nothing is written', () => {
  expect(keep('given')).toEqual({ value: 'given', made: false })
  expect(readdirSync(directory.path)).toEqual([])
})

test('a secret is made once, of 256 random bits, and kept', () => {
  const first = keep()
  expect(first).toEqual({ value: expect.stringMatching(/^[\w-]{43}$/), file: file(), made: true })
  expect(keep()).toEqual({ ...first, made: false })
  expect(keepSecret(directory.path, 'session-secret', undefined).value).not.toBe(first.value)
})

test('a secret lies where only its owner can read it', () => {
  keep()
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(file())).mode & 0o777).toBe(0o700)
  expect(readdirSync(dirname(file()))).toEqual(['admin-key'])
})

test('a secret of the owner’s own is read without the line’s end, and left as it is', () => {
  lay('an owner wrote this one by hand, long enough\n')
  expect(keep()).toMatchObject({ value: 'an owner wrote this one by hand, long enough', made: false })
  expect(readFileSync(file(), 'utf8')).toBe('an owner wrote this one by hand, long enough\n')
})

test.each(['', '\n', 'short\n'])('a file that holds no secret (%j) is not taken for one', (content) => {
  lay(content)
  expect(() => keep()).toThrow(/admin-key holds no secret of at least 32 characters\. Remove it/)
})

test('a file that cannot be read is a fault, not a reason to make another', () => {
  mkdirSync(file(), { recursive: true })
  expect(() => keep()).toThrow(/EISDIR/)
})
