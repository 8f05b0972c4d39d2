import type { Embedder } from '#lib/knowledge/meaning/embedder.ts'
import type { Log } from '#lib/session/ports.ts'
import { createBreaker } from './breaker.ts'
import type { Budget } from './budget.ts'
import type { Clock } from './clock.ts'
import type { MadeEmbeddingModel } from './embedding-providers.ts'
import { failureOf, ModelFailure } from './failure.ts'

export interface EmbedderDeps {
  /** Provider and model. */
  name: string
  made: MadeEmbeddingModel
  budget: Budget
  clock: Clock
  log: Log
}

/** Characters of a token, where the provider does not count. */
const CHARACTERS_PER_TOKEN = 4
/** Above it a count is not believed. */
const MOST_TOKENS = 2_000_000

/**
 * Makes vectors with a model, one request at a time each with a deadline of its own. What comes back is looked at before it is
 * believed: as many vectors as texts, all of one number of dimensions, of finite numbers, not nothing. The day's budget
 * counts them too, and a model that fails is left alone for a while.
 */
export function createEmbedder({ name, made, budget, clock, log }: EmbedderDeps): Embedder {
  const breaker = createBreaker(clock.now)

  return {
    name: made.dimensions === undefined ? name : `${name}/${made.dimensions}`,
    batch: made.batch,
    async embed(texts, kind, withinMs, signal) {
      if (budget.isSpent()) throw new ModelFailure('may not be asked: the budget of tokens for today is spent')
      const permit = breaker.enter()
      if (!permit) throw new ModelFailure('is left alone for a while')
      const late = new AbortController()
      const both = AbortSignal.any([signal, late.signal])
      const cancel = clock.after(withinMs, () => late.abort(new ModelFailure(`sent no vectors within ${withinMs} ms`)))
      try {
        const stopped = new Promise<never>((_, reject) => {
          if (both.aborted) reject(both.reason)
          both.addEventListener('abort', () => reject(both.reason), { once: true })
        })
        // Raced, so that a request that does not heed the signal holds nobody up.
        const { embeddings, usage } = await Promise.race([stopped, made.model.doEmbed({ ...made.asked(texts, kind), abortSignal: both })])
        budget.spend(tokensOf(usage?.tokens, texts))
        const vectors = believed(embeddings, texts.length, made.dimensions)
        permit.succeeded()
        return vectors
      } catch (error) {
        if (signal.aborted) throw signal.reason
        const failure = failureOf(late.signal.aborted ? late.signal.reason : error, clock.now())
        permit.failed()
        log.warn({ model: name, texts: texts.length }, `an embedding failed: the model ${failure.message}`)
        throw failure
      } finally {
        permit.leave()
        cancel()
      }
    },
  }
}

/** The vectors at length 1. Throws when they are not what was asked for. */
function believed(embeddings: number[][], count: number, dimensions = embeddings[0]?.length): Float32Array[] {
  if (embeddings.length !== count) throw new ModelFailure(`sent ${embeddings.length} vectors for ${count} texts`)
  return embeddings.map((values) => {
    if (values.length !== dimensions) throw new ModelFailure(`sent a vector of ${values.length} dimensions in place of ${dimensions}`)
    const length = Math.hypot(...values)
    if (!Number.isFinite(length) || length === 0) throw new ModelFailure('sent a vector without a direction')
    return Float32Array.from(values, (value) => value / length)
  })
}

function tokensOf(counted: number | undefined, texts: string[]): number {
  if (counted !== undefined && Number.isInteger(counted) && counted >= 0 && counted <= MOST_TOKENS) return counted
  return texts.reduce((sum, text) => sum + Math.ceil(text.length / CHARACTERS_PER_TOKEN), 0)
}
