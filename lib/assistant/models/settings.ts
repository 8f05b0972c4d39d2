import { z } from 'zod'
import { currentModel } from './lifecycle.ts'

/** The settings of the models, and which models they choose. */

const providers = ['openai', 'google', 'huggingface', 'anthropic', 'openai-compatible', 'offline'] as const
type Provider = (typeof providers)[number]
export type RemoteProvider = Exclude<Provider, 'offline'>

const key = z.string().optional()
const address = z.url({ protocol: /^https?$/, error: 'takes an address like http://127.0.0.1:11434/v1' })
const base = address.transform((value) => value.replace(/\/+$/, '')).optional()
const provider = z.enum([...providers, 'gemini']).transform((name) => (name === 'gemini' ? 'google' : name))
const fallback = z.string().transform((value, context) => {
  return value.split(',').flatMap((part) => {
    // A model's own name may have slashes: only the first one ends the provider's.
    const [, name = '', model] = /^\s*([^/\s]*)(?:\/(\S+))?\s*$/.exec(part) ?? []
    const known = provider.safeParse(name)
    if (known.success) return [{ provider: known.data, model }]
    context.addIssue({ code: 'custom', message: `"${part.trim()}" is none of ${providers.join(', ')}, with /model or without` })
    return []
  })
})

const reads = z.string().transform((value, context) => {
  const named = value.split(',').map((part) => part.trim())
  const wrong = named.filter((name) => !['images', 'pdf', 'none'].includes(name))
  if (wrong.length > 0) context.addIssue({ code: 'custom', message: `"${wrong[0]}" is none of images, pdf, none` })
  return named
})

/** As settings of the desk: what each is, `.env.example` says. */
export const modelSettings = {
  AI_PROVIDER: z.union([z.literal('auto'), provider]).default('auto'),
  AI_MODEL: key,
  AI_FALLBACK: fallback.optional(),
  OPENAI_API_KEY: key,
  OPENAI_BASE_URL: base,
  GEMINI_API_KEY: key,
  GOOGLE_GENERATIVE_AI_API_KEY: key,
  GEMINI_BASE_URL: base,
  HF_API_KEY: key,
  HF_TOKEN: key,
  HF_MODEL: key,
  HF_BASE_URL: base,
  ANTHROPIC_API_KEY: key,
  ANTHROPIC_BASE_URL: base,
  AI_BASE_URL: base,
  AI_API_KEY: key,
  AI_READS: reads.optional(),
  EMBEDDING_MODEL: key,
  TEMPERATURE: z.coerce.number().min(0).max(2).default(0.3),
  MAX_TOKENS: z.coerce.number().int().min(16).max(100_000).default(2000),
  BUDGET_TOKENS_PER_DAY: z.coerce.number().int().min(0).optional(),
}

const schema = z.object(modelSettings)
export type ModelSettings = z.infer<typeof schema>

/** The settings of which a provider needs one. In this order `auto` looks for the first that is set. */
export const needs = {
  openai: ['OPENAI_API_KEY'],
  google: ['GEMINI_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
  huggingface: ['HF_API_KEY', 'HF_TOKEN'],
  anthropic: ['ANTHROPIC_API_KEY'],
  'openai-compatible': ['AI_BASE_URL'],
} as const satisfies Record<RemoteProvider, ReadonlyArray<keyof ModelSettings>>

/** What is asked for where no setting names a model. Checked on 2026-11-25. */
const defaults: Record<RemoteProvider, string | undefined> = {
  openai: 'gpt-4o-mini',
  google: 'gemini-3.5-flash-lite',
  huggingface: 'meta-llama/Llama-3.1-8B-Instruct',
  anthropic: 'claude-haiku-4-5',
  'openai-compatible': undefined,
}

/** A model that was chosen. */
export interface ChosenModel {
  provider: RemoteProvider
  model: string
  /** What its owner should know of the choice. */
  warning?: string
}

/** The value of a provider's key (or address), the first of its names that is set. */
export function credentialOf(settings: ModelSettings, name: RemoteProvider): string | undefined {
  return needs[name].map((setting) => settings[setting]).find((value) => value !== undefined)
}

/** The models that answer, in their order, without the offline assistant, which is always last; and what is wrong. `today` is YYYY-MM-DD. */
export function chooseModels(settings: ModelSettings, today: string): { models: ChosenModel[]; problems: string[] } {
  const isRemote = (name: Provider): name is RemoteProvider => name !== 'offline'
  const inOrder = Object.keys(needs) as RemoteProvider[]
  const first = settings.AI_PROVIDER === 'auto' ? (inOrder.find((name) => credentialOf(settings, name)) ?? 'offline') : settings.AI_PROVIDER
  const problems: string[] = []
  const models = new Map<string, ChosenModel>()
  for (const { provider: name, model: named } of [{ provider: first, model: undefined }, ...fallbackOf(settings, first)]) {
    if (!isRemote(name)) break
    const model = named ?? modelOf(settings, name, first)
    if (!credentialOf(settings, name)) problems.push(`${needs[name].join(' or ')}: ${name} needs it`)
    else if (!model) problems.push(`AI_MODEL: ${name} needs it, or in AI_FALLBACK ${name}/the-model`)
    else {
      const current = { provider: name, ...currentModel(name, model, today) }
      models.set(`${name}/${current.model}`, current)
    }
  }
  return { models: [...models.values()], problems }
}

/** Hugging Face falls back to OpenAI by itself where there is a key for it. */
function fallbackOf(settings: ModelSettings, first: Provider): Array<{ provider: Provider; model?: string | undefined }> {
  return settings.AI_FALLBACK ?? (first === 'huggingface' && settings.OPENAI_API_KEY ? [{ provider: 'openai' }] : [])
}

/** AI_MODEL names the model of the first provider; of OpenAI when that is Hugging Face with a model of its own. */
function modelOf(settings: ModelSettings, name: RemoteProvider, first: Provider): string | undefined {
  const owner = first === 'huggingface' && settings.HF_MODEL ? 'openai' : first
  const own = name === 'huggingface' ? settings.HF_MODEL : undefined
  return own ?? (name === owner ? settings.AI_MODEL : undefined) ?? defaults[name]
}
