import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Embedder } from '#lib/knowledge/meaning/embedder.ts'
import type { Log } from '#lib/session/ports.ts'
import { createAsk } from './ask.ts'
import { createBoundedFetch } from './bounded-fetch.ts'
import { type BudgetDeps, createBudget } from './budget.ts'
import { createModelChain, type ModelChain } from './chain.ts'
import { type Clock, systemClock } from './clock.ts'
import { createEmbedder } from './embedder.ts'
import { makeEmbeddingModel } from './embedding-providers.ts'
import { chooseEmbedder } from './embedding-settings.ts'
import { makeModel } from './providers.ts'
import { readsWith } from './reads.ts'
import { chooseModels, type ModelSettings } from './settings.ts'
import { createTranscribe, type Transcribe } from './transcribe.ts'

interface Surroundings {
  /** Answers when no model does. */
  offline: LanguageModelV4
  log: Log
  tally?: BudgetDeps['tally']
  clock?: Clock
  send?: typeof fetch
}

interface OpenModels {
  chain: ModelChain
  ask: ReturnType<typeof createAsk> | undefined
  transcribe: Transcribe | undefined
  first: LanguageModelV4
  embedder: Embedder | undefined
}

/**
 * The models that the settings choose: as a chain that answers visitors, as one that commands ask and one that reads files (if there is
 * any), the first of them by itself, and the one that makes vectors (if there is any). Warns of those that their makers have shut down.
 */
export async function openModels(
  settings: ModelSettings,
  { offline, log, tally, clock = systemClock, send = fetch }: Surroundings,
): Promise<OpenModels> {
  const boundedFetch = createBoundedFetch(send)
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const chosen = chooseModels(settings, today).models
  const { embedder: embedding } = chooseEmbedder(settings, today)
  for (const { warning } of [...chosen, ...(embedding ? [embedding] : [])]) if (warning) log.warn({}, warning)
  const models = await Promise.all(
    chosen.map(async (choice) => ({
      name: `${choice.provider}/${choice.model}`,
      canRead: readsWith(settings, choice),
      ...(await makeModel(settings, choice, boundedFetch)),
    })),
  )
  const { TEMPERATURE: temperature, MAX_TOKENS: maxTokens, BUDGET_TOKENS_PER_DAY: perDay } = settings
  const budget = createBudget({ perDay, now: clock.now, tally })
  const chain = createModelChain({ models, offline, temperature, maxTokens, budget, clock, log })
  const embedder = embedding && {
    name: `${embedding.provider}/${embedding.model}`,
    made: await makeEmbeddingModel(settings, embedding, boundedFetch),
  }
  return {
    chain,
    ask: models.length > 0 ? createAsk(chain) : undefined,
    transcribe: models.length > 0 ? createTranscribe(chain) : undefined,
    first: models[0]?.model ?? offline,
    embedder: embedder && createEmbedder({ ...embedder, budget, clock, log }),
  }
}
