import { afterEach, describe, expect, test } from 'vitest'
import { ANSWER, openPeer, type Peer, tokensOf, type Vendor } from '../../../e2e/models/peers/peer.ts'
import { chatCompletions, gemini, messages, responses } from '../../../e2e/models/peers/vendors.ts'
import { askChain, createTestLog, openTestChain } from './fixtures.ts'

/** Each provider as its vendor documents it: the request to the letter, the answer as it streams. */

const said = [
  { role: 'user' as const, content: 'Hello' },
  { role: 'assistant' as const, content: 'Good day.' },
  { role: 'user' as const, content: 'How long does shipping take?' },
]
const chatBody = (model: string) => ({
  model,
  messages: [{ role: 'system', content: 'Be brief.' }, ...said],
  max_tokens: 700,
  temperature: 0.2,
  stream: true,
  stream_options: { include_usage: true },
})

interface Case {
  vendor: Vendor
  /** The address that the vendor's own host has, which a test's peer stands in for. */
  host?: string
  settings: (url: string) => Record<string, string>
  body: object
  name: string
}

const cases: Record<string, Case> = {
  'OpenAI, responses': {
    vendor: responses('sk-1'),
    host: 'https://api.openai.com',
    settings: () => ({ OPENAI_API_KEY: 'sk-1' }),
    name: 'openai/gpt-4o-mini',
    body: {
      model: 'gpt-4o-mini',
      input: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
        { role: 'assistant', content: 'Good day.' },
        { role: 'user', content: [{ type: 'input_text', text: 'How long does shipping take?' }] },
      ],
      max_output_tokens: 700,
      temperature: 0.2,
      stream: true,
      store: false,
    },
  },
  'OpenAI at another address, chat completions': {
    vendor: chatCompletions({ key: 'sk-1' }),
    settings: (url) => ({ OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: `${url}/v1/`, AI_MODEL: 'gpt-4o' }),
    name: 'openai/gpt-4o',
    body: chatBody('gpt-4o'),
  },
  'Google Gemini': {
    vendor: gemini('gemini-3.5-flash-lite', 'g-1'),
    host: 'https://generativelanguage.googleapis.com',
    settings: () => ({ GEMINI_API_KEY: 'g-1', GOOGLE_GENERATIVE_AI_API_KEY: 'g-2' }),
    name: 'google/gemini-3.5-flash-lite',
    body: {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hello' }] },
        { role: 'model', parts: [{ text: 'Good day.' }] },
        { role: 'user', parts: [{ text: 'How long does shipping take?' }] },
      ],
      generationConfig: { maxOutputTokens: 700, temperature: 0.2 },
    },
  },
  'the Hugging Face router': {
    vendor: chatCompletions({ key: 'hf-1' }),
    host: 'https://router.huggingface.co',
    settings: () => ({ HF_TOKEN: 'hf-1', HF_MODEL: 'Qwen/Qwen3-8B' }),
    name: 'huggingface/Qwen/Qwen3-8B',
    body: chatBody('Qwen/Qwen3-8B'),
  },
  Anthropic: {
    vendor: messages('a-1'),
    host: 'https://api.anthropic.com',
    settings: () => ({ ANTHROPIC_API_KEY: 'a-1' }),
    name: 'anthropic/claude-haiku-4-5',
    body: {
      model: 'claude-haiku-4-5',
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: said.map(({ role, content }) => ({ role, content: [{ type: 'text', text: content }] })),
      max_tokens: 700,
      temperature: 0.2,
      stream: true,
    },
  },
  'a compatible server without a key': {
    vendor: chatCompletions({}),
    settings: (url) => ({ AI_BASE_URL: `${url}/v1`, AI_MODEL: 'llama3.2' }),
    name: 'openai-compatible/llama3.2',
    body: chatBody('llama3.2'),
  },
  'a compatible server with a key': {
    vendor: chatCompletions({ path: '/api/chat/completions', key: 'own-1' }),
    settings: (url) => ({ AI_PROVIDER: 'openai-compatible', AI_BASE_URL: `${url}/api`, AI_API_KEY: 'own-1', AI_MODEL: 'llama3.2' }),
    name: 'openai-compatible/llama3.2',
    body: chatBody('llama3.2'),
  },
}

let peer: Peer
afterEach(() => peer.close())

describe.each(Object.entries(cases))('%s', (_, { vendor, host, settings, body, name }) => {
  test('is asked exactly what it documents, and is heard token by token', async () => {
    peer = await openPeer(vendor)
    const log = createTestLog()
    const send: typeof fetch = (input, init) => fetch(host ? String(input).replace(host, peer.url) : input, init)
    const chain = await openTestChain({ ...settings(peer.url), MAX_TOKENS: '700', TEMPERATURE: '0.2' }, { log, send })
    const pieces: string[] = []

    const request = { instructions: 'Be brief.', messages: said }
    const answer = await askChain(chain, { request, onText: (text) => pieces.push(text) })

    expect(peer.faults).toEqual([])
    expect(peer.requests.map((asked) => asked.body)).toEqual([body])
    expect(answer).toEqual({ text: ANSWER, restarts: 0, assistant: name, isComplete: true, isStandIn: false, reasons: [] })
    expect(pieces).toEqual(tokensOf(ANSWER))
    const line = log.lines.find(({ message }) => message === 'an answer')
    expect(line).toMatchObject({ answer_to: 'm-1', model: name, outcome: 'complete', requests: 1, input_tokens: 200, output_tokens: 50 })
  })
})
