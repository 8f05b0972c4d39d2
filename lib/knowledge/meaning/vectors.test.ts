import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestEmbedder, directionOf } from './fixtures.ts'
import { type KeptText, openVectors, type Vectors } from './vectors.ts'

const lines: string[] = []
const note = (_: object, message: string) => void lines.push(message)
const log = { debug: note, info: note, warn: note, error: note }
const { signal } = new AbortController()
const passages = (...texts: string[]): KeptText[] => texts.map((text) => ({ text, kind: 'passage' }))

let folder: string
let vectors: Vectors
/** The waits that were asked for; each is over as soon as the test lets it be. */
let waits: Array<{ ms: number; end: () => void }>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-vectors-'))
  lines.length = 0
  waits = []
})
afterEach(async () => {
  await vectors.close()
  rmSync(folder, { recursive: true })
})

async function open(test = createTestEmbedder()) {
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((end) => {
      waits.push({ ms, end })
      signal.addEventListener('abort', () => end())
    })
  vectors = await openVectors({ embedder: test.embedder, file: join(folder, 'vectors.bin'), log, wait })
  return test
}
const askedIn = ({ requests }: ReturnType<typeof createTestEmbedder>) => requests.map(({ texts }) => texts)

describe('the texts that are kept', () => {
  test('are embedded once, a batch at a time, each kind for itself', async () => {
    const first = await open(createTestEmbedder({ batch: 2 }))
    const texts: KeptText[] = [...passages('a', 'b', 'c'), { text: 'a?', kind: 'question' }]
    await vectors.keep(texts)
    await vectors.keep(texts)
    expect(first.requests).toMatchObject([
      { texts: ['a', 'b'], kind: 'passage' },
      { texts: ['c'], kind: 'passage' },
      { texts: ['a?'], kind: 'question' },
    ])
    expect(vectors.of({ text: 'c', kind: 'passage' })).toEqual(directionOf('c'))
    expect(vectors.of({ text: 'c', kind: 'question' })).toBeUndefined()
    expect(vectors.state()).toEqual({ made: 3, all: 3 })
  })

  test('outlive a restart; what is new is embedded then, and what is gone goes', async () => {
    await open()
    await vectors.keep(passages('a', 'b', 'c'))
    await vectors.close()
    const second = await open()
    await vectors.keep(passages('a', 'c', 'd'))
    expect(askedIn(second)).toEqual([['d']])
    await vectors.close()
    const third = await open()
    await vectors.keep(passages('a', 'b'))
    expect(askedIn(third)).toEqual([['b']])
  })

  test('are embedded anew by another model, and by the same after a broken file', async () => {
    await open()
    await vectors.keep(passages('a'))
    await vectors.close()
    const other = await open(createTestEmbedder({ name: 'test/two' }))
    other.lead.vectorOf = (text) => directionOf(text, 32)
    await vectors.keep(passages('a'))
    expect(askedIn(other)).toEqual([['a']])
    await vectors.close()
    writeFileSync(join(folder, 'vectors.bin'), 'FDVEC no more')
    const again = await open(createTestEmbedder({ name: 'test/two' }))
    await vectors.keep(passages('a'))
    expect(askedIn(again)).toEqual([['a']])
    expect(lines).toContain('the vectors that were kept cannot be read: they are made again')
  })

  test('are tried again after a wait, each time a longer one, and what was made stays made', async () => {
    const { lead, requests } = await open(createTestEmbedder({ batch: 1 }))
    lead.vectorOf = (text) => {
      if (text === 'b') throw new Error('not now')
      return directionOf(text)
    }
    const kept = vectors.keep(passages('a', 'b'))
    for (let at = 0; at < 5; at += 1) {
      await expect.poll(() => waits.length).toBe(at + 1)
      if (at === 4) lead.vectorOf = (text) => directionOf(text)
      waits[at]?.end()
    }
    await kept
    expect(waits.map(({ ms }) => ms)).toEqual([5000, 15_000, 60_000, 300_000, 300_000])
    expect(requests.map(({ texts }) => texts[0])).toEqual(['a', 'b', 'b', 'b', 'b', 'b', 'b'])
  })

  test('of a desk that closes meanwhile are not lost', async () => {
    const { lead } = await open(createTestEmbedder({ batch: 1 }))
    lead.vectorOf = (text) => {
      if (text === 'b') throw new Error('not now')
      return directionOf(text)
    }
    const kept = vectors.keep(passages('a', 'b'))
    await expect.poll(() => waits.length).toBe(1)
    await vectors.close()
    await kept
    const again = await open()
    await vectors.keep(passages('a', 'b'))
    expect(askedIn(again)).toEqual([['b']])
  })

  test('that change while others are embedded are the ones that count', async () => {
    const { lead } = await open()
    let asked = false
    lead.vectorOf = (text) => {
      asked = true
      return directionOf(text)
    }
    const kept = vectors.keep(passages('a'))
    const changed = vectors.keep(passages('b'))
    await Promise.all([kept, changed])
    expect(asked).toBe(true)
    expect(vectors.state()).toEqual({ made: 1, all: 1 })
    expect(vectors.of({ text: 'b', kind: 'passage' })).toBeDefined()
    await vectors.close()
    const again = await open()
    await vectors.keep(passages('b'))
    expect(askedIn(again)).toEqual([])
  })

  test('that cannot be written are there all the same, and that is said', async () => {
    mkdirSync(join(folder, 'vectors.bin.new'))
    await open()
    await vectors.keep(passages('a'))
    expect(vectors.of({ text: 'a', kind: 'passage' })).toBeDefined()
    expect(lines).toContain('the vectors could not be kept')
  })

  test('take no vectors of another number of dimensions than the others have', async () => {
    const { lead } = await open(createTestEmbedder({ batch: 1 }))
    lead.vectorOf = (text) => directionOf(text, text === 'b' ? 8 : 64)
    const kept = vectors.keep(passages('a', 'b'))
    await expect.poll(() => waits.length).toBe(1)
    expect(vectors.of({ text: 'b', kind: 'passage' })).toBeUndefined()
    expect(lines).toContain('it sent vectors of 8 dimensions; those that are kept have 64')
    await vectors.close()
    await kept
  })
})

describe('questions', () => {
  test('are embedded together, within a second and a half, and remembered', async () => {
    const { requests } = await open()
    expect([...(await vectors.ask(['a?', 'b?', 'a?'], signal)).keys()]).toEqual(['a?', 'b?'])
    const later = await vectors.ask(['b?', 'c?'], signal)
    expect([...later]).toEqual([
      ['b?', directionOf('b?')],
      ['c?', directionOf('c?')],
    ])
    expect(requests).toEqual([
      { texts: ['a?', 'b?'], kind: 'question', withinMs: 1500 },
      { texts: ['c?'], kind: 'question', withinMs: 1500 },
    ])
  })

  test('that are no longer remembered are asked anew: those that nobody asked for longest', async () => {
    const { requests } = await open()
    await vectors.ask(['first?'], signal)
    await vectors.ask(['second?'], signal)
    for (let at = 0; at < 199; at += 1) {
      await vectors.ask([`${at}?`], signal)
      if (at === 100) await vectors.ask(['first?'], signal)
    }
    const before = requests.length
    await vectors.ask(['first?'], signal)
    expect(requests).toHaveLength(before)
    await vectors.ask(['second?'], signal)
    expect(requests).toHaveLength(before + 1)
  })

  test('without an answer are missing, and those that are known are not', async () => {
    const { lead } = await open()
    await vectors.ask(['a?'], signal)
    lead.fails = 'answered 500'
    expect([...(await vectors.ask(['a?', 'b?'], signal)).keys()]).toEqual(['a?'])
  })

  test('whose vectors are of another space are missing', async () => {
    const { lead } = await open()
    await vectors.keep(passages('a'))
    lead.vectorOf = (text) => directionOf(text, 8)
    expect((await vectors.ask(['a?'], signal)).size).toBe(0)
  })
})
