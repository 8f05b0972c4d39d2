import { expect, test } from 'vitest'
import { apiDocument } from '#lib/protocol/openapi.ts'
import { choicesOf, rowsOf, typeOf } from './schema-rows.ts'

const { schemas } = apiDocument('1.0.0').components
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

test('nested properties stand below their owner', () => {
  const rows = rowsOf(ref('ChatAnswer'), schemas)
  const citations = rows.findIndex(({ name }) => name === 'citations')
  expect(rows[citations]).toMatchObject({ depth: 0, type: 'array of Citation', required: true })
  expect(rows[citations + 1]).toMatchObject({ name: 'n', depth: 1, type: 'integer' })
})

test('a reference to a plain type is told as the type, with its bounds and its description', () => {
  const row = rowsOf(ref('FeedbackRequest'), schemas).find(({ name }) => name === 'session_id')
  expect(row).toMatchObject({ type: 'string', required: true, limits: 'matches ^[A-Za-z0-9._:-]{1,64}$' })
  expect(row?.description).toContain('chosen by the client')
})

test('values are told as they are written', () => {
  const rating = rowsOf(ref('FeedbackRequest'), schemas).find(({ name }) => name === 'rating')
  expect(rating?.type).toBe('integer | "up" | "down"')
  expect(typeOf({ anyOf: [ref('SessionId'), { type: 'null' }] }, schemas)).toBe('string | null')
})

test('a choice between objects is told by its alternatives', () => {
  expect(choicesOf(ref('Event'), schemas).length).toBeGreaterThan(5)
  expect(choicesOf(ref('ChatAnswer'), schemas)).toEqual([])
})
