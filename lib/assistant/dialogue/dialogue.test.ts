import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Knowledge, openKnowledge } from '#lib/knowledge/knowledge.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import { silent } from '#lib/session/fixtures.ts'
import { type Conversation, createAssistant } from './fixtures.ts'
import { ids } from './test-shop.ts'

/** The whole dialogue about the shop, without a model, in the real hall. */

let knowledge: Knowledge
let assistant: ReturnType<typeof createAssistant>
let talk: Conversation
beforeAll(async () => {
  knowledge = await openKnowledge('knowledge', silent)
  assistant = createAssistant(knowledge)
}, 60_000)
afterAll(() => knowledge.close())
beforeEach(() => {
  talk = assistant.begin()
})

const skusOf = ({ cards = [] }: StoredMessage) => cards.flatMap((card) => (card.kind === 'product' ? [card.sku] : []))
const kindsOf = ({ cards = [] }: StoredMessage) => cards.map(({ kind }) => kind)
const signIn = () => talk.say('My email is alice@example.com and PIN is 1234')
const stockOf = (sku: string) => talk.shop.products.find((one) => one.sku === sku)?.stock

test('the dialogue of the shop, word for word', async () => {
  const hello = await talk.say('Hello')
  expect(hello.content).toMatch(/assistant of Harbor Computers.*e-mail address and your PIN.*without/s)
  expect(kindsOf(hello)).toEqual(['sign_in'])
  const welcome = await signIn()
  expect(welcome.content).toMatch(/^Welcome, Alice!/)
  const monitors = await talk.say('Show me monitors')
  expect(monitors.content).toContain('9 products in Monitors')
  expect(monitors.content).toContain('And 3 more')
  expect(skusOf(monitors)).toEqual(['MON-0001', 'MON-0005', 'MON-0054', 'MON-0018', 'MON-0019', 'MON-0020'])
  const asked = await talk.say('I want to order MON-0054')
  expect(asked.content).toContain('1 × MON-0054 for $166.85')
  expect(talk.effects).toEqual([])
  expect(stockOf('MON-0054')).toBe(7)
  await talk.click()
  expect(talk.effects).toEqual(['create_order'])
  expect(stockOf('MON-0054')).toBe(6)
  const status = await talk.say('track it')
  expect(status.content).toMatch(/Order 0{8}-\S+ is submitted.*1 × MON-0054/s)
})

describe('who the visitor is', () => {
  test('an order before signing in goes on after it', async () => {
    const first = await talk.say('I want to order 2 of MON-0054')
    expect(first.content).toContain('please sign in first')
    expect(kindsOf(first)).toEqual(['sign_in'])
    const next = await signIn()
    expect(next.content).toMatch(/^Welcome, Alice!.*2 × MON-0054/s)
    expect((await talk.open())?.card.items).toMatchObject([{ sku: 'MON-0054', quantity: 2 }])
  })

  test('a wrong PIN is told without what was wrong, and tried again by itself; the order still goes on', async () => {
    await talk.say('order MON-0054')
    const wrong = await talk.say('alice@example.com, PIN 9999')
    expect(wrong.content).toBe('I could not sign you in with this e-mail address and PIN. Please check both and try again.')
    const other = await talk.say('nobody@example.com, PIN 9999')
    expect(other.content).toBe(wrong.content)
    await talk.say('alice@example.com, PIN 9999')
    expect((await talk.say('1234')).content).toMatch(/^Welcome, Alice!.*1 × MON-0054/s)
  })

  test('an address and a PIN may come one after the other', async () => {
    const asked = await talk.say('my email is alice@example.com')
    expect(asked.content).toContain('What is your PIN?')
    expect((await talk.say('1234')).content).toMatch(/^Welcome, Alice!/)
  })

  test('a PIN without an address is not used', async () => {
    expect((await talk.say('my pin is 1234')).content).toContain('whose it is')
    expect((await talk.record()).customer).toBeUndefined()
  })

  test('what stands beside the credentials is done', async () => {
    const said = await talk.say('My email is alice@example.com and PIN is 1234. Show me printers')
    expect(said.content).toMatch(/^Welcome, Alice!/)
    expect(skusOf(said)).toEqual(['PRI-0013'])
  })

  test('is known when asked, and greeted by name', async () => {
    expect((await talk.say('who am I?')).content).toContain('not signed in')
    await signIn()
    expect((await talk.say('who am I?')).content).toContain('signed in as Alice')
    expect((await talk.say('Hi')).content).toContain('Hello, Alice')
  })

  test('orders of a customer are not spoken of once they have signed out', async () => {
    await signIn()
    await talk.say(`where is order ${ids.submitted}`)
    await talk.act({ type: 'sign_out' })
    const said = await talk.say('cancel it')
    expect(JSON.stringify(said)).not.toContain(ids.submitted)
    expect(await talk.open()).toBeUndefined()
  })
})

describe('products', () => {
  test.each([
    ['monitors under $200 in stock', ['MON-0001', 'MON-0005', 'MON-0054']],
    ['show me 27 inch monitors', ['MON-0005', 'MON-0018', 'MON-0019', 'MON-0020', 'MON-0006']],
    ['laptops with 16 GB', ['COM-0008']],
    ['what laptops do you have', ['COM-0001', 'COM-0008']],
    ['what is the cheapest monitor', ['MON-0001', 'MON-0005', 'MON-0054', 'MON-0018', 'MON-0019', 'MON-0020']],
    ['the most expensive monitor', ['MON-0012', 'MON-0020', 'MON-0019', 'MON-0018', 'MON-0054', 'MON-0005']],
    ['monitors between $200 and $300', ['MON-0018', 'MON-0019', 'MON-0020']],
    ['moniters under 100', ['MON-0001']],
    ['show me mice', ['ACC-0010']],
    ['tell me about MON-0054', ['MON-0054']],
    ['is the Skerry in stock?', ['MON-0054']],
    ['compare MON-0054 and MON-0012', ['MON-0054', 'MON-0012']],
    ['cho tôi xem màn hình dưới 100 đô', ['MON-0001']],
  ])('“%s” shows %s', async (said, skus) => {
    expect(skusOf(await talk.say(said))).toEqual(skus)
  })

  test('are narrowed down, and shown on', async () => {
    await talk.say('show me monitors')
    const more = await talk.say('show me more')
    expect(skusOf(more)).toEqual(['MON-0012', 'MON-0006', 'MON-0013'])
    const stocked = await talk.say('only those in stock under $150')
    expect(skusOf(stocked)).toEqual(['MON-0001', 'MON-0005'])
  })

  test('are pointed to by their place, and then by “it”', async () => {
    await talk.say('show me monitors')
    expect(skusOf(await talk.say('tell me about the second one'))).toEqual(['MON-0005'])
    expect(skusOf(await talk.say('what about the third one?'))).toEqual(['MON-0054'])
    expect((await talk.say('how much is it?')).content).toContain('$166.85')
    await signIn()
    await talk.say("I'll take it")
    expect((await talk.open())?.card.items).toMatchObject([{ sku: 'MON-0054', quantity: 1 }])
  })

  test.each(['MON-54', 'mon0054', 'MON-0O54', 'mon 0054'])('%s is taken for MON-0054, and said to be', async (written) => {
    const said = await talk.say(`how much is ${written}`)
    expect(skusOf(said)).toEqual(['MON-0054'])
    expect(said.content).toContain(`I took “${written}” for MON-0054.`)
  })

  test('that do not exist are not made up: the nearest are offered', async () => {
    const said = await talk.say('I want to order MON-0055')
    expect(said.content).toContain('no product “MON-0055”')
    expect(skusOf(said)).toContain('MON-0054')
    expect(await talk.open()).toBeUndefined()
  })

  test('are compared in price', async () => {
    expect((await talk.say('compare MON-0054 and MON-0012')).content).toContain('MON-0054 is cheaper than MON-0012, by $363.14.')
    expect((await talk.say('which is cheaper?')).content).toContain('MON-0054 is cheaper')
  })
})

describe('an order', () => {
  beforeEach(async () => {
    await signIn()
  })

  test('may hold several products', async () => {
    await talk.say('2 of MON-0054 and one ACC-0010')
    expect((await talk.open())?.card).toMatchObject({
      items: [
        { sku: 'MON-0054', quantity: 2 },
        { sku: 'ACC-0010', quantity: 1 },
      ],
      total: '353.69',
    }) // prettier-ignore
  })

  test('of more than there is is not asked for; what there is, is offered and taken by a yes', async () => {
    const said = await talk.say('order 9 of MON-0054')
    expect(said.content).toContain('only 7 of MON-0054')
    expect(said.options).toEqual(['Order 7 of MON-0054'])
    expect(await talk.open()).toBeUndefined()
    await talk.say('yes')
    expect((await talk.open())?.card.items).toMatchObject([{ sku: 'MON-0054', quantity: 7 }])
  })

  test.each(['order -1 MON-0054', 'order 0.1 of MON-0054', 'order 0 of MON-0054'])('“%s” is no number of things', async (said) => {
    expect((await talk.say(said)).content).toContain('whole number')
    expect(await talk.open()).toBeUndefined()
  })

  test('is not placed by a typed yes: it is asked for again', async () => {
    await talk.say('order MON-0054')
    const before = await talk.open()
    const said = await talk.say('yes, order it')
    expect(said.content).toContain('your own approval')
    expect((await talk.open())?.id).toBe(before?.id)
    expect(talk.effects).toEqual([])
  })

  test.each(['no', 'never mind', 'cancel it', "don't order it"])('is dropped by “%s”', async (said) => {
    await talk.say('order MON-0054')
    expect((await talk.say(said)).content).toContain('Nothing was changed')
    expect(await talk.open()).toBeUndefined()
    expect((await talk.events()).at(-1)).toMatchObject({ type: 'approval', decision: 'reject' })
    expect(talk.effects).toEqual([])
  })

  test('is changed in its number', async () => {
    await talk.say('order MON-0054')
    await talk.say('make it two')
    const { approvals } = await talk.record()
    expect(approvals.map(({ state, card }) => [state, card.items[0]?.quantity])).toEqual([
      ['rejected', 1],
      ['pending', 2],
    ])
  })

  test('that lapsed is asked for again, at the price of now', async () => {
    await talk.say('order MON-0054')
    talk.clock.now += 6 * 60_000
    const product = talk.shop.products.find(({ sku }) => sku === 'MON-0054')
    if (product) product.price = '170.00'
    expect((await talk.say('yes')).content).toMatch(/time to approve it was over.*\$170\.00/s)
    expect((await talk.open())?.card.total).toBe('170.00')
  })

  test('is confirmed by its code', async () => {
    await talk.say('order MON-0054')
    const approval = await talk.open()
    await talk.act({ type: 'message', text: `confirm ${approval && talk.code(approval)}` })
    while ((await talk.record()).turns.length > 0) await new Promise(setImmediate)
    expect(talk.effects).toEqual(['create_order'])
  })
})

test('the whole of it works in Vietnamese', async () => {
  expect((await talk.say('Xin chào')).content).toContain('email và mã PIN')
  const first = await talk.say('tôi muốn đặt 2 cái MON-0054')
  expect(first.content).toContain('đăng nhập')
  expect((await talk.say('email của tôi là alice@example.com, mã PIN 1234')).content).toMatch(/^Chào mừng Alice!.*2 × MON-0054/s)
  await talk.click()
  expect(stockOf('MON-0054')).toBe(5)
  expect((await talk.say('theo dõi đơn hàng của tôi')).content).toContain('Đơn hàng')
  expect(skusOf(await talk.say('cho tôi xem máy in'))).toEqual(['PRI-0013'])
})

describe('orders', () => {
  test('are listed for their customer only', async () => {
    await signIn()
    const said = await talk.say('show my order history')
    expect(said.content).toContain(ids.submitted)
    expect(JSON.stringify(said)).not.toContain(ids.ofBob)
  })

  test('under way are found without a number', async () => {
    await signIn()
    expect((await talk.say('where is my order?')).content).toContain(`Order ${ids.submitted} is submitted`)
  })

  test('of somebody else are not told of, not even that they exist', async () => {
    await signIn()
    const foreign = await talk.say(`where is order ${ids.ofBob}`)
    const missing = await talk.say('where is order 11111111-1111-4111-8111-111111111111')
    expect(foreign.content.replace(ids.ofBob, 'X')).toBe(missing.content.replace(/1{8}-\S+/, 'X'))
  })

  test('are cancelled after an approval, while the shop has not approved them', async () => {
    await signIn()
    await talk.say('cancel my order')
    expect(await talk.open()).toMatchObject({ tool: 'cancel_order', card: { order_id: ids.submitted } })
    await talk.click()
    expect(talk.shop.orders.get(ids.submitted)?.card.status).toBe('cancelled')
    expect((await talk.say(`cancel order ${ids.shipped}`)).content).toContain('has been shipped, so I cannot cancel it')
  })

  test('are explained by an article to who has not signed in, and looked up when they have', async () => {
    const said = await talk.say('where is my order?')
    expect(said.citations?.length).toBeGreaterThan(0)
    expect(kindsOf(said)).toEqual(['sign_in'])
    expect((await signIn()).content).toContain(`Order ${ids.submitted}`)
  })
})

describe('what is not the shop’s', () => {
  test.each([
    'How do I return a monitor?',
    'Do you price match?',
    'what is your warranty on laptops?',
    'How can I track my order?',
    'Which monitor should I get for photo editing?',
    'how long does shipping take?',
  ])('“%s” is answered by an article', async (said) => {
    const { citations, cards = [] } = await talk.say(said)
    expect(citations?.length).toBeGreaterThan(0)
    expect(cards.filter(({ kind }) => kind !== 'sign_in')).toEqual([])
  })

  test('is said as before where there is no shop', async () => {
    talk.shop.offers = false
    expect((await talk.say('Hello')).content).toBe('Hello! I am the assistant of Harbor Computers. What would you like to know?')
    expect(skusOf(await talk.say('Show me monitors'))).toEqual([])
  })

  test('a shop that does not answer is said to be out of reach, and a person is offered', async () => {
    await talk.say('Hello')
    talk.shop.isDown = true
    const said = await talk.say('Show me monitors')
    expect(said.content).toContain('cannot reach the shop')
    expect(said.decision?.kind).toBe('offer_person')
  })
})

test('every reply that is offered is understood', async () => {
  const offered = new Set<string>()
  const lines = [
    'Hello',
    'My email is alice@example.com and PIN is 1234',
    'Show me monitors',
    'tell me about MON-0054',
    'order 9 of MON-0054',
    'where is my order?',
  ] // prettier-ignore
  for (const line of lines) for (const option of (await talk.say(line)).options ?? []) offered.add(option)
  expect([...offered].length).toBeGreaterThan(6)
  for (const option of offered) expect((await talk.say(option)).decision?.kind, option).toBe('answer')
})
