import { silent } from '#lib/session/fixtures.ts'
import type { Log } from '#lib/session/ports.ts'
import { type Faults, withFaults } from '../faults.ts'
import { alice, shopForTests } from '../fixtures.ts'
import type { Caller } from '../mcp-handler.ts'
import { createShopServer, KEY_META } from '../mcp-server.ts'
import { tools } from './all-tools.ts'
import type { Passage, PinGuard } from './tool.ts'

/** The shop's MCP server over a shop for tests, and a client of it. */

export const inside: Caller = { reach: 'keyholders' }
export const stranger: Caller = { reach: 'everyone', ip: '203.0.113.7' }
export const keyholder: Caller = { reach: 'keyholders', ip: '203.0.113.8' }
export const passages: Passage[] = [{ title: 'Returns', text: 'Within 30 days.', url: '/knowledge/returns' }]
export const anOrder = { customer_id: alice.id, items: [{ sku: 'mon0054', quantity: 2, unit_price: '166.85' }] }

export const errorOf = (tool: string, reason: string) => ({ isError: true, text: `Error executing tool ${tool}: ${reason}` })

interface Parts {
  guard?: PinGuard
  faults?: Partial<Faults>
  random?: () => number
  log?: Log
}

interface Call extends Parts {
  caller?: Caller
  /** The idempotency key. */
  key?: unknown
}

export async function serverForTests() {
  const here = await shopForTests()

  function serverOf({ guard = (_, check) => check(), faults, random = Math.random, log = silent }: Parts) {
    const means = { shop: here.shop, searchKnowledge: async () => passages }
    const all = withFaults(tools, { latency: 0, error: 0, half: 0, cut: 0, ...faults }, random)
    return createShopServer({ tools: all, means, guard, version: '1.0.0', log })
  }

  async function rpc(method: string, params: object, { caller = inside, ...parts }: Call = {}) {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const response = await serverOf(parts)(new Request('http://localhost/mcp', { method: 'POST', headers, body }), caller)
    const text = await response.text()
    const [, data = text] = /^data: (.*)$/m.exec(text) ?? []
    return JSON.parse(data)
  }

  async function call(name: string, args: object, { key, ...how }: Call = {}) {
    const meta = key === undefined ? {} : { _meta: { [KEY_META]: key } }
    const { result, error } = await rpc('tools/call', { name, arguments: args, ...meta }, how)
    return { text: result?.content?.[0]?.text as string, data: result?.structuredContent, isError: result?.isError === true, error }
  }

  return { ...here, rpc, call, stock: async () => (await here.store.product('MON-0054'))?.stock }
}
