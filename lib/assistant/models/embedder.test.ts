import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  type EmbeddingPeer,
  type EmbeddingScript,
  type EmbeddingWire,
  openEmbeddingPeer,
  vectorOf,
} from '../../../e2e/models/peers/embedding-peer.ts'
import { embeddings, geminiEmbeddings, tokensOf } from '../../../e2e/models/peers/embedding-wires.ts'
import { createOfflineModel } from '../offline/model.ts'
import { createTestClock, createTestLog } from './fixtures.ts'
import { openModels } from './open.ts'
import { modelSettings } from './settings.ts'

/** Each provider of vectors as its vendor documents it, and what becomes of an answer that is none. */

interface Case {
  wire: EmbeddingWire
  /** The address that the vendor's own host has, which a test's peer stands in for. */
  host?: string
  settings: (url: string) => Record<string, string>
  name: string
  dimensions: number
  /** The bodies of the requests for two passages, and for one question. */
  bodies: [object, object]
  /** Tokens that are counted for both. */
  tokens: number
}

const TEXTS = ['Returns take ten days.', 'We are open from 9 to 5.']
const QUESTION = 'When are you open?'
const openai = (model: string, more: object): [object, object] => [
  { model, input: TEXTS, encoding_format: 'float', ...more },
  { model, input: [QUESTION], encoding_format: 'float', ...more },
]
const counted = tokensOf([...TEXTS, QUESTION])
const estimated = [...TEXTS, QUESTION].reduce((sum, text) => sum + Math.ceil(text.length / 4), 0)
const geminiBody = (model: string, text: string, more: object = {}) => ({
  model: `models/${model}`,
  content: { parts: [{ text }] },
  outputDimensionality: 768,
  ...more,
})
const inBatch = ({ content, ...others }: ReturnType<typeof geminiBody>) => ({ ...others, content: { role: 'user', ...content } })

const cases: Record<string, Case> = {
  OpenAI: {
    wire: embeddings({ key: 'sk-1', model: 'text-embedding-3-small', takesDimensions: true }),
    host: 'https://api.openai.com',
    settings: () => ({ OPENAI_API_KEY: 'sk-1' }),
    name: 'openai/text-embedding-3-small/768',
    dimensions: 768,
    bodies: openai('text-embedding-3-small', { dimensions: 768 }),
    tokens: counted,
  },
  'OpenAI, an earlier model at another address': {
    wire: embeddings({ key: 'sk-1', model: 'text-embedding-ada-002' }),
    settings: (url) => ({ OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: `${url}/v1`, EMBEDDING_MODEL: 'text-embedding-ada-002' }),
    name: 'openai/text-embedding-ada-002',
    dimensions: 96,
    bodies: openai('text-embedding-ada-002', {}),
    tokens: counted,
  },
  'Google Gemini': {
    wire: geminiEmbeddings('gemini-embedding-001', 'g-1'),
    host: 'https://generativelanguage.googleapis.com',
    settings: () => ({ GEMINI_API_KEY: 'g-1' }),
    name: 'google/gemini-embedding-001/768',
    dimensions: 768,
    bodies: [
      { requests: TEXTS.map((text) => inBatch(geminiBody('gemini-embedding-001', text, { taskType: 'RETRIEVAL_DOCUMENT' }))) },
      geminiBody('gemini-embedding-001', QUESTION, { taskType: 'QUESTION_ANSWERING' }),
    ],
    tokens: estimated,
  },
  'Google Gemini, the second generation': {
    wire: geminiEmbeddings('gemini-embedding-2', 'g-1'),
    settings: (url) => ({ GEMINI_API_KEY: 'g-1', GEMINI_BASE_URL: `${url}/v1beta`, EMBEDDING_MODEL: 'gemini-embedding-2' }),
    name: 'google/gemini-embedding-2/768',
    dimensions: 768,
    bodies: [
      { requests: TEXTS.map((text) => inBatch(geminiBody('gemini-embedding-2', `title: none | text: ${text}`))) },
      geminiBody('gemini-embedding-2', `task: question answering | query: ${QUESTION}`),
    ],
    tokens: estimated,
  },
  'a compatible server without a key': {
    wire: embeddings({ model: 'nomic-embed-text' }),
    settings: (url) => ({ AI_BASE_URL: `${url}/v1`, AI_MODEL: 'llama3.2', EMBEDDING_MODEL: 'nomic-embed-text' }),
    name: 'openai-compatible/nomic-embed-text',
    dimensions: 96,
    bodies: openai('nomic-embed-text', {}),
    tokens: counted,
  },
}

let peer: EmbeddingPeer
afterEach(() => peer.close())
const { signal } = new AbortController()

async function open({ wire, host, settings }: Pick<Case, 'wire' | 'host' | 'settings'>, more: Record<string, string> = {}) {
  peer = await openEmbeddingPeer(wire)
  const log = createTestLog()
  const clock = createTestClock()
  const send: typeof fetch = (input, init) => fetch(host ? String(input).replace(host, peer.url) : input, init)
  const models = await openModels(z.object(modelSettings).parse({ ...settings(peer.url), ...more }), {
    offline: createOfflineModel(0),
    log,
    clock,
    send,
  })
  // What is said of models that go is not of these.
  log.lines.length = 0
  if (!models.embedder) throw new Error('no embedder was chosen')
  return { embedder: models.embedder, log, clock, tokens: () => models.chain.totals().tokens_today }
}

describe.each(Object.entries(cases))('%s', (_, one) => {
  test('is asked exactly what it documents, and its vectors come at length 1', async () => {
    const { embedder, tokens, log } = await open(one)
    expect(embedder.name).toBe(one.name)
    const vectors = await embedder.embed(TEXTS, 'passage', 1000, signal)
    const [question] = await embedder.embed([QUESTION], 'question', 1000, signal)
    expect(peer.faults).toEqual([])
    expect(peer.requests.map(({ body }) => body)).toEqual(one.bodies)
    expect(vectors.map(({ length }) => length)).toEqual([one.dimensions, one.dimensions])
    for (const vector of [...vectors, question ?? []]) expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    expect(tokens()).toBe(one.tokens)
    expect(log.lines).toEqual([])
  })
})

const spoilt: Record<string, [EmbeddingScript, string]> = {
  'HTML with 200': [
    { body: '<!doctype html><title>Sign in</title>', headers: { 'content-type': 'text/html' } },
    'said what cannot be read',
  ],
  'invalid JSON': [{ body: '{"data":[{"embedding":[0.1,' }, 'said what cannot be read'],
  'JSON that is something else': [{ body: '{"ok":true}' }, 'said what cannot be read'],
  'no vectors': [{ spoil: () => [] }, 'sent 0 vectors for 2 texts'],
  'fewer vectors than texts': [{ spoil: (vectors) => vectors.slice(1) }, 'sent 1 vectors for 2 texts'],
  'more vectors than texts': [{ spoil: (vectors) => [...vectors, ...vectors] }, 'sent 4 vectors for 2 texts'],
  'vectors of another number of dimensions': [
    { spoil: (vectors) => vectors.map((vector) => vector.slice(0, 8)) },
    'sent a vector of 8 dimensions in place of 768',
  ],
  'one vector that is shorter': [
    { spoil: ([first = [], second = []]) => [first, second.slice(1)] },
    'sent a vector of 767 dimensions in place of 768',
  ],
  'numbers that are none': [{ spoil: (vectors) => vectors.map((vector) => vector.map(() => Number.NaN)) }, 'said what cannot be read'],
  'numbers too large to be any': [
    { body: `{"data":[{"embedding":[1e999${',1'.repeat(767)}]},{"embedding":[1${',1'.repeat(767)}]}]}` },
    'said what cannot be read',
  ],
  'vectors of nothing': [{ spoil: (vectors) => vectors.map((vector) => vector.map(() => 0)) }, 'sent a vector without a direction'],
  'ten megabytes': [{ body: Buffer.alloc(10 * 1024 * 1024, ' ') }, 'sent too much'],
  'an error': [{ status: 500, body: '{}' }, 'answered 500'],
  'a redirect, which would take the key along': [{ status: 307, headers: { location: '/elsewhere' }, body: '' }, 'could not be reached'],
}

describe('what is no answer', () => {
  test.each(Object.entries(spoilt))('%s', async (_, [script, why]) => {
    const { embedder, log } = await open(cases.OpenAI as Case)
    peer.next(script)
    await expect(embedder.embed(TEXTS, 'passage', 1000, signal)).rejects.toThrow(why)
    expect(log.lines).toEqual([{ message: `an embedding failed: the model ${why}`, model: 'openai/text-embedding-3-small', texts: 2 }])
    // The next one is believed again.
    expect(await embedder.embed(TEXTS, 'passage', 1000, signal)).toHaveLength(2)
  })

  test('a model of its own number of dimensions that changes within an answer', async () => {
    const { embedder } = await open(cases['a compatible server without a key'] as Case)
    peer.next({ spoil: ([first = [], second = []]) => [first, second.slice(1)] })
    await expect(embedder.embed(TEXTS, 'passage', 1000, signal)).rejects.toThrow('sent a vector of 95 dimensions in place of 96')
  })
})

describe('a model that is slow', () => {
  test('is left when the time is over, and its request ends', async () => {
    const { embedder, clock } = await open(cases.OpenAI as Case)
    peer.next({ isSilent: true })
    const asked = embedder.embed(TEXTS, 'question', 1500, signal)
    const refused = expect(asked).rejects.toThrow('sent no vectors within 1500 ms')
    await expect.poll(() => peer.requests.length).toBe(1)
    clock.advance(1499)
    expect(clock.next()).toBe(1)
    clock.advance(1)
    await refused
    await peer.requests[0]?.closed
  })

  test('is left when nobody needs it any more, which is no failure', async () => {
    const { embedder, log } = await open(cases.OpenAI as Case)
    peer.otherwise = { isSilent: true }
    for (let at = 0; at < 6; at += 1) {
      const leaving = new AbortController()
      const asked = embedder.embed(TEXTS, 'question', 1500, leaving.signal)
      leaving.abort(new Error('the visitor left'))
      await expect(asked).rejects.toThrow('the visitor left')
    }
    expect(log.lines).toEqual([])
    peer.otherwise = {}
    expect(await embedder.embed(TEXTS, 'question', 1500, signal)).toHaveLength(2)
  })
})

test('a model that failed five times in a row is left alone for half a minute', async () => {
  const { embedder, clock } = await open(cases.OpenAI as Case)
  peer.otherwise = { status: 503, body: '{}' }
  for (let at = 0; at < 7; at += 1) await embedder.embed(TEXTS, 'question', 1500, signal).catch(() => undefined)
  expect(peer.requests).toHaveLength(5)
  clock.advance(30_000)
  peer.otherwise = {}
  expect(await embedder.embed(TEXTS, 'question', 1500, signal)).toHaveLength(2)
})

test('a spent budget asks nobody, and vectors spend it', async () => {
  const { embedder, tokens } = await open(cases.OpenAI as Case, { BUDGET_TOKENS_PER_DAY: '5' })
  await embedder.embed(TEXTS, 'passage', 1000, signal)
  expect(tokens()).toBe(tokensOf(TEXTS))
  await expect(embedder.embed([QUESTION], 'question', 1000, signal)).rejects.toThrow('budget')
  expect(peer.requests).toHaveLength(1)
})

test('vectors are those of their texts, in order', async () => {
  const { embedder } = await open(cases['a compatible server without a key'] as Case)
  const [first, second] = await embedder.embed(TEXTS, 'passage', 1000, signal)
  for (const [vector, text] of [
    [first, TEXTS[0]],
    [second, TEXTS[1]],
  ] as Array<[Float32Array, string]>) {
    const expected = vectorOf(text, 96)
    const length = Math.hypot(...expected)
    expect([...vector].map((value, at) => Math.abs(value - (expected[at] as number) / length) < 1e-6)).not.toContain(false)
  }
})
