import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { directionOf } from './fixtures.ts'
import { keyOf, readVectors, writeVectors } from './vector-file.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-vectors-'))
  file = join(folder, 'vectors.bin')
})
afterEach(() => rmSync(folder, { recursive: true }))

const vectors = new Map(['one', 'two', 'three'].map((text) => [keyOf('test/one', 'passage', text), directionOf(text)]))

test('what is written is read, in its order, and nothing lies beside it', async () => {
  await writeVectors(file, vectors)
  expect([...((await readVectors(file)) ?? [])]).toEqual([...vectors])
  expect(readdirSync(folder)).toEqual(['vectors.bin'])
  await writeVectors(file, new Map())
  expect(await readVectors(file)).toEqual(new Map())
})

test('floats are little endian, whatever the machine is', async () => {
  const [key = ''] = vectors.keys()
  await writeVectors(file, new Map([[key, Float32Array.of(1, -0.5)]]))
  const bytes = readFileSync(file)
  expect([bytes.readUInt32LE(8), bytes.readUInt32LE(12), bytes.toString('hex', 16, 32)]).toEqual([2, 1, key])
  expect([bytes.readFloatLE(32), bytes.readFloatLE(36)]).toEqual([1, -0.5])
})

test('no file is no vectors', async () => {
  expect(await readVectors(file)).toEqual(new Map())
})

describe('a broken file is told from a whole one', () => {
  test('with any byte changed', async () => {
    await writeVectors(file, vectors)
    const whole = readFileSync(file)
    for (let at = 0; at < whole.length; at += 7) {
      const broken = Buffer.from(whole)
      broken[at] = (broken[at] as number) ^ 0x40
      writeFileSync(file, broken)
      expect(await readVectors(file), `byte ${at}`).toBeUndefined()
    }
  })

  test.each([0, 1, 20, 300])('cut after %i bytes', async (length) => {
    await writeVectors(file, vectors)
    writeFileSync(file, readFileSync(file).subarray(0, length))
    expect(await readVectors(file)).toBeUndefined()
  })
})

test('a key tells model, kind and text apart', () => {
  const keys = [keyOf('a', 'b', 'c'), keyOf('a', 'b', 'd'), keyOf('a', 'c', 'c'), keyOf('b', 'b', 'c'), keyOf('ab', '', 'c')]
  expect(new Set(keys).size).toBe(keys.length)
})
