import { readdirSync, statSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tempDirectory } from '#lib/session/fixtures.ts'
import type { Blobs } from '#lib/session/ports.ts'
import { createFileBlobs } from './file-blobs.ts'

let directory: ReturnType<typeof tempDirectory>
let blobs: Blobs
beforeEach(() => {
  directory = tempDirectory()
  blobs = createFileBlobs(directory.path)
})
afterEach(() => directory.remove())
const bytes = Buffer.from('bytes')

test('bytes are given back as they were written', async () => {
  await blobs.write('one', 'a', bytes)
  expect(Buffer.from((await blobs.read('one', 'a')) ?? [])).toEqual(bytes)
  expect(await blobs.read('one', 'b')).toBeUndefined()
  expect(await blobs.read('two', 'a')).toBeUndefined()
})

test('have nothing else beside them', async () => {
  await blobs.write('one', 'a', bytes)
  await blobs.write('one', 'b', bytes)
  const [folder = ''] = readdirSync(directory.path)
  expect(readdirSync(`${directory.path}/${folder}`)).toEqual(['a', 'b'])
})

test('a name cannot leave the folder', async () => {
  await blobs.write('../../outside', 'a', bytes)
  expect(readdirSync(directory.path)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
})

test('only the desk may look', async () => {
  await blobs.write('one', 'a', bytes)
  const [folder = ''] = readdirSync(directory.path)
  expect(statSync(`${directory.path}/${folder}`).mode & 0o077).toBe(0)
  expect(statSync(`${directory.path}/${folder}/a`).mode & 0o077).toBe(0)
})

test('one is removed, or all of a session', async () => {
  for (const id of ['a', 'b']) await blobs.write('one', id, bytes)
  await blobs.write('two', 'a', bytes)
  await blobs.remove('one', 'a')
  expect(await blobs.read('one', 'a')).toBeUndefined()
  expect(await blobs.read('one', 'b')).toBeDefined()
  await blobs.remove('one')
  await blobs.remove('never')
  expect(await blobs.read('one', 'b')).toBeUndefined()
  expect(await blobs.read('two', 'a')).toBeDefined()
})
