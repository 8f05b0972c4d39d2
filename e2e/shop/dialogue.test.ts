import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import type { Frame } from '../support/socket.ts'
import { httpClient, socketClient } from './clients.ts'

/** The support desk of a computer shop, as its visitors meet it, without any model. */

let desk: DeskProcess
beforeAll(async () => {
  desk = await startDesk({ RATE_LIMIT: 'off' })
})
afterAll(() => desk?.dispose())

const credentials = 'My email is alice@example.com and PIN is 1234'
const stockOf = async (sku: string) => {
  const { response } = await httpClient(desk.url).say(`tell me about ${sku}`)
  return Number(/(\d+) in stock/.exec(response)?.[1])
}

const ordersIn = (text: string) => [...text.matchAll(/^- ([0-9a-f-]{36}):/gm)].map(([, id]) => id)

describe('the example dialogue', () => {
  it('works word for word over HTTP, where the line “confirm CODE” approves', async () => {
    const talk = httpClient(desk.url)
    const hello = await talk.say('Hello')
    expect(hello.response).toMatch(/e-mail address and your PIN.*without/s)
    expect((await talk.say(credentials)).response).toMatch(/^Welcome, Alice/)
    const monitors = await talk.say('Show me monitors')
    expect(monitors.response).toMatch(/I found \d+ products in Monitors\.\n- MON-\d{4}: .*\$\d/)
    expect(monitors.tool_calls).toEqual([{ name: 'list_products', status: 'ok' }])
    const before = await stockOf('MON-0054')
    const asked = await talk.say('I want to order MON-0054')
    expect(asked.approval?.summary).toContain('MON-0054')
    expect(asked.response).toMatch(/confirm [A-Z2-9]{6}$/)
    expect(await stockOf('MON-0054')).toBe(before)
    const placed = await talk.say(`confirm ${asked.approval?.code}`)
    expect(placed.response).toMatch(/Your order \S+ is placed: 1 × MON-0054/)
    expect(placed.tool_calls).toEqual([{ name: 'create_order', status: 'ok' }])
    expect(await stockOf('MON-0054')).toBe(before - 1)
    expect((await talk.say('track it')).response).toMatch(/Order \S+ is submitted.*1 × MON-0054/s)
  })

  it('works word for word over a socket, where a click approves', async () => {
    const talk = await socketClient(desk.url)
    expect((await talk.say('Hello')).cards).toMatchObject([{ kind: 'sign_in' }])
    expect((await talk.say(credentials)).content).toMatch(/^Welcome, Alice/)
    expect((await talk.say('Show me monitors')).cards.map(({ kind }) => kind)).toEqual(Array(6).fill('product'))
    const before = await stockOf('MON-0054')
    const { from, content } = await talk.say('I want to order MON-0054')
    expect(content).toContain('Nothing is ordered before')
    const placed = await talk.click(from)
    expect(placed.content).toMatch(/is placed: 1 × MON-0054/)
    expect(placed.cards).toMatchObject([{ kind: 'order', status: 'submitted' }])
    expect(await stockOf('MON-0054')).toBe(before - 1)
    expect((await talk.say('track it')).content).toContain(String(placed.cards?.[0]?.order_id))
    talk.close()
  })
})

describe('its variations', () => {
  it('an order before signing in goes on after it, also after a wrong PIN', async () => {
    const talk = httpClient(desk.url)
    expect((await talk.say('order two MON-0054')).response).toContain('sign in first')
    const wrong = await talk.say('carla@example.com, PIN 0000')
    expect(wrong.response).toContain('check both')
    expect(wrong.approval).toBeUndefined()
    const welcome = await talk.say(credentials)
    expect(welcome.response).toMatch(/^Welcome, Alice.*2 × MON-0054/s)
    expect(welcome.approval?.code).toMatch(/^[A-Z2-9]{6}$/)
  })

  it('two products are one order, and it is the visitor’s to reject', async () => {
    const talk = await socketClient(desk.url)
    await talk.say(credentials)
    const { from } = await talk.say('2 of MON-0054 and one ACC-0010')
    const { summary } = await talk.asked(from)
    expect(summary).toMatch(/2 × MON-0054.*1 × ACC-0010/)
    expect((await talk.click(from, 'reject')).decided).toMatchObject({ decision: 'reject' })
    talk.close()
  })

  it('more than there is in stock is not ordered: what there is, is offered', async () => {
    const talk = httpClient(desk.url)
    await talk.say(credentials)
    const said = await talk.say('order 99 of MON-0054')
    expect(said.response).toMatch(/only \d+ of MON-0054 in stock, not 99/)
    expect(said.approval).toBeUndefined()
    expect((await talk.say('yes')).approval?.summary).toContain('MON-0054')
  })

  it('a typed yes shows the approval again, and a no ends it', async () => {
    const talk = httpClient(desk.url)
    await talk.say(credentials)
    const asked = await talk.say('order MON-0054')
    const again = await talk.say('yes, order it')
    expect(again.approval).toMatchObject({ approval_id: asked.approval?.approval_id, code: asked.approval?.code })
    expect((await talk.say('no, never mind')).response).toContain('Nothing was changed')
    expect((await talk.say(`confirm ${asked.approval?.code}`)).tool_calls).toBeNull()
  })

  it('an approval that is clicked twenty times at once, and again later, is one order', async () => {
    const talk = await socketClient(desk.url)
    await talk.say(credentials)
    const before = await stockOf('ACC-0010')
    const { from } = await talk.say('order ACC-0010')
    const { approval_id, token } = await talk.asked(from)
    const click = { type: 'approval', approval_id, token, decision: 'approve' }
    for (let at = 0; at < 20; at += 1) talk.socket.send(click)
    const isTold = (frame: Frame) => /Your order \S+ is placed/.test(String(frame.content))
    await talk.socket.frame(isTold, from)
    talk.socket.send(click)
    // What is said after it is answered after it.
    await talk.say('who am I?')
    expect(talk.socket.frames.filter((frame) => frame.type === 'message' && isTold(frame))).toHaveLength(1)
    expect(await stockOf('ACC-0010')).toBe(before - 1)
    talk.close()
  })

  it('a code with slips is understood, and filters narrow down', async () => {
    const talk = httpClient(desk.url)
    expect((await talk.say('how much is MON-54')).response).toMatch(/I took “MON-54” for MON-0054.*\$166\.85/s)
    const lines = (await talk.say('monitors under $300 in stock')).response.match(/^- MON-\d{4}: .*, \$\d+\.\d\d, \d+ in stock$/gm) ?? []
    expect(lines).toHaveLength(6)
    for (const line of lines) expect(Number(/\$(\d+\.\d\d)/.exec(line)?.[1])).toBeLessThanOrEqual(300)
    expect((await talk.say('compare MON-0054 and MON-0012')).response).toContain('MON-0054 is cheaper than MON-0012')
  })

  it('orders are listed, found and cancelled for their customer, after an approval', async () => {
    const talk = await socketClient(desk.url)
    await talk.say(credentials)
    const history = await talk.say('show my order history')
    expect(history.cards.every(({ kind }) => kind === 'order')).toBe(true)
    expect((await talk.say('where is my order?')).cards.length).toBeGreaterThan(0)
    const { from } = await talk.say('order ACC-0010')
    const placed = await talk.click(from)
    const id = placed.cards?.[0]?.order_id
    const cancelling = await talk.say('cancel it')
    expect((await talk.asked(cancelling.from)).tool).toBe('cancel_order')
    expect((await talk.click(cancelling.from)).content).toContain(`Order ${id} is cancelled`)
    talk.close()
  })

  it('who has signed out is nobody, and another customer sees nothing of theirs', async () => {
    const talk = httpClient(desk.url)
    await talk.say(credentials)
    await talk.say('show my orders')
    const mine = await fetch(`${desk.url}/api/auth/logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ session_id: talk.session() }),
    })
    expect(mine.status).toBe(200)
    const other = httpClient(desk.url)
    expect((await other.say('show my orders')).response).toContain('sign in')
    await other.say('My email is ben@example.com and PIN is 4826')
    const orders = ordersIn((await other.say('show my orders')).response)
    expect(orders.length).toBeGreaterThan(0)
    const again = httpClient(desk.url)
    await again.say(credentials)
    const own = ordersIn((await again.say('show my orders')).response)
    expect(own.length).toBeGreaterThan(0)
    expect(own.filter((id) => orders.includes(id))).toEqual([])
    expect((await again.say(`where is order ${orders[0]}`)).response).toContain('found no order')
  })

  it('questions about the shop’s ways stay with the articles', async () => {
    const talk = httpClient(desk.url)
    for (const question of ['How do I return a monitor?', 'Do you price match?', 'How can I track my order?']) {
      expect((await talk.say(question)).citations.length).toBeGreaterThan(0)
    }
  })
})
