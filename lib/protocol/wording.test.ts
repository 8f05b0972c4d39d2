import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { action, hello } from './actions.ts'
import { chatBody, eventsQuery, feedbackBody, handoffBody, sessionsQuery, streamQuery, uiBody } from './http.ts'
import { sentenceOf, wording } from './wording.ts'

function said(schema: z.ZodType, input: unknown): string {
  const { error } = schema.safeParse(input, { error: wording })
  return error ? sentenceOf(error.issues) : 'nothing is wrong'
}

describe('what is wrong is said in our own words', () => {
  test.each<[z.ZodType, unknown, string]>([
    [chatBody, { message: 5 }, 'message: must be text'],
    [chatBody, [], 'What was sent must be a JSON object.'],
    [chatBody, { stream: 'yes' }, 'stream: must be true or false'],
    [chatBody, { message: 'x'.repeat(16_001) }, 'message: must have at most 16000 characters'],
    [chatBody, { session_id: '' }, 'session_id takes 1 to 64 characters of A-Z a-z 0-9 . _ : -'],
    [chatBody, { visitor: { name: 3 } }, 'visitor.name: must be text'],
    [eventsQuery, { after: 'x' }, 'after: must be a number'],
    [eventsQuery, { after: '1.5' }, 'after: must be a whole number'],
    [eventsQuery, { wait: '26' }, 'wait: must be at most 25'],
    [eventsQuery, { deltas: 'maybe' }, 'deltas: must be one of 0, 1, true, false'],
    [eventsQuery, { partial: 'x' }, 'partial: takes message_id:length'],
    [sessionsQuery, { limit: '0' }, 'limit: must be at least 1'],
    [feedbackBody, { session_id: 'a' }, 'rating: takes 1 to 5, "up" or "down"'],
    [handoffBody, {}, 'session_id: is missing'],
    [uiBody, { messages: [] }, 'messages: is empty'],
    [uiBody, { messages: 'Hello' }, 'messages: must be a list'],
    [action, { type: 'typing' }, 'is_typing: is missing'],
    [action, { type: 'dance' }, 'type: is none of what it may be'],
    [z.coerce.number().positive(), '0', 'What was sent must be more than 0.'],
  ])('%#', (schema, input, sentence) => expect(said(schema, input)).toBe(sentence))

  test('and a field is named as its sender names it', () => {
    const { error } = z.object({ text: z.string() }).safeParse({ text: 5 }, { error: wording })
    expect(sentenceOf(error?.issues ?? [], { text: 'content' })).toBe('content: must be text')
    expect(sentenceOf(error?.issues ?? [], { text: '' })).toBe('What was sent must be text.')
  })

  test('whatever is sent', () => {
    const values = [undefined, null, Number.NaN, 1.5, -1, 1e300, '', 'x', 'x'.repeat(20_000), [], {}, [[]], { a: {} }, true]
    const schemas: z.ZodObject[] = [chatBody, streamQuery, eventsQuery, sessionsQuery, feedbackBody, handoffBody, hello, ...action.options]
    const sentences = schemas.flatMap((schema) =>
      Object.keys(schema.shape).flatMap((name) => values.map((value) => said(z.object(schema.shape).partial(), { [name]: value }))),
    )
    expect(sentences.length).toBeGreaterThan(500)
    expect(sentences.filter((sentence) => /invalid|expected|received|NaN|undefined|pattern|option/i.test(sentence))).toEqual([])
  })
})
