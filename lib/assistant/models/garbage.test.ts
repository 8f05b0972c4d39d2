import { afterEach, describe, expect, test } from 'vitest'
import { ANSWER, openPeer, type Peer, type Script, tokensOf } from '../../../e2e/models/peers/peer.ts'
import { askChain, createTestLog, openTestChain, type VendorName, vendorNames, vendors } from './fixtures.ts'

/** whatever a provider sends, an answer ends, and the process neither dies nor grows. */

let peer: Peer
afterEach(() => peer.close())

async function open(name: VendorName) {
  const { vendor, settings, host } = vendors[name]
  peer = await openPeer(vendor)
  const log = createTestLog()
  const send: typeof fetch = (input, init) => fetch(String(input).replace(host, peer.url), init)
  return { log, chain: await openTestChain(settings, { log, send }) }
}

const OFFLINE = { text: 'The offline assistant says this.', assistant: 'frontdesk/offline', isComplete: true, isStandIn: true }

const voids: Record<string, Script> = {
  'HTML with 200': { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title><p>Please sign in.</p>' },
  'an empty stream': { body: '' },
  'a stream of comments': { body: ': nothing\n\n: nothing\n\n' },
  'nothing but the end': { tokens: [] },
  'only white space': { tokens: [' ', '\n', '\t'] },
  'invalid JSON': { body: 'data: {"choices":[{"delta":{"content":"Sta\n\n' },
  'JSON that is something else': { body: 'data: [1,2,3]\n\ndata: "text"\n\ndata: null\n\n' },
  'no stream at all': { headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
  'bytes of no encoding': { body: Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7 + 128) % 256)) },
  'a redirect, which would take the key along': { status: 307, headers: { location: '/elsewhere' }, body: '' },
  'an error with 200': { body: 'data: {"error":{"message":"overloaded","type":"server_error","code":"overloaded"}}\n\n' },
  'an error page of ten megabytes': { status: 500, body: Buffer.alloc(10 * 1024 * 1024, 'x') },
}

describe.each(vendorNames)('from %s', (name) => {
  test.each(Object.entries(voids))('%s is no answer', async (_, script) => {
    const { chain } = await open(name)
    peer.next(script)
    expect(await askChain(chain)).toMatchObject(OFFLINE)
    expect(peer.requests).toHaveLength(1)
  })

  test('invalid JSON in the middle makes the answer void', async () => {
    const { chain } = await open(name)
    peer.next({ extra: 'data: {"choices":[{"del\n\n' })
    expect(await askChain(chain)).toMatchObject({ ...OFFLINE, restarts: 1 })
  })

  test('a stream that ends early, in order, is a cut one at every token', async () => {
    const { chain } = await open(name)
    for (const endAt of [0, 1, 5, 30]) {
      peer.next({ endAt })
      expect(await askChain(chain)).toMatchObject({ ...OFFLINE, restarts: endAt > 0 ? 1 : 0 })
    }
  })

  test('no finish event is a cut stream', async () => {
    const { chain } = await open(name)
    peer.next({ instead: '' })
    expect(await askChain(chain)).toMatchObject({ ...OFFLINE, restarts: 1 })
  })

  test('characters may be split at every byte', async () => {
    const { chain } = await open(name)
    const text = 'Miễn phí giao hàng từ 5.000 €, „für alle“ 🚚 – déjà vu. '
    peer.next({ byteByByte: true, tokens: tokensOf(text) })
    expect(await askChain(chain)).toMatchObject({ text, isComplete: true, isStandIn: false })
  })

  test.each([
    ['negative', { input: -5000, output: -1000 }],
    ['broken', { input: 0.5, output: 1e21 }],
    ['monstrous', { input: 1e12, output: 1e12 }],
  ])('%s usage is not believed, but estimated', async (_, usage) => {
    const { chain } = await open(name)
    peer.next({ usage })
    await askChain(chain)
    const [row] = chain.totals().models
    expect(row?.output_tokens).toBe(Math.ceil(ANSWER.length / 4))
    expect(row?.input_tokens).toBeGreaterThan(5)
    expect(chain.totals().tokens_today).toBe((row?.input_tokens ?? 0) + (row?.output_tokens ?? 0))
  })

  test('a line of ten megabytes costs no memory', async () => {
    const { chain, log } = await open(name)
    const line = `data: {"choices":[{"delta":{"content":"${'x'.repeat(10 * 1024 * 1024)}"}}]}\n\n`
    peer.next({ body: line }, { body: line })
    await askChain(chain)
    const before = process.memoryUsage().rss
    expect(await askChain(chain)).toMatchObject(OFFLINE)
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024)
    expect(log.lines.filter(({ message }) => message === 'a model failed: it sent too much')).toHaveLength(2)
  })

  test('an answer without end is cut off', async () => {
    const { chain, log } = await open(name)
    peer.next({ tokens: Array.from({ length: 3000 }, () => 'on and on '), stallAt: 2900 })
    expect(await askChain(chain)).toMatchObject({ ...OFFLINE, restarts: 1 })
    expect(log.lines.map(({ message }) => message)).toContain('a model failed: it said too much')
    await peer.requests[0]?.closed
  })
})

describe('of the vendors’ own', () => {
  const chat = (delta: object, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`
  const call = (name: string, args: string, index = 0) =>
    chat({ tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: args } }] })

  test.each([
    ['a tool call with broken JSON', call('refund', '{"amount": 1')],
    ['a tool that was never offered', call('refund', '{"amount":100}')],
    ['a thousand tool calls', Array.from({ length: 1000 }, (_, at) => call('refund', '{}', at)).join('')],
  ])('%s is not run: the answer is void', async (_, calls) => {
    const { chain } = await open('huggingface')
    peer.next({ extra: calls, instead: `${chat({}, 'tool_calls')}data: [DONE]\n\n` })
    expect(await askChain(chain)).toMatchObject({ ...OFFLINE, restarts: 1 })
    expect(peer.requests).toHaveLength(1)
  })

  test('unknown events are passed over', async () => {
    const { chain } = await open('openai')
    peer.next({ extra: 'event: response.dream\ndata: {"type":"response.dream","sequence_number":9,"dream":"sheep"}\n\n' })
    expect(await askChain(chain)).toMatchObject({ text: ANSWER, isComplete: true, isStandIn: false })
  })

  test('an answer that reached its limit of tokens is not whole', async () => {
    const { chain, log } = await open('huggingface')
    peer.next({ instead: `${chat({}, 'length')}data: [DONE]\n\n` })
    expect(await askChain(chain, { releasedFrom: 10 })).toMatchObject({ text: ANSWER, isComplete: false, isStandIn: false })
    expect(log.lines.map(({ message }) => message)).toContain('a model failed: it reached its limit of tokens')
  })

  test('what a model thinks is not said', async () => {
    const { chain } = await open('huggingface')
    peer.next({
      body: `${chat({ reasoning_content: 'The visitor is annoying.' })}${chat({ content: 'Five days.' })}${chat({}, 'stop')}data: [DONE]\n\n`,
    })
    expect(await askChain(chain)).toMatchObject({ text: 'Five days.', isComplete: true })
  })
})

test('the log has neither keys nor texts', async () => {
  const { chain, log } = await open('anthropic')
  peer.next({ status: 500, body: '{"type":"error","error":{"type":"api_error","message":"secret-of-the-provider"}}' }, { dieAt: 9 }, {})
  const request = { instructions: 'secret-instructions', messages: [{ role: 'user' as const, content: 'secret-question' }] }
  for (let at = 0; at < 3; at += 1) await askChain(chain, { request })
  expect(log.lines.length).toBeGreaterThan(4)
  expect(JSON.stringify(log.lines)).not.toMatch(/secret|Standard shipping|"k"/)
})
