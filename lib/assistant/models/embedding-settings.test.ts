import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { chooseEmbedder } from './embedding-settings.ts'
import { modelSettings } from './settings.ts'

const schema = z.object(modelSettings)
const choose = (environment: Record<string, string>) => chooseEmbedder(schema.parse(environment), '2026-11-25')
const keys = { OPENAI_API_KEY: 'o', GEMINI_API_KEY: 'g', ANTHROPIC_API_KEY: 'a', AI_BASE_URL: 'http://127.0.0.1:11434/v1' }

describe('the embedder that is chosen', () => {
  test.each<[string, Record<string, string>, string]>([
    ['of OpenAI, with its key', { OPENAI_API_KEY: 'o' }, 'openai/text-embedding-3-small'],
    ['of Google, with its key', { GEMINI_API_KEY: 'g' }, 'google/gemini-embedding-001'],
    ['of the provider that answers', { ...keys, AI_PROVIDER: 'gemini' }, 'google/gemini-embedding-001'],
    ['of the first that answers and has one', { ...keys, AI_PROVIDER: 'anthropic', AI_FALLBACK: 'google' }, 'google/gemini-embedding-001'],
    ['named with its provider', { ...keys, EMBEDDING_MODEL: 'gemini/gemini-embedding-2' }, 'google/gemini-embedding-2'],
    ['named alone, by the provider that answers', { ...keys, AI_PROVIDER: 'openai', EMBEDDING_MODEL: 'my-own' }, 'openai/my-own'],
    ['whose name tells whose it is', { ...keys, EMBEDDING_MODEL: 'gemini-embedding-001' }, 'google/gemini-embedding-001'],
    [
      'whose name tells, at another address',
      { AI_BASE_URL: keys.AI_BASE_URL, AI_MODEL: 'm', EMBEDDING_MODEL: 'text-embedding-3-large' },
      'openai-compatible/text-embedding-3-large',
    ],
    [
      'of a compatible server',
      { AI_BASE_URL: keys.AI_BASE_URL, AI_MODEL: 'm', EMBEDDING_MODEL: 'nomic-embed-text' },
      'openai-compatible/nomic-embed-text',
    ],
    [
      'with slashes of its own',
      { AI_BASE_URL: keys.AI_BASE_URL, AI_MODEL: 'm', EMBEDDING_MODEL: 'openai-compatible/BAAI/bge-m3' },
      'openai-compatible/BAAI/bge-m3',
    ],
    [
      'with slashes, alone',
      { AI_BASE_URL: keys.AI_BASE_URL, AI_MODEL: 'm', EMBEDDING_MODEL: 'BAAI/bge-m3' },
      'openai-compatible/BAAI/bge-m3',
    ],
    [
      'of a desk that answers offline',
      { OPENAI_API_KEY: 'o', AI_PROVIDER: 'offline', EMBEDDING_MODEL: 'openai/text-embedding-3-large' },
      'openai/text-embedding-3-large',
    ],
  ])('is the one %s', (_, environment, expected) => {
    const { embedder, problems } = choose(environment)
    expect(problems).toEqual([])
    expect(`${embedder?.provider}/${embedder?.model}`).toBe(expected)
    expect(embedder).not.toHaveProperty('warning')
  })

  test.each<[string, Record<string, string>]>([
    ['without a key', {}],
    ['turned off', { ...keys, EMBEDDING_MODEL: 'off' }],
    ['when nobody who answers has one', { ANTHROPIC_API_KEY: 'a' }],
    ['when another has one that is not to answer', { ...keys, AI_PROVIDER: 'anthropic' }],
    ['when no model is to answer', { ...keys, AI_PROVIDER: 'offline' }],
    ['at a compatible server without a name', { AI_BASE_URL: keys.AI_BASE_URL, AI_MODEL: 'm' }],
  ])('is none %s', (_, environment) => {
    expect(choose(environment)).toEqual({ problems: [] })
  })
})

test.each(['text-embedding-001', 'text-embedding-004', 'embedding-001', 'google/text-embedding-004', 'gemini/embedding-001'])(
  '%s is the name of a model that is gone: its successor is asked',
  (EMBEDDING_MODEL) => {
    const { embedder } = choose({ ...keys, EMBEDDING_MODEL })
    expect(embedder).toMatchObject({
      provider: 'google',
      model: 'gemini-embedding-001',
      warning: expect.stringContaining('no longer served'),
    })
  },
)

test.each<[Record<string, string>, string]>([
  [{ EMBEDDING_MODEL: 'google/gemini-embedding-001' }, 'EMBEDDING_MODEL: google needs GEMINI_API_KEY or GOOGLE_GENERATIVE_AI_API_KEY'],
  [{ EMBEDDING_MODEL: 'my-own' }, 'EMBEDDING_MODEL: no provider with such models has a key (OPENAI_API_KEY, GEMINI_API_KEY, AI_BASE_URL)'],
])('%j is a problem', (environment, problem) => {
  expect(choose(environment)).toEqual({ problems: [problem] })
})
