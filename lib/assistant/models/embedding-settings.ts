import { currentModel } from './lifecycle.ts'
import { type ChosenModel, chooseModels, credentialOf, type ModelSettings, needs, type RemoteProvider } from './settings.ts'

/** Which model makes the vectors that articles are searched by. */

/** The providers that have such models, and the one that each is asked for. Checked on 2026-11-25. */
const defaults = { openai: 'text-embedding-3-small', google: 'gemini-embedding-001', 'openai-compatible': undefined } as const
export type EmbeddingProvider = keyof typeof defaults

/** Models that tell by their names whose they are. */
const owners: Array<[provider: EmbeddingProvider, names: RegExp]> = [
  ['openai', /^text-embedding-(3-|ada-)/],
  ['google', /^(gemini-embedding-|(text-)?embedding-(gecko-)?00\d$)/],
]

export interface ChosenEmbedder extends ChosenModel {
  provider: EmbeddingProvider
}

/**
 * The embedder, and what is wrong. Where none is named it is the one of the first provider that answers anyway and has one: what
 * visitors write goes to nobody else unasked. `today` is YYYY-MM-DD.
 */
export function chooseEmbedder(settings: ModelSettings, today: string): { embedder?: ChosenEmbedder; problems: string[] } {
  const named = settings.EMBEDDING_MODEL
  if (named === 'off') return { problems: [] }
  const answering = chooseModels(settings, today).models.map(({ provider }) => provider)
  if (named === undefined) {
    const first = answering.filter(isEmbedding).find((provider) => defaults[provider] !== undefined)
    return first ? { embedder: current(first, defaults[first] ?? '', today), problems: [] } : { problems: [] }
  }
  const [, prefix = '', model = ''] = /^([^/]*)\/(.+)$/.exec(named) ?? []
  const explicit = prefix === 'gemini' ? 'google' : prefix
  if (isEmbedding(explicit)) {
    if (credentialOf(settings, explicit)) return { embedder: current(explicit, model, today), problems: [] }
    return { problems: [`EMBEDDING_MODEL: ${explicit} needs ${needs[explicit].join(' or ')}`] }
  }
  const owner = owners.find(([, names]) => names.test(named))?.[0]
  const all = Object.keys(defaults).filter(isEmbedding)
  const provider = [...(owner ? [owner] : []), ...answering.filter(isEmbedding), ...all].find((one) => credentialOf(settings, one))
  if (provider) return { embedder: current(provider, named, today), problems: [] }
  return { problems: [`EMBEDDING_MODEL: no provider with such models has a key (${all.map((one) => needs[one][0]).join(', ')})`] }
}

function current(provider: EmbeddingProvider, model: string, today: string): ChosenEmbedder {
  return { provider, ...currentModel(provider, model, today) }
}

function isEmbedding(name: RemoteProvider | string): name is EmbeddingProvider {
  return name in defaults
}
