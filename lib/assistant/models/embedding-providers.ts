import type { EmbeddingModelV4, EmbeddingModelV4CallOptions } from '@ai-sdk/provider'
import type { TextKind } from '#lib/knowledge/meaning/embedder.ts'
import type { ChosenEmbedder, EmbeddingProvider } from './embedding-settings.ts'
import { credentialOf, type ModelSettings } from './settings.ts'

/** How a model of each provider is made that makes vectors. The libraries are loaded only for the one that was chosen. */

interface Making {
  settings: ModelSettings
  model: string
  apiKey: string
  fetch: typeof fetch
}

export interface MadeEmbeddingModel {
  model: EmbeddingModelV4
  /** Texts of one request, at most: no more than the provider takes, and vectors of no more bytes than are read of a response. */
  batch: number
  /** How many dimensions are asked for; undefined where the model has its own number. */
  dimensions?: number
  /** How texts of a kind are asked for. */
  asked(texts: string[], kind: TextKind): EmbeddingModelV4CallOptions
}

/** Enough for a collection of articles, and a quarter of the memory of what some models make unasked. */
const DIMENSIONS = 768

const makers: Record<EmbeddingProvider, (making: Making) => Promise<MadeEmbeddingModel>> = {
  async openai({ settings: { OPENAI_BASE_URL: baseURL }, model, ...access }) {
    const { createOpenAI } = await import('@ai-sdk/openai')
    const made = createOpenAI({ baseURL: baseURL ?? 'https://api.openai.com/v1', ...access }).embeddingModel(model)
    if (!model.startsWith('text-embedding-3-')) return { model: made, batch: 64, asked: (values) => ({ values }) }
    return { model: made, batch: 128, dimensions: DIMENSIONS, asked: (values) => ({ values, dimensions: DIMENSIONS }) }
  },

  async google({ settings, model, ...access }) {
    const { createGoogle } = await import('@ai-sdk/google')
    const baseURL = settings.GEMINI_BASE_URL ?? 'https://generativelanguage.googleapis.com/v1beta'
    const made = { model: createGoogle({ baseURL, ...access }).embeddingModel(model), batch: 100, dimensions: DIMENSIONS }
    // The later models take the task as words of the text.
    if (/^gemini-embedding-[2-9]/.test(model)) {
      const prefix = { passage: 'title: none | text: ', question: 'task: question answering | query: ' }
      return { ...made, asked: (texts, kind) => ({ values: texts.map((text) => prefix[kind] + text), dimensions: DIMENSIONS }) }
    }
    const taskType = { passage: 'RETRIEVAL_DOCUMENT', question: 'QUESTION_ANSWERING' }
    return {
      ...made,
      asked: (values, kind) => ({ values, dimensions: DIMENSIONS, providerOptions: { google: { taskType: taskType[kind] } } }),
    }
  },

  async 'openai-compatible'({ settings, model, apiKey: baseURL, fetch }) {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
    const access = settings.AI_API_KEY ? { apiKey: settings.AI_API_KEY } : {}
    const made = createOpenAICompatible({ name: 'openai-compatible', baseURL, fetch, ...access }).embeddingModel(model)
    return { model: made, batch: 32, asked: (values) => ({ values }) }
  },
}

/** The model that was chosen, speaking through `fetch`. */
export function makeEmbeddingModel(
  settings: ModelSettings,
  { provider, model }: ChosenEmbedder,
  send: typeof fetch,
): Promise<MadeEmbeddingModel> {
  return makers[provider]({ settings, model, apiKey: credentialOf(settings, provider) ?? '', fetch: send })
}
