import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText, type Reading, readBlocks, readOn } from './blocks.ts'

const text = [
  'Intro *a* [1].\nline two',
  '- one\n- two\n\n- three\n  more',
  '1. x\n2. y',
  '> q\n> r',
  '```js\nlet a = 1 // [1]\n\nb\n```',
  '| a | b |\n|---|---|\n| 1 | 2 [2] |',
  'Title\n---',
  '## Head\nend',
].join('\n\n')

describe('a text that grows', () => {
  it('reads the same, however it arrives', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(pieces, (lengths) => {
        let reading: Reading | undefined
        let end = 0
        for (const length of lengths) {
          end = Math.min(text.length, end + length)
          reading = readOn(reading, text.slice(0, end))
        }
        expect(readOn(reading, text).blocks).toEqual(readBlocks(text))
      }),
    )
  })

  it('leaves the blocks before the last as they are', () => {
    const before = readOn(undefined, 'one\n\ntwo\n\nthr')
    const after = readOn(before, 'one\n\ntwo\n\nthree')
    expect(after.blocks.slice(0, 4)).toEqual(before.blocks.slice(0, 4))
    for (const index of [0, 1, 2, 3]) expect(after.blocks[index]).toBe(before.blocks[index])
    expect(after.blocks.at(-1)?.raw).toBe('three')
  })

  it('begins anew when it is another text', () => {
    expect(readOn(readOn(undefined, 'one'), 'two').blocks.map(({ raw }) => raw)).toEqual(['two'])
  })
})

describe('plain text', () => {
  it('says the words without marks, links and citations', () => {
    expect(plainText('It is **so** [1]. See [the page](https://a.example) &amp; `code`.')).toBe('It is so. See the page & code.')
    expect(plainText('- a\n- b\n\n| c | d |\n|---|---|\n| 1 | 2 |')).toBe('a\nb\nc, d\n1, 2')
  })
})
