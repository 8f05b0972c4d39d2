import { readFileSync } from 'node:fs'

/** The desk's own shop, asked by its own door: what it has and whose orders there are, whatever an assistant says of it. */

const rows = readFileSync(new URL('../../lib/shop/demo/customers.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'))
const [head = [], ...others] = rows
const customerOf = (email: string) => {
  const row = others.find((cells) => cells.includes(email)) ?? []
  const field = (name: string) => row[head.indexOf(name)] ?? ''
  return { id: field('id'), email, pin: field('pin') }
}
export const customers = { alice: customerOf('alice@example.com'), ben: customerOf('ben@example.com') }

export function shopOf(url: string) {
  async function call(name: string, args: object): Promise<Record<string, never>> {
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-06-18' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }),
    })
    const text = await response.text()
    const { result } = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text)
    return result.structuredContent
  }

  const stock = async (sku: string) => Number((await call('get_product', { sku })).stock)
  const orders = async (customer_id: string) =>
    ((await call('list_orders', { customer_id })) as unknown as { orders: Array<{ order_id: string }> }).orders.map(
      ({ order_id }) => order_id,
    )
  const state = async () => ({
    stock: [await stock('MON-0054'), await stock('MON-0012')],
    orders: [await orders(customers.alice.id), await orders(customers.ben.id)],
  })
  return { stock, orders, state }
}
