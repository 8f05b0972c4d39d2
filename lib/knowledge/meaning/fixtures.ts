import type { Embedder } from './embedder.ts'

/** The same direction for the same seed, in any number of dimensions: what a model makes that understands nothing. */
export function directionOf(seed: string, dimensions = 64): Float32Array {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261)
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  const values = Array.from({ length: dimensions }, next)
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}

/** An embedder that a test leads: `vectorOf` says what it makes of a text, `fails` why it makes nothing. */
export function createTestEmbedder({ name = 'test/one', batch = 10 }: { name?: string; batch?: number } = {}) {
  const requests: Array<{ texts: string[]; kind: string; withinMs: number }> = []
  const lead = { vectorOf: (text: string) => directionOf(text), fails: undefined as string | undefined }
  const embedder: Embedder = {
    name,
    batch,
    async embed(texts, kind, withinMs) {
      requests.push({ texts, kind, withinMs })
      if (lead.fails !== undefined) throw new Error(lead.fails)
      return texts.map((text) => lead.vectorOf(text))
    },
  }
  return { embedder, requests, lead }
}
