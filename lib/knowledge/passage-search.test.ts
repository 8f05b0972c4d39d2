import { afterAll, beforeAll, expect, test } from 'vitest'
import { silent } from '#lib/session/fixtures.ts'
import { type Knowledge, openKnowledge } from './knowledge.ts'
import { passageSearch } from './passage-search.ts'

let knowledge: Knowledge
beforeAll(async () => {
  knowledge = await openKnowledge('knowledge', silent)
}, 60_000)
afterAll(() => knowledge.close())

test('finds the passage that answers, with where to read it', async () => {
  const [best, ...others] = await passageSearch(knowledge, undefined)('How long does standard shipping take?')
  expect(best).toMatchObject({ url: '/knowledge/shipping-times#standard-shipping', text: expect.stringContaining('3 to 5 business days') })
  expect(others.length).toBeLessThan(5)
})

test('names the whole address where the desk has a public one', async () => {
  const [best] = await passageSearch(knowledge, new URL('https://desk.example.com'))('How long does standard shipping take?')
  expect(best?.url).toBe('https://desk.example.com/knowledge/shipping-times#standard-shipping')
})

test.each(['who won the football world cup', 'xyzzy', '???'])('finds nothing for %j', async (query) => {
  expect(await passageSearch(knowledge, undefined)(query)).toEqual([])
})
