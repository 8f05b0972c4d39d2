import { afterEach, describe, expect, test } from 'vitest'
import { silent } from '#lib/session/fixtures.ts'
import type { ToolDefinition } from '../definition.ts'
import { type Message, type Peer, type Script, startPeer, text } from '../fixtures.ts'
import { NoAnswer, openServer, type ServerTimes } from './server.ts'

const open: Array<{ close?: () => Promise<void>; stop?: () => Promise<void> }> = []
afterEach(async () => {
  for (const one of open.splice(0)) await (one.close ?? one.stop)?.()
})

/** Deadlines short enough to wait for; what they mean does not depend on their length. */
const times: ServerTimes = { connectMs: 400, callMs: 300, refreshMs: 60_000, retryMs: 20 }
const plain = (name: string) => ({ name, description: 'A tool.', inputSchema: { type: 'object', properties: {} } })

async function peer(script: Partial<Script> = {}, port = 0): Promise<Peer> {
  const started = await startPeer({ tools: () => [plain('echo')], call: () => text('hello'), ...script }, port)
  open.push(started)
  return started
}

function connect(url: URL) {
  const lists: string[][] = []
  const waiting: Array<{ wanted: string; resolve: () => void }> = []
  const server = openServer(
    { name: 'peer', url },
    {
      ...{ log: silent, version: '0', times },
      onTools: async (tools: ToolDefinition[]) => {
        const names = tools.map(({ name }) => name)
        lists.push(names)
        for (const { wanted, resolve } of waiting) if (wanted === names.join()) resolve()
      },
    },
  )
  open.push(server)
  const call = (name = 'echo', args = {}) => server.call(name, args, { signal: AbortSignal.timeout(5000) })
  /** Resolves when the server has exactly these tools. */
  const has = (...names: string[]) =>
    new Promise<void>((resolve) => {
      if (lists.at(-1)?.join() === names.join()) resolve()
      else waiting.push({ wanted: names.join(), resolve })
    })
  return { server, call, has }
}

describe('a tool server', () => {
  test('is asked for its tools, and called', async () => {
    const { url, asked } = await peer()
    const { call, has } = connect(url)
    await has('echo')
    expect(await call('echo', { a: 1 })).toEqual({ text: 'hello', structured: undefined, isError: false })
    expect(asked.findLast(({ method }) => method === 'tools/call')?.params?.arguments).toEqual({ a: 1 })
  })

  test('is given what goes with a call as _meta', async () => {
    const { url, asked } = await peer()
    const { server, has } = connect(url)
    await has('echo')
    await server.call('echo', {}, { signal: AbortSignal.timeout(5000), meta: { 'frontdesk/idempotency-key': 'k-1' } })
    expect(asked.findLast(({ method }) => method === 'tools/call')?.params?._meta).toMatchObject({ 'frontdesk/idempotency-key': 'k-1' })
  })

  test('that is down at first is there once it is up, and its key is shown', async () => {
    const first = await peer()
    const port = Number(first.url.port)
    await first.stop()
    const { server, call, has } = connect(first.url)
    await server.tried
    expect(server.tools()).toEqual([])
    await expect(call()).rejects.toThrow(NoAnswer)
    await peer({}, port)
    await has('echo')
    expect(await call()).toMatchObject({ text: 'hello' })
  })

  test('says when its tools change, and is asked again', async () => {
    const tools = [plain('echo')]
    const { url, notify } = await peer({ tools: () => tools })
    const { server, has } = connect(url)
    await has('echo')
    // The server hears the listener after the list was read: say it until it is heard.
    tools.push(plain('second'))
    const saying = setInterval(() => notify('notifications/tools/list_changed'), 20)
    await has('echo', 'second')
    clearInterval(saying)
    expect(server.isUp()).toBe(true)
  })

  test('that dies loses its tools, and has them again when it is back', async () => {
    const first = await peer()
    const { call, has } = connect(first.url)
    await has('echo')
    await first.stop()
    await expect(call()).rejects.toThrow(NoAnswer)
    await has()
    await peer({ tools: () => [plain('other')] }, Number(first.url.port))
    await has('other')
  })
})

describe('a call comes to an end', () => {
  const trouble: Array<[string, (message: Message, response: Parameters<NonNullable<Script['raw']>>[1]) => void]> = [
    ['when nothing is answered', () => undefined],
    ['when the connection breaks in the middle', (_, response) => response.destroy()],
    [
      'when the answer is to something else',
      ({ id }, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(`{"jsonrpc":"2.0","id":${(id ?? 0) + 7},"result":{"content":[]}}`),
    ],
    [
      'when the same comes as an event',
      ({ id }, response) =>
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .end(`data: {"jsonrpc":"2.0","id":${(id ?? 0) + 7},"result":{"content":[]}}\n\n`),
    ],
    ['when it is no JSON', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>')],
    ['when it is not found', (_, response) => response.writeHead(404).end('gone')],
    [
      'when it never ends',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        const drip = setInterval(() => response.write('d'), 20)
        response.on('close', () => clearInterval(drip))
      },
    ],
  ]

  test.each(trouble)('%s', async (_, answer) => {
    const { url } = await peer({
      raw: (message, response) => {
        if (message.method !== 'tools/call') return false
        answer(message, response)
        return true
      },
    })
    const { call, has } = connect(url)
    await has('echo')
    await expect(call()).rejects.toThrow(NoAnswer)
  })

  test.each(['application/json', 'text/event-stream'])('before 10 MB of %s are read', async (type) => {
    let sent = 0
    const { url } = await peer({
      raw: ({ method, id }, response) => {
        if (method !== 'tools/call') return false
        response.writeHead(200, { 'content-type': type })
        const head = `{"jsonrpc":"2.0","id":${id},"result":{"content":[{"type":"text","text":"`
        response.write(type === 'application/json' ? head : `data: ${head}`)
        const piece = 'x'.repeat(64 * 1024)
        const more = () => {
          for (; sent < 10 * 1024 * 1024 && !response.destroyed; sent += piece.length) {
            if (!response.write(piece)) return void response.once('drain', more)
          }
          response.end('"}]}}\n\n')
        }
        more()
        return true
      },
    })
    const { call, has } = connect(url)
    await has('echo')
    await expect(call()).rejects.toThrow(/longer than|more than is read/)
    expect(sent).toBeLessThan(8 * 1024 * 1024)
  })

  test('when it is sent elsewhere, where nobody is asked', async () => {
    const elsewhere = await peer()
    const { url } = await peer({
      raw: ({ method }, response) => {
        if (method === 'tools/call') response.writeHead(307, { location: elsewhere.url.href }).end()
        return method === 'tools/call'
      },
    })
    const { call, has } = connect(url)
    await has('echo')
    await expect(call()).rejects.toThrow(NoAnswer)
    expect(elsewhere.asked).toEqual([])
  })

  test('when its caller has gone', async () => {
    const { url } = await peer({ raw: ({ method }) => method === 'tools/call' })
    const { server, has } = connect(url)
    await has('echo')
    const gone = new AbortController()
    const running = server.call('echo', {}, { signal: gone.signal })
    gone.abort(new Error('gone'))
    await expect(running).rejects.toThrow('gone')
  })
})

describe('a list of tools', () => {
  test('is had without those that cannot be read', async () => {
    const { url } = await peer({
      tools: () => [
        plain('good'),
        { name: 'no schema' },
        { ...plain('bad'), inputSchema: 'none' },
        { ...plain('worse'), inputSchema: { type: 'object', properties: { a: { type: 'strin' } } } },
        { ...plain('pattern'), inputSchema: { type: 'object', properties: { a: { type: 'string', pattern: '(' } } } },
        { ...plain('far'), inputSchema: { $ref: 'http://127.0.0.1:1/schema' } },
        { ...plain('bad/name') },
        5,
        plain('second'),
        { ...plain('good'), description: 'A second one of this name.' },
      ],
    })
    const { server, has } = connect(url)
    await has('good', 'second')
    expect(server.tools()[0]?.description).toBe('A tool.')
  })
  test('is had without one that is nested without end', async () => {
    const deep = `${'{"type":"object","properties":{"a":'.repeat(5000)}{}${'}}'.repeat(5000)}`
    const { url } = await peer({
      raw: ({ method, id }, response) => {
        if (method !== 'tools/list') return false
        const list = `[{"name":"deep","inputSchema":${deep}},${JSON.stringify(plain('good'))}]`
        response.writeHead(200, { 'content-type': 'application/json' }).end(`{"jsonrpc":"2.0","id":${id},"result":{"tools":${list}}}`)
        return true
      },
    })
    await connect(url).has('good')
  })
})
