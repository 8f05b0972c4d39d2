import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type FilePart, readsWith } from './reads.ts'
import { chooseModels, modelSettings } from './settings.ts'

const schema = z.object(modelSettings)
const sized = (mediaType: FilePart['mediaType'], size = 1000): FilePart => ({ mediaType, bytes: new Uint8Array(size) })
const kinds = [sized('image/png'), sized('image/jpeg'), sized('image/webp'), sized('image/gif'), sized('application/pdf')]

/** The kinds of files that the first model of a desk is given. */
function readBy(environment: Record<string, string>): string[] {
  const settings = schema.parse(environment)
  const [first] = chooseModels(settings, '2026-11-25').models
  if (!first) throw new Error('no model')
  return kinds.filter(readsWith(settings, first)).map(({ mediaType }) => mediaType.split('/')[1] ?? '')
}

const pictures = ['png', 'jpeg', 'webp', 'gif']

describe('a model is given what its maker says that it reads', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['OpenAI', { OPENAI_API_KEY: 'k' }, [...pictures, 'pdf']],
    ['OpenAI, the successor', { OPENAI_API_KEY: 'k', AI_MODEL: 'gpt-6-luna' }, [...pictures, 'pdf']],
    ['OpenAI, a model of text', { OPENAI_API_KEY: 'k', AI_MODEL: 'o3-mini' }, []],
    ['OpenAI at another address', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://127.0.0.1/v1' }, pictures],
    ['Google', { GEMINI_API_KEY: 'k' }, ['png', 'jpeg', 'webp', 'pdf']],
    ['Anthropic', { ANTHROPIC_API_KEY: 'k' }, [...pictures, 'pdf']],
    ['Hugging Face', { HF_API_KEY: 'k' }, []],
    ['a server of one’s own', { AI_BASE_URL: 'http://127.0.0.1/v1', AI_MODEL: 'llava' }, []],
  ])('%s', (_, environment, expected) => {
    expect(readBy(environment)).toEqual(expected)
  })

  test.each([
    ['images', pictures],
    ['pdf', ['pdf']],
    ['images, pdf', [...pictures, 'pdf']],
    ['none', []],
  ])('or what the owner says: %s', (AI_READS, expected) => {
    expect(readBy({ AI_BASE_URL: 'http://127.0.0.1/v1', AI_MODEL: 'llava', AI_READS })).toEqual(expected)
    expect(readBy({ OPENAI_API_KEY: 'k', AI_READS })).toEqual(expected)
  })

  test('but nothing that is too large', () => {
    const settings = schema.parse({ ANTHROPIC_API_KEY: 'k' })
    const reads = readsWith(settings, { provider: 'anthropic', model: 'claude-haiku-4-5' })
    expect(reads(sized('image/png', 5 * 1024 * 1024))).toBe(true)
    expect(reads(sized('image/png', 5 * 1024 * 1024 + 1))).toBe(false)
    expect(reads(sized('application/pdf', 10 * 1024 * 1024))).toBe(true)
  })

  test('an owner who misspells it is told', () => {
    const { error } = schema.safeParse({ AI_READS: 'pictures' })
    expect(error?.issues).toMatchObject([{ path: ['AI_READS'], message: '"pictures" is none of images, pdf, none' }])
  })
})
