import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { silent, tempDirectory } from '#lib/session/fixtures.ts'
import type { Customer } from '#lib/session/ports.ts'
import { openSqlite } from '#lib/store/sqlite-database.ts'
import { createToolStore } from '#lib/store/tool-store.ts'
import { openTools } from './open.ts'
import type { ToolStore } from './ports.ts'

/** MCP servers for tests: one that does as a test says, down to the bytes, and a small shop that writes as the original one. */

export interface Message {
  id?: number
  method: string
  params?: { name?: string; arguments?: Record<string, unknown>; _meta?: Record<string, unknown> }
}

export interface Peer {
  url: URL
  /** What it was asked, oldest first. */
  asked: Message[]
  /** Says something unasked to whoever listens. */
  notify: (method: string) => void
  /** Breaks every connection, and takes no more. */
  stop: () => Promise<void>
}

export interface Script {
  tools: () => unknown[]
  call: (message: Message) => unknown
  /** Answers in the place of the rest, on the raw connection; true when it did. */
  raw?: (message: Message, response: ServerResponse) => boolean
}

/** A server on a free port, or on this one. */
export async function startPeer({ tools, call, raw }: Script, port = 0): Promise<Peer> {
  const asked: Message[] = []
  const listeners = new Set<ServerResponse>()
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      listeners.add(response)
      return
    }
    if (request.method !== 'POST') return response.writeHead(405).end()
    const message = JSON.parse(await textOf(request)) as Message
    asked.push(message)
    if (raw?.(message, response)) return
    if (message.id === undefined) return response.writeHead(202).end()
    const body = await reply(message, { tools, call })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...body }))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`),
    asked,
    notify(method) {
      for (const response of listeners) response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', method })}\n\n`)
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function reply(message: Message, { tools, call }: Pick<Script, 'tools' | 'call'>): Promise<object> {
  if (message.method === 'initialize') {
    const capabilities = { tools: { listChanged: true } }
    return { result: { protocolVersion: '2025-06-18', capabilities, serverInfo: { name: 'peer', version: '1' } } }
  }
  if (message.method === 'tools/list') return { result: { tools: tools() } }
  if (message.method === 'tools/call') return { result: await call(message) }
  return { error: { code: -32_601, message: 'no such method' } }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += piece
  return text
}

export const text = (value: string) => ({ content: [{ type: 'text', text: value }] })
const failure = (tool: string, why: string) => ({ ...text(`Error executing tool ${tool}: ${why}`), isError: true })

export interface PaperOrder {
  id: string
  customer: string
  status: string
  items: Array<{ sku: string; quantity: number; unit_price: string }>
}

export const alice: Customer = {
  id: '41c2903a-f1a5-47b7-a81d-86b50ade220f',
  name: 'Alice Johnson',
  email: 'alice@example.com',
  via: 'pin',
  mayOrder: true,
}
export const bob: Customer = {
  id: '5b1f8a0e-2d7c-4a55-9d3e-8c1b7f6a9e42',
  name: 'Bob Miller',
  email: 'bob@example.com',
  via: 'pin',
  mayOrder: true,
}

/** A shop that answers as the original one: in lines of text, without keys, and without saying in lists whose an order is. */
export function paperShop() {
  const stock = new Map([
    ['MON-0054', 7],
    ['ACC-0009', 100],
  ])
  const names: Record<string, [string, string, string]> = {
    'MON-0054': ['Monitors', 'ViewPro 27 Inch Monitor', '166.85'],
    'ACC-0009': ['Accessories', 'Silent Mouse', '19.90'],
  }
  const orders: PaperOrder[] = [
    {
      id: 'a0000000-0000-4000-8000-000000000001',
      customer: alice.id,
      status: 'fulfilled',
      items: [{ sku: 'ACC-0009', quantity: 1, unit_price: '19.90' }],
    },
    {
      id: 'b0000000-0000-4000-8000-000000000002',
      customer: bob.id,
      status: 'submitted',
      items: [{ sku: 'MON-0054', quantity: 1, unit_price: '166.85' }],
    },
  ]
  const totalOf = ({ items }: PaperOrder) =>
    items.reduce((sum, { quantity, unit_price }) => sum + quantity * Number(unit_price), 0).toFixed(2)
  const productLines = (sku: string) => {
    const [category, name, price] = names[sku] ?? []
    return `[${sku}] ${name}\n  Category: ${category} | Price: $${price} | Stock: ${stock.get(sku)} units`
  }
  const orderText = (headline: string, order: PaperOrder) =>
    [
      headline,
      `Order ID: ${order.id}`,
      `Customer ID: ${order.customer}`,
      `Status: ${order.status}`,
      'Payment: pending',
      'Placed: 2026-11-02',
      'Items:',
      ...order.items.map(({ sku, quantity, unit_price }) => `  ${quantity} x [${sku}] ${names[sku]?.[1]} at $${unit_price}`),
      `Total: $${totalOf(order)} USD`,
    ].join('\n')

  const shop = {
    stock,
    orders,
    /** What the list ignores, as a careless server does. */
    ignoresFilter: false,
    tools: () =>
      Object.entries({
        list_products: ['category', 'is_active'],
        search_products: ['query'],
        get_product: ['sku'],
        get_customer: ['customer_id'],
        verify_customer_pin: ['email', 'pin'],
        list_orders: ['customer_id', 'status'],
        get_order: ['order_id'],
        create_order: ['customer_id', 'items'],
      }).map(([name, fields]) => ({
        name,
        description: `The shop's ${name}.`,
        inputSchema: { type: 'object', properties: Object.fromEntries(fields.map((field) => [field, {}])) },
      })),
    call({ params = {} }: Message): unknown {
      const { name = '', arguments: args = {} } = params
      switch (name) {
        case 'list_products':
          return text(`Found ${stock.size} products:\n\n${[...stock.keys()].map(productLines).join('\n\n')}`)
        case 'search_products':
          return text(`Found 1 product:\n\n${productLines('MON-0054')}`)
        case 'get_product': {
          const sku = String(args.sku)
          const [category, title, price] = names[sku] ?? []
          if (!category) return failure(name, `ProductNotFoundError: Product ${sku} not found`)
          return text(`Product: ${title}\nSKU: ${sku}\nCategory: ${category}\nPrice: $${price} USD\nStock: ${stock.get(sku)} units`)
        }
        case 'verify_customer_pin':
          if (args.email !== alice.email || args.pin !== '1234') return failure(name, 'Customer not found or PIN incorrect')
          return text(`✓ Customer verified: ${alice.name}\nCustomer ID: ${alice.id}\nEmail: ${alice.email}\nRole: buyer`)
        case 'get_customer': {
          const known = [alice, bob].find(({ id }) => id === args.customer_id)
          return known
            ? text(`Customer: ${known.name}\nCustomer ID: ${known.id}\nEmail: ${known.email}`)
            : failure(name, 'CustomerNotFoundError')
        }
        case 'list_orders': {
          const shown = orders.filter(({ customer }) => shop.ignoresFilter || customer === args.customer_id)
          const lines = shown.map(
            (order) => `[${order.id}]\n  Status: ${order.status} | Payment: pending | Total: $${totalOf(order)} | Placed: 2026-11-02`,
          )
          return text(['Found some orders:', ...lines].join('\n\n'))
        }
        case 'get_order': {
          const order = orders.find(({ id }) => id === args.order_id)
          return order ? text(orderText('Order', order)) : failure(name, 'OrderNotFoundError: Order not found')
        }
        case 'create_order':
          return shop.place(args as { customer_id: string; items: PaperOrder['items'] })
        default:
          return failure(name, 'unknown tool')
      }
    },
    place({ customer_id, items }: { customer_id: string; items: PaperOrder['items'] }): unknown {
      for (const { sku, quantity } of items) {
        const left = stock.get(sku) ?? 0
        if (left < quantity) return failure('create_order', `InsufficientInventoryError: Insufficient inventory for ${sku}`)
      }
      for (const { sku, quantity } of items) stock.set(sku, (stock.get(sku) ?? 0) - quantity)
      const order = {
        id: `c0000000-0000-4000-8000-${String(orders.length).padStart(12, '0')}`,
        customer: customer_id,
        status: 'submitted',
        items,
      }
      orders.push(order)
      return text(orderText('✓ Order created', order))
    },
  }
  return shop
}

/** A server's answer to each request of a client in this process. */
function inProcess(script: Script): { fetch: typeof fetch; asked: Message[] } {
  const asked: Message[] = []
  const answer = async (_: unknown, init: RequestInit = {}) => {
    if (init.method !== 'POST') return new Response(null, { status: 405 })
    const message = JSON.parse(String(init.body)) as Message
    asked.push(message)
    if (message.id === undefined) return new Response(null, { status: 202 })
    const body = await reply(message, script)
    init.signal?.throwIfAborted()
    return Response.json({ jsonrpc: '2.0', id: message.id, ...body })
  }
  return { fetch: answer as typeof fetch, asked }
}

interface Wanted {
  allowed?: { public?: string[]; signedIn?: string[] }
  isInstruction?: (text: string) => boolean
  /** In the place of one of their own, for a desk that starts again. */
  store?: ToolStore
}

/** Tools over servers in this process, with a real store; `dispose` when the test is over. */
export async function openTestTools(
  servers: Array<{ name: string; own?: boolean } & ({ script: Script } | { fetch: typeof fetch })>,
  { allowed = {}, isInstruction = () => false, store: given }: Wanted = {},
) {
  const directory = tempDirectory()
  const database = await openSqlite(directory.path, silent)
  const store = given ?? createToolStore(database)
  const opened = servers.map(({ name, own = true, ...server }) => ({
    ...{ name, own, asked: [] as Message[] },
    ...('script' in server ? inProcess(server.script) : server),
  }))
  const tools = await openTools({
    servers: opened.map(({ name, own, fetch }) => ({ name, own, fetch, url: new URL(`http://${name}.example/mcp`) })),
    allowed: { public: new Set(allowed.public), signedIn: new Set(allowed.signedIn) },
    ...{ store, isInstruction, version: '0', log: silent },
  })
  await tools.tried
  return {
    ...tools,
    store,
    database,
    asked: (server = 0) => opened[server]?.asked ?? [],
    async dispose() {
      await tools.close()
      await database.close()
      directory.remove()
    },
  }
}

/** The gateway before a shop of text, called as a session would; each call is of a turn of its own. */
export async function openPaperShop(shop: ReturnType<typeof paperShop>) {
  const tools = await openTestTools([{ name: 'shop', script: { tools: shop.tools, call: shop.call } }])
  let turn = 0
  const call = (customer: Customer | undefined, name: string, args: unknown) =>
    tools.gateway.call({ session: 's', turn: `t${turn++}`, customer }, name, args, new AbortController().signal)
  return { shop, tools, call }
}
