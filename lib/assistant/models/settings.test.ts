import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { chooseModels, modelSettings } from './settings.ts'

const schema = z.object(modelSettings)
const TODAY = '2026-11-25'

function namesOf(environment: Record<string, string>): string[] {
  const { models, problems } = chooseModels(schema.parse(environment), TODAY)
  expect(problems).toEqual([])
  return models.map(({ provider, model }) => `${provider}/${model}`)
}

const keys = { OPENAI_API_KEY: 'o', GEMINI_API_KEY: 'g', HF_API_KEY: 'h', ANTHROPIC_API_KEY: 'a', AI_BASE_URL: 'http://127.0.0.1:11434/v1' }

describe('the models that are chosen', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['none without a key', {}, []],
    ['the first key that is set', { ...keys, AI_MODEL: 'm' }, ['openai/m']],
    ['Gemini by its own library’s key', { GOOGLE_GENERATIVE_AI_API_KEY: 'g' }, ['google/gemini-3.5-flash-lite']],
    ['Hugging Face by its token', { HF_TOKEN: 'h', ANTHROPIC_API_KEY: 'a' }, ['huggingface/meta-llama/Llama-3.1-8B-Instruct']],
    ['Anthropic', { ANTHROPIC_API_KEY: 'a' }, ['anthropic/claude-haiku-4-5']],
    ['a compatible server', { AI_BASE_URL: 'http://127.0.0.1:11434/v1', AI_MODEL: 'llama3.2' }, ['openai-compatible/llama3.2']],
    ['the one that is named', { ...keys, AI_PROVIDER: 'anthropic' }, ['anthropic/claude-haiku-4-5']],
    ['gemini, which is google', { ...keys, AI_PROVIDER: 'gemini' }, ['google/gemini-3.5-flash-lite']],
    ['nobody, when offline is named', { ...keys, AI_PROVIDER: 'offline', AI_FALLBACK: 'openai' }, []],
    [
      'a chain, in its order, each once',
      { ...keys, AI_FALLBACK: 'gemini, huggingface/Qwen/Qwen3-8B,openai,offline' },
      ['openai/gpt-4o-mini', 'google/gemini-3.5-flash-lite', 'huggingface/Qwen/Qwen3-8B'],
    ],
    ['nobody behind offline', { ...keys, AI_FALLBACK: 'offline,google' }, ['openai/gpt-4o-mini']],
    [
      'OpenAI behind Hugging Face, by itself',
      { AI_PROVIDER: 'huggingface', HF_API_KEY: 'h', HF_MODEL: 'Qwen/Qwen3-8B', OPENAI_API_KEY: 'o', AI_MODEL: 'gpt-6-luna' },
      ['huggingface/Qwen/Qwen3-8B', 'openai/gpt-6-luna'],
    ],
    [
      'nobody behind Hugging Face, when that is said',
      { AI_PROVIDER: 'huggingface', HF_API_KEY: 'h', OPENAI_API_KEY: 'o', AI_FALLBACK: 'offline' },
      ['huggingface/meta-llama/Llama-3.1-8B-Instruct'],
    ],
  ])('%s', (_, environment, expected) => {
    expect(namesOf(environment)).toEqual(expected)
  })
})

describe('models that their makers shut down', () => {
  const choose = (provider: string, AI_MODEL: string, today = TODAY) =>
    chooseModels(schema.parse({ ...keys, AI_PROVIDER: provider, AI_MODEL }), today).models[0]

  test.each([
    ['google', 'gemini-2.0-flash', 'gemini-3.5-flash-lite'],
    ['google', 'gemini-1.5-pro', 'gemini-3.5-flash-lite'],
    ['openai', 'gpt-4', 'gpt-4o-mini'],
    ['huggingface', 'TinyLlama/TinyLlama-1.1B-Chat-v1.0', 'meta-llama/Llama-3.1-8B-Instruct'],
  ])('%s: %s', (provider, model, instead) => {
    expect(choose(provider, model)).toMatchObject({ model: instead, warning: expect.stringContaining(`${model} is no longer served`) })
  })

  test('are named before that', () => {
    expect(choose('openai', 'gpt-4o-mini')).toMatchObject({ model: 'gpt-4o-mini', warning: expect.stringContaining('2027-01-14') })
    expect(choose('openai', 'gpt-4', '2027-01-14')).toMatchObject({ model: 'gpt-6-luna', warning: expect.stringContaining('gpt-4 is no') })
    expect(choose('anthropic', 'claude-haiku-4-5')).not.toHaveProperty('warning')
  })
})

describe('what is wrong', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['a named provider without its key', { AI_PROVIDER: 'openai' }, /^OPENAI_API_KEY: openai needs it$/],
    ['a provider with two names for its key', { AI_PROVIDER: 'huggingface' }, /^HF_API_KEY or HF_TOKEN: huggingface needs it$/],
    ['a fallback without its key', { OPENAI_API_KEY: 'o', AI_FALLBACK: 'google' }, /^GEMINI_API_KEY or .*: google needs it$/],
    ['a compatible server without a model', { AI_BASE_URL: 'http://127.0.0.1:1/v1' }, /^AI_MODEL: openai-compatible needs it/],
  ])('%s', (_, environment, problem) => {
    expect(chooseModels(schema.parse(environment), TODAY).problems).toEqual([expect.stringMatching(problem)])
  })

  test.each([
    ['AI_PROVIDER', 'chatgpt'],
    ['AI_FALLBACK', 'openai,chatgpt'],
    ['OPENAI_BASE_URL', 'api.openai.com/v1'],
    ['AI_BASE_URL', 'file:///etc/passwd'],
    ['TEMPERATURE', '3'],
    ['MAX_TOKENS', '0'],
    ['BUDGET_TOKENS_PER_DAY', '-1'],
  ])('%s=%s', (name, value) => {
    expect(schema.safeParse({ [name]: value }).error?.issues.map(({ path }) => path[0])).toEqual([name])
  })
})
