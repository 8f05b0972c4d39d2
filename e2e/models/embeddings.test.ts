import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '#lib/config.ts'
import { createDesk, type Desk } from '#lib/desk.ts'
import { startDesk } from '../support/desk-process.ts'
import { type EmbeddingPeer, type EmbeddingScript, openEmbeddingPeer } from './peers/embedding-peer.ts'
import { embeddings, geminiEmbeddings } from './peers/embedding-wires.ts'

/** A whole desk and a provider of vectors: what is asked for when, and that a provider which fails costs no answer and no time. */

const QUESTION = 'How long does standard shipping take?'
const ANSWER = '3 to 5 business days'

const place = mkdtempSync(join(tmpdir(), 'frontdesk-embeddings-'))
const knowledgeDir = join(place, 'knowledge')
const dataDir = join(place, 'data')
const shipping = join(knowledgeDir, 'shipping-times.md')
let openai: EmbeddingPeer
let gemini: EmbeddingPeer
let desk: Desk

beforeAll(async () => {
  cpSync('knowledge', knowledgeDir, { recursive: true })
  openai = await openEmbeddingPeer(embeddings({ key: 'sk-1', model: 'text-embedding-3-small', takesDimensions: true }))
  gemini = await openEmbeddingPeer(geminiEmbeddings('gemini-embedding-001', 'g-1'))
})
beforeEach(() => {
  openai.requests.length = 0
  openai.otherwise = {}
})
afterEach(() => expect([...openai.faults, ...gemini.faults]).toEqual([]))
afterAll(async () => {
  await Promise.all([openai.close(), gemini.close()])
  rmSync(place, { recursive: true, force: true })
})

/** A desk that answers offline, so that nothing but vectors is asked for. */
function settings(more: Record<string, string> = {}): Record<string, string> {
  return {
    DATA_DIR: dataDir,
    KNOWLEDGE_DIR: knowledgeDir,
    RATE_LIMIT: 'off',
    OFFLINE_PACE_MS: '0',
    AI_PROVIDER: 'offline',
    EMBEDDING_MODEL: 'openai/text-embedding-3-small',
    OPENAI_API_KEY: 'sk-1',
    OPENAI_BASE_URL: `${openai.url}/v1`,
    GEMINI_API_KEY: 'g-1',
    GEMINI_BASE_URL: `${gemini.url}/v1beta`,
    ...more,
  }
}

async function open(more: Record<string, string> = {}): Promise<void> {
  desk = await createDesk(readConfig(settings({ LOG_LEVEL: 'silent', ...more })))
}

async function state(): Promise<string> {
  const { knowledge } = await desk.checks()
  return `${knowledge?.status}: ${knowledge?.detail}`
}
async function isEmbedded(): Promise<void> {
  await desk.knowledge.embedding()
  expect(await state()).toMatch(/^ok: \d+ articles, (\d+) of \1 passages embedded$/)
}
const answerTo = async (question: string) => (await desk.session().ask(question)).content

describe('the articles', () => {
  afterEach(() => desk.close())

  it('are embedded once, in the background, and a question when it is asked', async () => {
    await open()
    await isEmbedded()
    const texts = openai.texts()
    expect(new Set(texts).size).toBe(texts.length)
    expect(await answerTo(QUESTION)).toContain(ANSWER)
    await answerTo(QUESTION)
    expect(openai.texts().slice(texts.length)).toEqual([QUESTION])
  })

  it('are not embedded again by a desk that starts anew', async () => {
    await open()
    await isEmbedded()
    expect(openai.requests).toEqual([])
    expect(await answerTo(QUESTION)).toContain(ANSWER)
    expect(openai.texts()).toEqual([QUESTION])
  })

  it('are embedded again where they changed, and only there', async () => {
    await open()
    await isEmbedded()
    const passages = Number(/of (\d+)/.exec(await state())?.[1])
    const before = readFileSync(shipping, 'utf8')
    writeFileSync(shipping, `${before}\n\n## Drones\n\nDrones take one hour.\n`)
    await expect.poll(state, { timeout: 10_000 }).toContain(`${passages + 1} of ${passages + 1}`)
    expect(openai.texts()).toEqual([expect.stringContaining('Drones take one hour.')])
    writeFileSync(shipping, before)
    await expect.poll(state, { timeout: 10_000 }).toContain(`${passages} of ${passages}`)
    expect(openai.texts()).toHaveLength(1)
  })

  it('are embedded again by another model, all of them; one that is gone has its successor asked', async () => {
    await open({ EMBEDDING_MODEL: 'google/text-embedding-004' })
    await isEmbedded()
    expect(openai.requests).toEqual([])
    expect(gemini.texts().length).toBeGreaterThan(200)
    expect(await answerTo(QUESTION)).toContain(ANSWER)
    expect(gemini.texts().at(-1)).toBe(QUESTION)
  })

  it('are made again where the file is broken', async () => {
    writeFileSync(join(dataDir, 'vectors.bin'), 'no vectors')
    await open()
    await isEmbedded()
    expect(openai.texts().length).toBeGreaterThan(200)
  })

  it('are embedded by nobody when that is off', async () => {
    await open({ EMBEDDING_MODEL: 'off' })
    expect(await answerTo(QUESTION)).toContain(ANSWER)
    expect(await state()).toMatch(/^ok: \d+ articles$/)
    expect(openai.requests).toEqual([])
  })
})

it('neither questions nor keys reach the log', async () => {
  const running = await startDesk(settings({ LOG_LEVEL: 'trace', DATA_DIR: join(place, 'logged') }))
  try {
    await expect.poll(running.output, { timeout: 20_000 }).toContain('the articles are searched by meaning too')
    const ask = () => fetch(`${running.url}/api/chat`, { method: 'POST', body: JSON.stringify({ message: `${QUESTION} Badger.` }) })
    openai.next({ status: 500, body: '{}' })
    expect((await ask()).status).toBe(200)
    expect(running.output()).toContain('an embedding failed: the model answered 500')
    expect(running.output()).not.toMatch(/badger|sk-1/i)
  } finally {
    await running.dispose()
  }
}, 60_000)

/** The longest that a question with a failing provider may take here: its deadline, and a busy machine. */
const SOON_MS = 4000

const failures: Record<string, EmbeddingScript> = {
  'says nothing': { isSilent: true },
  'answers 500': { status: 500, body: '{}' },
  'answers HTML': { body: '<!doctype html><title>Sign in</title>', headers: { 'content-type': 'text/html' } },
  'sends another number of dimensions': { spoil: (vectors) => vectors.map((vector) => vector.slice(0, 8)) },
  'sends no numbers': { spoil: (vectors) => vectors.map((vector) => vector.map(() => Number.NaN)) },
  'sends fewer vectors than it was asked for': { spoil: (vectors) => vectors.slice(1) },
  'sends ten megabytes': { body: Buffer.alloc(10 * 1024 * 1024, ' ') },
}

describe('a provider that fails from the start', () => {
  afterEach(() => desk.close())

  it.each(Object.entries(failures))('and %s leaves the articles to be searched by words', async (_, script) => {
    openai.otherwise = script
    rmSync(join(dataDir, 'vectors.bin'), { force: true })
    await open()
    expect(await answerTo(QUESTION)).toContain(ANSWER)
    await expect.poll(() => openai.requests.length).toBeGreaterThan(0)
    expect(await state()).toMatch(/^ok: \d+ articles, 0 of \d+ passages embedded$/)
  })

  it('and is not there at all likewise', async () => {
    rmSync(join(dataDir, 'vectors.bin'), { force: true })
    const nobody = await openEmbeddingPeer(embeddings({ model: 'none' }))
    await nobody.close()
    await open({ OPENAI_BASE_URL: `${nobody.url}/v1` })
    expect(await answerTo(QUESTION)).toContain(ANSWER)
    expect(await state()).toMatch(/^ok: \d+ articles, 0 of/)
  })
})

describe('a provider that fails at a question', () => {
  beforeAll(async () => {
    openai.otherwise = {}
    await open()
    await isEmbedded()
  })
  afterAll(() => desk.close())

  it.each(Object.entries(failures))('and %s has its words searched, soon', async (how, script) => {
    // One that works before, or the provider would be left alone in the end.
    expect(await answerTo(`${QUESTION} Before it ${how}.`)).toContain(ANSWER)
    openai.otherwise = script
    const began = performance.now()
    expect(await answerTo(`${QUESTION} When it ${how}.`)).toContain(ANSWER)
    expect(performance.now() - began).toBeLessThan(SOON_MS)
    expect(openai.texts().join('\n')).toContain(`When it ${how}.`)
  })

  it('five times in a row is not waited for any more', async () => {
    await answerTo(`${QUESTION} Before.`)
    openai.requests.length = 0
    openai.otherwise = { status: 500, body: '{}' }
    for (let at = 0; at < 8; at += 1) expect(await answerTo(`${QUESTION} Number ${at}.`)).toContain(ANSWER)
    expect(openai.requests).toHaveLength(5)
  })
})
