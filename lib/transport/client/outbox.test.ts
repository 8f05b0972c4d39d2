import { expect, test } from 'vitest'
import { sharedShelf } from './fixtures.ts'
import { createOutbox } from './outbox.ts'

const item = (id: string) => ({ client_msg_id: id, text: `text of ${id}`, at: 1 })

test('outlives the page', () => {
  const shelf = sharedShelf().tab()
  const before = createOutbox(shelf, 'outbox')
  before.add(item('a'))
  before.refuse('a', 'too long')
  expect(createOutbox(shelf, 'outbox').items()).toEqual([{ ...item('a'), failed: 'too long' }])
})

test('loses nothing when two tabs write at once', () => {
  const { tab } = sharedShelf()
  const [one, two] = [createOutbox(tab(), 'outbox'), createOutbox(tab(), 'outbox')]
  one.add(item('a'))
  two.add(item('b'))
  one.remove('x')
  expect(one.items().map(({ client_msg_id }) => client_msg_id)).toEqual(['a', 'b'])
})

test('gives the next one to send, past those that were refused or are excepted', () => {
  const outbox = createOutbox(sharedShelf().tab(), 'outbox')
  for (const id of ['a', 'b', 'c']) outbox.add(item(id))
  outbox.refuse('a', 'no')
  expect(outbox.next()?.client_msg_id).toBe('b')
  expect(outbox.next(new Set(['b']))?.client_msg_id).toBe('c')
  outbox.retry('a')
  expect(outbox.next()).toEqual(item('a'))
})

test.each(['{', '{"a":1}', '[1, null, {"text": 3}]'])('is empty where the shelf holds %s', (kept) => {
  const { texts, tab } = sharedShelf()
  texts.set('outbox', kept)
  expect(createOutbox(tab(), 'outbox').items()).toEqual([])
})
