import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#lib/session/ports.ts'
import type { Embedder, TextKind } from './embedder.ts'
import { createRecent } from './recent.ts'
import { keyOf, readVectors, writeVectors } from './vector-file.ts'

/** A text that is embedded once and kept. */
export interface KeptText {
  text: string
  kind: TextKind
}

export interface VectorsDeps {
  embedder: Embedder
  /** Where they are kept. */
  file: string
  log: Log
  /** Waits before a request that failed is made again. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

export type Vectors = Awaited<ReturnType<typeof openVectors>>

/** How long a question may take, after which its words alone are searched; and passages, for which nobody waits. In milliseconds. */
const QUESTION_MS = 1500
const PASSAGES_MS = 60_000
/** The waits after the first failures, in milliseconds; the last one stays. */
const WAITS = [5000, 15_000, 60_000, 300_000]
/** Questions that are remembered. */
const QUESTIONS = 200
/** Requests after which what is there is kept, so that a desk that is killed does not begin anew. */
const SAVE_EVERY = 16

/**
 * The vectors of texts: those of passages made once, in the background, and kept in a file; those of questions when they are
 * asked. A file that is broken is made again.
 */
export async function openVectors({ embedder, file, log, wait = (ms, signal) => sleep(ms, undefined, { signal }) }: VectorsDeps) {
  const read = await readVectors(file)
  if (!read) log.warn({ file }, 'the vectors that were kept cannot be read: they are made again')
  let kept = read ?? new Map<string, Float32Array>()
  const closing = new AbortController()
  const questions = createRecent<Float32Array>(QUESTIONS)
  let keys = new Map<string, KeptText>()
  let making: Promise<void> | undefined
  /** Whether the file holds what is kept, and how many vectors were made since the last time that all were there. */
  let isSaved = true
  let made = 0
  const keyFor = ({ text, kind }: KeptText) => keyOf(embedder.name, kind, text)

  const missing = () => [...keys].filter(([key]) => !kept.has(key))

  /** Embeds texts. Throws when their vectors are not of the number of dimensions that the kept ones have. */
  async function embed(texts: string[], kind: TextKind, withinMs: number, signal: AbortSignal): Promise<Float32Array[]> {
    const vectors = await embedder.embed(texts, kind, withinMs, signal)
    const [other = vectors[0]] = kept.values()
    if (vectors[0]?.length === other?.length) return vectors
    log.warn({ embedder: embedder.name }, `it sent vectors of ${vectors[0]?.length} dimensions; those that are kept have ${other?.length}`)
    throw new Error('vectors of another space')
  }

  /** Embeds the next texts that have no vector, all of one kind; false when there are none. */
  async function embedSome(): Promise<boolean> {
    const [first, ...others] = missing()
    if (!first) return false
    const some = [first, ...others.filter(([, { kind }]) => kind === first[1].kind)].slice(0, embedder.batch)
    const texts = some.map(([, { text }]) => text)
    const vectors = await embed(texts, first[1].kind, PASSAGES_MS, closing.signal)
    for (const [at, [key]] of some.entries()) kept.set(key, vectors[at] as Float32Array)
    isSaved = false
    made += texts.length
    return true
  }

  async function save(): Promise<void> {
    if (isSaved) return
    isSaved = true
    await writeVectors(file, kept).catch((error) => log.warn({ file, reason: error.code }, 'the vectors could not be kept'))
  }

  /** Gives every text its vector, however often a request fails: each time after a longer wait. */
  async function makeAll(): Promise<void> {
    made = 0
    for (let requests = 1, failures = 0; !closing.signal.aborted; requests += 1) {
      try {
        if (!(await embedSome())) break
        failures = 0
      } catch {
        // Why, the embedder has said.
        if (closing.signal.aborted) break
        await save()
        await wait(WAITS[Math.min(failures, WAITS.length - 1)] as number, closing.signal).catch(() => undefined)
        failures += 1
      }
      if (requests % SAVE_EVERY === 0) await save()
    }
    await save()
    if (made > 0) log.info({ embedder: embedder.name, texts: made }, 'passages were embedded')
  }

  return {
    /** The vector of a text that is kept, once it is there. */
    of: (text: KeptText): Float32Array | undefined => kept.get(keyFor(text)),

    /** These are the texts from now on; those without a vector get one by and by. Resolves when all have one, or at the close. */
    async keep(texts: KeptText[]): Promise<void> {
      keys = new Map(texts.map((text) => [keyFor(text), text]))
      const had = kept.size
      // What was of texts or of a model that are gone goes.
      kept = new Map([...kept].filter(([key]) => keys.has(key)))
      isSaved &&= kept.size === had
      do {
        making ??= makeAll().finally(() => {
          making = undefined
        })
        await making
      } while (missing().length > 0 && !closing.signal.aborted)
    },

    /** The vectors of questions, by question. Those that cannot be had soon are not in it: nobody waits long for them. */
    async ask(texts: string[], signal: AbortSignal): Promise<Map<string, Float32Array>> {
      const unknown = [...new Set(texts)].filter((text) => questions.get(text) === undefined).slice(0, embedder.batch)
      // Why it fails, the embedder has said.
      const vectors = unknown.length === 0 ? [] : await embed(unknown, 'question', QUESTION_MS, signal).catch(() => [])
      for (const [at, vector] of vectors.entries()) questions.put(unknown[at] as string, vector)
      return new Map(
        texts.flatMap((text): Array<[string, Float32Array]> => {
          const vector = questions.get(text)
          return vector ? [[text, vector]] : []
        }),
      )
    },

    /** How many of the passages have a vector. */
    state() {
      const passages = [...keys].filter(([, { kind }]) => kind === 'passage')
      return { made: passages.filter(([key]) => kept.has(key)).length, all: passages.length }
    },

    async close(): Promise<void> {
      closing.abort()
      await making
    },
  }
}
