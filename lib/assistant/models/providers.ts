import type { LanguageModelV4, SharedV4ProviderOptions } from '@ai-sdk/provider'
import { type ChosenModel, credentialOf, type ModelSettings, type RemoteProvider } from './settings.ts'

/** How a model of each provider is made. The libraries are loaded only for those that were chosen. */

interface Making {
  settings: ModelSettings
  model: string
  apiKey: string
  fetch: typeof fetch
}

export interface MadeModel {
  model: LanguageModelV4
  /** What goes with every request to it. */
  options?: SharedV4ProviderOptions
}

const makers: Record<RemoteProvider, (making: Making) => Promise<MadeModel>> = {
  async openai({ settings: { OPENAI_BASE_URL: baseURL }, model, ...access }) {
    const { createOpenAI } = await import('@ai-sdk/openai')
    const openai = createOpenAI({ baseURL: baseURL ?? 'https://api.openai.com/v1', ...access })
    // Another server that speaks for OpenAI has chat completions; the Responses API few have.
    if (baseURL) return { model: openai.chat(model) }
    // OpenAI is to keep no copy of what visitors write.
    return { model: openai.responses(model), options: { openai: { store: false } } }
  },

  async google({ settings, model, ...access }) {
    const { createGoogle } = await import('@ai-sdk/google')
    return {
      model: createGoogle({ baseURL: settings.GEMINI_BASE_URL ?? 'https://generativelanguage.googleapis.com/v1beta', ...access })(model),
    }
  },

  async huggingface({ settings, model, apiKey, fetch }) {
    return compatible('huggingface', settings.HF_BASE_URL ?? 'https://router.huggingface.co/v1', { model, apiKey, fetch })
  },

  async anthropic({ settings, model, ...access }) {
    const { createAnthropic } = await import('@ai-sdk/anthropic')
    return { model: createAnthropic({ baseURL: settings.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com/v1', ...access })(model) }
  },

  // What stands for its credential is the address; a key is for servers that want one.
  async 'openai-compatible'({ settings, model, apiKey: address, fetch }) {
    return compatible('openai-compatible', address, { model, fetch, ...(settings.AI_API_KEY ? { apiKey: settings.AI_API_KEY } : {}) })
  },
}

async function compatible(name: string, baseURL: string, { model, ...access }: { model: string; apiKey?: string; fetch: typeof fetch }) {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
  return { model: createOpenAICompatible({ name, baseURL, includeUsage: true, ...access })(model) }
}

/** The model that was chosen, speaking through `fetch`. */
export function makeModel(settings: ModelSettings, { provider, model }: ChosenModel, send: typeof fetch): Promise<MadeModel> {
  return makers[provider]({ settings, model, apiKey: credentialOf(settings, provider) ?? '', fetch: send })
}
