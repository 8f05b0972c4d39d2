import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Knowledge, openKnowledge } from '#lib/knowledge/knowledge.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { silent } from '#lib/session/fixtures.ts'
import { openEmbeddedShop } from '#lib/shop/embedded.ts'
import { alice, PEPPER, shopForTests } from '#lib/shop/fixtures.ts'
import { openTestTools } from '#lib/tools/fixtures.ts'
import { createAssistantOf } from './fixtures.ts'

/** The dialogue over the real gateway and the desk's own shop, with its two hundred products. */

let knowledge: Knowledge
let data: Awaited<ReturnType<typeof shopForTests>>
let tools: Awaited<ReturnType<typeof openTestTools>>
let begin: ReturnType<typeof createAssistantOf>['begin']
beforeAll(async () => {
  knowledge = await openKnowledge('knowledge', silent)
  data = await shopForTests()
  const shop = await openEmbeddedShop({
    ...{ store: data.store, pepper: PEPPER, exposed: false, faults: undefined, version: '0', log: silent },
    searchKnowledge: async () => [],
    guard: (_, check) => check(),
  })
  tools = await openTestTools([{ name: 'shop', fetch: shop.fetch as typeof fetch }])
  const { verify, executeEffect, gateway } = tools
  begin = createAssistantOf(knowledge, gateway, {
    executeEffect,
    async identify(credentials) {
      const found = await verify(credentials, AbortSignal.timeout(5000))
      return found.kind === 'verified' ? { outcome: 'verified', customer: found.customer } : { outcome: 'wrong' }
    },
  }).begin
}, 60_000)
afterAll(async () => {
  await tools.dispose()
  await data.close()
  await knowledge.close()
})

const skusOf = ({ cards = [] }: StoredMessage) => cards.flatMap((card) => (card.kind === 'product' ? [card.sku] : []))
const stock = async () => (await data.shop.product('MON-0054'))?.stock

test('the dialogue of the shop, from hello to tracking', async () => {
  const talk = begin()
  await talk.say('Hello')
  expect((await talk.say(`My email is ${alice.email} and PIN is ${alice.pin}`)).content).toMatch(/^Welcome, Alice/)
  const monitors = await talk.say('Show me monitors')
  expect(monitors.content).toContain('I found 47 products in Monitors.')
  expect(skusOf(monitors)).toHaveLength(6)
  expect((await talk.say('I want to order MON-0054')).content).toContain('$166.85')
  expect(await stock()).toBe(7)
  await talk.click()
  expect(await stock()).toBe(6)
  const status = await talk.say('track it')
  expect(status.content).toMatch(/is submitted.*1 × MON-0054/s)
  await talk.say('cancel it')
  await talk.click()
  expect(await stock()).toBe(7)
  expect((await talk.say('where is it?')).content).toContain('is cancelled')
})

test.each([
  ['monitors under $300 in stock', 'Monitors'],
  ['what laptops do you have with 16 GB', 'Computers'],
  ['27 inch monitors', 'Monitors'],
  ['show me all accessories', 'Accessories'],
  ['wireless mice under $50', 'Accessories'],
  ['show me laser printers', 'Printers'],
  ['show me wifi routers', 'Networking'],
])('“%s” finds some %s', async (said, category) => {
  const found = await begin().say(said)
  expect(found.content).toContain(`in ${category}.`)
  expect(skusOf(found).length).toBeGreaterThan(0)
})

test('what describes a product narrows the search', async () => {
  const { cards = [] } = await begin().say('show me curved monitors')
  expect(cards.length).toBeGreaterThan(0)
  for (const card of cards) expect(JSON.stringify(card)).toMatch(/curved/i)
})

test('products are found by their names, among all two hundred', async () => {
  expect(skusOf(await begin().say('how much is the Maelstrom with the Volant V90?'))).toEqual(['COM-0035'])
  expect((await begin().say('is the Clearview 32-inch 4K in stock?')).options).toContain('MON-0012')
})
