import { afterEach, describe, expect, test } from 'vitest'
import { openPeer, type Peer, tokensOf } from '../../../e2e/models/peers/peer.ts'
import { askChain, createTestLog, openTestChain, type VendorName, vendorNames, vendors } from './fixtures.ts'
import type { Toolbox, ToolResult } from './tool-steps.ts'

/** Tools, as each vendor speaks of them: asked for, called, told of, and never without an end. */

const peers: Peer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.close()
})

async function open(...chosen: VendorName[]) {
  const settings: Record<string, string> = { AI_FALLBACK: [...chosen.slice(1), 'offline'].join(','), AI_PROVIDER: chosen[0] ?? '' }
  const places: Array<[string, string]> = []
  for (const name of chosen) {
    const peer = await openPeer(vendors[name].vendor)
    peers.push(peer)
    Object.assign(settings, vendors[name].settings)
    places.push([vendors[name].host, peer.url])
  }
  const send: typeof fetch = (input, init) =>
    fetch(
      places.reduce((url, [host, own]) => url.replace(host, own), String(input)),
      init,
    )
  return { chain: await openTestChain(settings, { log: createTestLog(), send }), peer: peers[0] as Peer, other: peers[1] as Peer }
}

/** A toolbox that remembers what it was asked for. */
function toolbox(answer: (name: string) => ToolResult = () => ({ text: 'MON-0054 costs $166.85.' })) {
  const called: Array<{ name: string; args: unknown }> = []
  const tools: Toolbox = {
    offered: [
      { name: 'get_product', description: 'One product.', parameters: { type: 'object', properties: { sku: { type: 'string' } } } },
    ],
    async call(name, args) {
      called.push({ name, args })
      return answer(name)
    },
  }
  return { tools, called }
}

const wanted = { name: 'get_product', args: '{"sku":"MON-0054"}' }
const said = { text: 'It costs $166.85. ', isComplete: true, isStandIn: false }
const tokens = tokensOf('It costs $166.85. ')
const offline = { assistant: 'frontdesk/offline', isComplete: true, isStandIn: true }

describe.each(vendorNames)('%s', (name) => {
  test('asks for a tool, is told what it found, and answers', async () => {
    const { chain, peer } = await open(name)
    const { tools, called } = toolbox()
    peer.next({ calls: [wanted] }, { tokens })
    expect(await askChain(chain, { request: { tools } })).toMatchObject(said)
    expect(called).toEqual([{ name: 'get_product', args: { sku: 'MON-0054' } }])
    expect(JSON.stringify(peer.requests[1]?.body)).toContain('MON-0054 costs $166.85.')
    expect(peer.faults).toEqual([])
  })

  test('asks for several at once, and again, with words before', async () => {
    const { chain, peer } = await open(name)
    const { tools, called } = toolbox()
    peer.next({ tokens: ['Let ', 'me ', 'look. '], calls: [wanted, wanted] }, { calls: [wanted] }, { tokens })
    expect((await askChain(chain, { request: { tools } })).text).toContain(said.text)
    expect(called).toHaveLength(3)
    expect(peer.faults).toEqual([])
  })

  test('that goes on asking is offered nothing any more in the end, and then is not heard', async () => {
    const { chain, peer } = await open(name)
    const { tools, called } = toolbox()
    peer.otherwise = { calls: [wanted] }
    expect(await askChain(chain, { request: { tools } })).toMatchObject(offline)
    expect(peer.requests).toHaveLength(8)
    expect(called.length).toBeLessThanOrEqual(8)
    expect(peer.faults).toEqual([])
  })

  test('that asks for a thousand at once gets eight', async () => {
    const { chain, peer } = await open(name)
    const { tools, called } = toolbox()
    peer.next({ calls: Array.from({ length: 100 }, () => wanted) }, { tokens })
    expect(await askChain(chain, { request: { tools } })).toMatchObject(said)
    expect(called).toHaveLength(8)
    expect(peer.faults).toEqual([])
  })

  test('says nothing more where a tool ends the answer', async () => {
    const { chain, peer } = await open(name)
    const { tools, called } = toolbox(() => ({ text: 'proposed', ends: true }))
    peer.next({ calls: [wanted, wanted, wanted] })
    expect(await askChain(chain, { request: { tools } })).toMatchObject({ text: '', isComplete: true, isStandIn: false })
    expect([called.length, peer.requests.length]).toEqual([1, 1])
  })

  test('that asks for a tool where none is offered is not heard', async () => {
    const { chain, peer } = await open(name)
    peer.next({ calls: [wanted] })
    expect(await askChain(chain)).toMatchObject(offline)
  })

  test('that dies between the steps is followed by nobody who calls anything again', async () => {
    const { chain, peer } = await open(name)
    const { tools, called } = toolbox()
    peer.next({ calls: [wanted] }, { status: 500, body: '{}' })
    expect(await askChain(chain, { request: { tools } })).toMatchObject(offline)
    expect(called).toHaveLength(1)
  })
})

describe.each(['openai', 'huggingface', 'anthropic'] as const)('%s, with arguments that are no JSON', (name) => {
  test.each(['{"sku":', '[1]', '"MON-0054"', 'null', 'x'.repeat(9000)])('%.12s: no tool is called, and it is told so', async (args) => {
    const { chain, peer } = await open(name)
    const { tools, called } = toolbox()
    peer.next({ calls: [{ name: 'get_product', args }] }, { tokens })
    expect(await askChain(chain, { request: { tools } })).toMatchObject(said)
    expect(called).toEqual([])
    expect(JSON.stringify(peer.requests[1]?.body)).toContain('no JSON object')
  })
})

test('another vendor goes on with what was found', async () => {
  const { chain, peer, other } = await open('openai', 'anthropic')
  const { tools, called } = toolbox()
  peer.next({ calls: [wanted] }, { status: 500, body: '{}' })
  other.next({ tokens })
  expect(await askChain(chain, { request: { tools } })).toMatchObject(said)
  expect(called).toHaveLength(1)
  expect(JSON.stringify(other.requests[0]?.body)).toContain('MON-0054 costs $166.85.')
  expect([...peer.faults, ...other.faults]).toEqual([])
})
