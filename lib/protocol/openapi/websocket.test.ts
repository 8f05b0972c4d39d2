import { describe, expect, test } from 'vitest'
import { action } from '../actions.ts'
import { entry, transient } from '../events.ts'
import { decodeFrame, decodeObject } from '../frames.ts'
import { apiDocument } from '../openapi.ts'
import { actionBody, inbound } from './inbound.ts'
import { outbound } from './outbound.ts'

const section = apiDocument('1.0.0')['x-websocket']

describe('inbound frames', () => {
  test.each(inbound.flatMap(({ name, schema, examples }) => examples.map((example) => ({ name, schema, example }))))(
    '$name: $example is understood',
    ({ name, schema, example }) => {
      const read = decodeFrame(example)
      expect(read.type).toBe(name === 'plain text' ? 'message' : name)
      expect(schema.safeParse(example.startsWith('{') ? JSON.parse(example) : example).error).toBeUndefined()
    },
  )

  test('every action has its frame', () => {
    const names = section.inbound.map(({ name }) => name)
    for (const option of action.options) expect(names).toContain(option.shape.type.value)
  })

  test('what the body of /actions lets in is what the decoder lets in', () => {
    for (const body of [
      { type: 'stop' },
      { type: 'ping' },
      { message: 'Hello' },
      { type: 'text', content: 'Hello', metadata: {} },
      { type: 'read', seq: 3 },
    ]) {
      expect(actionBody.safeParse(body).error).toBeUndefined()
      expect(() => decodeObject(body)).not.toThrow()
    }
    for (const body of [{ type: 'read', seq: 0 }, { type: 'typing' }, { type: 'nonsense' }]) {
      expect(actionBody.safeParse(body).success).toBe(false)
      expect(() => decodeObject(body)).toThrow()
    }
  })
})

describe('outbound frames', () => {
  test.each(outbound)('$name looks like its example', ({ schema, example }) => {
    expect(schema.safeParse(example).error).toBeUndefined()
  })

  test('every event has its frame', () => {
    const names = section.outbound.map(({ name }) => name)
    for (const option of [...entry.options, ...transient.options]) expect(names).toContain(option.shape.type.value)
  })
})

test('close codes are told once each', () => {
  const codes = section.closeCodes.map(({ code }) => code)
  expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b))
  expect(codes).toContain(4001)
})
