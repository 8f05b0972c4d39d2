import type { RemoteProvider } from './settings.ts'

/**
 * Models that their makers shut down, with the day (YYYY-MM-DD) from which on a request fails, and what is asked
 * instead. From developers.openai.com/api/docs/deprecations and ai.google.dev/gemini-api/docs/deprecations, read on 2026-11-25.
 */
const shutDown: Partial<Record<RemoteProvider, Array<{ model: RegExp; on: string; instead: string }>>> = {
  openai: [
    { model: /^gpt-(4|4-0613|4-turbo.*|4-1106-preview|3\.5-turbo.*)$/, on: '2026-10-23', instead: 'gpt-4o-mini' },
    { model: /^gpt-4(o|\.1)(-mini)?$/, on: '2027-01-14', instead: 'gpt-6-luna' },
  ],
  google: [
    { model: /^gemini-(pro|1\.\d.*|2\.0-flash.*)$/, on: '2026-06-01', instead: 'gemini-3.5-flash-lite' },
    { model: /^gemini-2\.5-flash$/, on: '2026-12-01', instead: 'gemini-3.5-flash-lite' },
    { model: /^gemini-2\.5-pro$/, on: '2026-12-01', instead: 'gemini-3.8-flash' },
    // The embedding models; text-embedding-001 is what one of the original projects calls the first of them.
    { model: /^((text-)?embedding-001|embedding-gecko-001|gemini-embedding-exp.*)$/, on: '2025-10-30', instead: 'gemini-embedding-001' },
    { model: /^text-embedding-004$/, on: '2026-01-14', instead: 'gemini-embedding-001' },
  ],
  // The router does not serve it: it takes a compatible server of one's own.
  huggingface: [{ model: /^TinyLlama\//, on: '2026-01-01', instead: 'meta-llama/Llama-3.1-8B-Instruct' }],
}

/** The model to ask for, with a warning where another one was named or this one will go within the next months. */
export function currentModel(provider: RemoteProvider, named: string, today: string): { model: string; warning?: string } {
  let model = named
  let warning: string | undefined
  for (;;) {
    const known = shutDown[provider]?.find((entry) => entry.model.test(model))
    if (!known) break
    if (today < known.on) {
      warning ??= `${provider}/${model} is shut down on ${known.on}; ${known.instead} takes its place then`
      break
    }
    model = known.instead
    warning = `${provider}/${named} is no longer served; ${model} is asked instead`
  }
  return warning === undefined ? { model } : { model, warning }
}
