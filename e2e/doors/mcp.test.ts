import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { request } from '../support/request.ts'
import { Program } from '../tools/program.ts'

/** The shop's MCP server, as clients on the desk's machine and strangers with and without a key meet it. */

const KEY = 'the-key-for-mcp-clients-0123456789'
const shelf = ['get_product', 'list_products', 'search_knowledge', 'search_products']
const forKeyholders = ['cancel_order', 'create_order', 'get_customer', 'get_order', 'list_orders', 'verify_customer_pin']
const alice = { email: 'alice@example.com', pin: '1234' }

interface Reply {
  result?: {
    tools?: Array<{ name: string }>
    content?: Array<{ text: string }>
    structuredContent?: { url?: string; passages?: Array<{ url: string }>; stock?: number; order_id?: string; customer_id?: string }
    isError?: boolean
  }
  error?: { code: number | string; message: string }
}

type Headers = Record<string, string>

async function rpc(desk: DeskProcess, method: string, params: object = {}, headers: Headers = {}) {
  const accepted = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const answer = await request<Reply | string>(desk.url, '/mcp', { method: 'POST', headers: accepted, body })
  const [, data] = typeof answer.body === 'string' ? (/^data: (.*)$/m.exec(answer.body) ?? []) : []
  return { ...answer, body: (data === undefined ? answer.body : JSON.parse(data)) as Reply }
}

async function callTool(desk: DeskProcess, name: string, args: object, headers: Headers = {}) {
  const { body } = await rpc(desk, 'tools/call', { name, arguments: args }, headers)
  return { ...body.result, text: body.result?.content?.[0]?.text, error: body.error }
}

const namesOf = ({ body }: { body: Reply }) => body.result?.tools?.map(({ name }) => name).sort()

describe('on its own machine', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk()
  })
  afterAll(() => desk.dispose())

  it('offers every tool', async () => {
    expect(namesOf(await rpc(desk, 'tools/list'))).toEqual([...forKeyholders, ...shelf].sort())
  })

  it('signs in, sells, and cancels', async () => {
    const { text, structuredContent } = await callTool(desk, 'verify_customer_pin', alice)
    expect(text).toMatch(/^✓ Customer verified: Alice Warren\n/)
    const customer_id = structuredContent?.customer_id
    const order = await callTool(desk, 'create_order', { customer_id, items: [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85' }] })
    expect(order.text).toMatch(/^✓ Order created\n/)
    expect((await callTool(desk, 'get_product', { sku: 'MON-0054' })).structuredContent?.stock).toBe(6)
    const cancelled = await callTool(desk, 'cancel_order', { customer_id, order_id: order.structuredContent?.order_id })
    expect(cancelled.text).toContain('Status: cancelled')
    expect((await callTool(desk, 'get_product', { sku: 'MON-0054' })).structuredContent?.stock).toBe(7)
  })

  it('takes requests of at most 64 KiB, one at a time', async () => {
    const large = await rpc(desk, 'tools/call', { name: 'search_products', arguments: { query: 'x'.repeat(70_000) } })
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } })
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
    const body = JSON.stringify([{ jsonrpc: '2.0', id: 1, method: 'tools/list' }])
    expect((await request(desk.url, '/mcp', { method: 'POST', headers, body })).status).toBe(400)
  })

  it('keeps no stream open', async () => {
    const answer = await request(desk.url, '/mcp', { method: 'GET', headers: { accept: 'text/event-stream' }, body: undefined })
    expect(answer.status).toBe(405)
  })

  it.each([
    ['host', 'evil.example', 421],
    ['origin', 'https://evil.example', 403],
  ])('does not answer for the %s %s', async (name, value, status) => {
    expect((await rpc(desk, 'tools/list', {}, { [name]: value })).status).toBe(status)
  })

  // Two programs and a desk are started in it, one after the other.
  it('is reset only while no desk runs on its data, and is then as new', { timeout: 60_000 }, async () => {
    const customer_id = (await callTool(desk, 'verify_customer_pin', alice)).structuredContent?.customer_id
    await callTool(desk, 'create_order', { customer_id, items: [{ sku: 'MON-0054', quantity: 2, unit_price: '166.85' }] })
    const reset = () => new Program('scripts/shop-reset.ts', [], { DATA_DIR: desk.dataDir })
    const refused = reset()
    expect(await refused.ended).toBe(1)
    expect(refused.errors).toMatch(/is in use by another Frontdesk/)
    await desk.terminate()
    const done = reset()
    expect(await done.ended).toBe(0)
    expect(done.output).toMatch(/as new: 206 products, 20 customers, 33 orders/)
    await desk.restart()
    expect((await callTool(desk, 'get_product', { sku: 'MON-0054' })).structuredContent?.stock).toBe(7)
    expect((await callTool(desk, 'verify_customer_pin', alice)).structuredContent?.customer_id).toBe(customer_id)
  })
})

describe('where strangers come', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk({ PUBLIC_URL: 'https://desk.example.com', TRUST_PROXY: '1', MCP_API_KEY: KEY })
  })
  afterAll(() => desk.dispose())

  const from = (ip: string, headers: Headers = {}): Headers => {
    return { host: 'desk.example.com', 'x-forwarded-for': ip, 'x-forwarded-proto': 'https', ...headers }
  }
  const order = { customer_id: crypto.randomUUID(), items: [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85' }] }

  it('offers the tools of the shelf, and no other can be called', async () => {
    expect(namesOf(await rpc(desk, 'tools/list', {}, from('203.0.113.1')))).toEqual(shelf)
    for (const name of forKeyholders) {
      const args = name === 'create_order' ? order : alice
      const { error } = await callTool(desk, name, args, from('203.0.113.1'))
      expect(error?.message).toBe(`Tool ${name} not found`)
    }
    const { structuredContent } = await callTool(desk, 'search_knowledge', { query: 'How do I return something?' }, from('203.0.113.1'))
    expect(structuredContent?.passages?.[0]?.url).toMatch(/^https:\/\/desk\.example\.com\/knowledge\//)
  })

  it.each([
    ['authorization', `Bearer ${KEY}`],
    ['x-api-key', KEY],
  ])('opens every tool to the key, as %s', async (name, value) => {
    const headers = from('203.0.113.2', { [name]: value })
    expect(namesOf(await rpc(desk, 'tools/list', {}, headers))).toEqual([...forKeyholders, ...shelf].sort())
  })

  it('refuses another key, its own neither, and after ten of them does not listen to the right one', async () => {
    const show = (key: string) => rpc(desk, 'tools/list', {}, from('203.0.113.3', { 'x-api-key': key }))
    expect(await show(desk.adminKey())).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } })
    for (let guess = 0; guess < 9; guess += 1) expect((await show(`guess ${guess}`)).status).toBe(401)
    expect((await show(KEY)).status).toBe(429)
    expect(desk.output()).toContain('a wrong MCP key was shown')
    expect(desk.output()).not.toContain('guess 1')
  })

  it('does not sign in by the PINs of the demo, with the answer that a wrong one has, and says so once in its log', async () => {
    const headers = from('203.0.113.4', { 'x-api-key': KEY })
    const answer = await callTool(desk, 'verify_customer_pin', alice, headers)
    const wrong = await callTool(desk, 'verify_customer_pin', { ...alice, pin: '9999' }, headers)
    expect(answer).toEqual(wrong)
    expect(answer.text).toBe('Error executing tool verify_customer_pin: Customer not found or PIN incorrect')
    expect(desk.output().match(/the PINs of the demo customers do not sign anybody in/g)).toHaveLength(1)
  })

  it.each(['x-frontdesk-arrival', 'x-forwarded-host', 'mcp-session-id'])('is not led to trust a stranger by %s', async (name) => {
    const local = JSON.stringify({ origin: { local: true, ip: '127.0.0.1', secure: false }, requestId: 'r' })
    const headers = from('203.0.113.5', { [name]: name === 'x-frontdesk-arrival' ? local : 'desk.example.com' })
    expect(namesOf(await rpc(desk, 'tools/list', {}, headers))).toEqual(shelf)
  })

  it('answers an address without a key sixty times a minute', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 70 }, async () => (await rpc(desk, 'tools/list', {}, from('203.0.113.6'))).status),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(60)
    expect(statuses.filter((status) => status === 429)).toHaveLength(10)
    expect((await rpc(desk, 'tools/list', {}, from('203.0.113.7'))).status).toBe(200)
  })
})

it.each([
  ['the shop is off', { SHOP: 'off' }],
  ["the desk has somebody else's", { MCP_SERVER_URL: 'http://127.0.0.1:9/mcp', LOG_LEVEL: 'silent' }],
])('is not there when %s, for any method', async (_, settings) => {
  const desk = await startDesk(settings)
  try {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const body = method === 'POST' ? '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' : undefined
      expect((await request(desk.url, '/mcp', { method, headers: {}, body })).status).toBe(404)
    }
  } finally {
    await desk.dispose()
  }
})

it('breaks the connection where it was told to, when the order was made', async () => {
  const desk = await startDesk({ SHOP_FAULTS: 'cut=1' })
  try {
    const items = [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85' }]
    const order = callTool(desk, 'create_order', { customer_id: '6ea330a1-a66d-48b5-91a4-c01ea887ae22', items })
    await expect(order).rejects.toThrow(/aborted|socket hang up|ECONNRESET/)
    expect((await callTool(desk, 'get_product', { sku: 'MON-0054' })).structuredContent?.stock).toBe(6)
  } finally {
    await desk.dispose()
  }
})
