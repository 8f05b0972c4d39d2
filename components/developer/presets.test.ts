import { describe, expect, test } from 'vitest'
import { decodeFrame } from '#lib/protocol/frames.ts'
import { inbound } from '#lib/protocol/openapi/inbound.ts'
import { presetGroups } from './presets.ts'

const good = presetGroups.filter(({ title }) => title !== 'Faults').flatMap(({ presets }) => presets)
const faults = presetGroups.find(({ title }) => title === 'Faults')?.presets ?? []

test.each(good)('$label is understood', ({ frame }) => {
  expect(() => decodeFrame(frame)).not.toThrow()
})

test('what is broken is refused with its own code', () => {
  const [broken, unknown] = faults
  expect(() => decodeFrame(broken?.frame ?? '')).toThrow(expect.objectContaining({ code: 'bad_json' }))
  expect(() => decodeFrame(unknown?.frame ?? '')).toThrow(expect.objectContaining({ code: 'unknown_type' }))
})

describe('every kind of frame that is published can be tried', () => {
  const tried = new Set(good.map(({ frame }) => decodeFrame(frame).type))
  // `read` needs a seq that only a running session has.
  const kinds = inbound.map(({ name }) => name).filter((name) => name !== 'plain text' && name !== 'read')
  test.each(kinds)('%s', (kind) => {
    expect(tried).toContain(kind)
  })
})
