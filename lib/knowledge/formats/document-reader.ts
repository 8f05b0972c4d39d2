import { Worker } from 'node:worker_threads'
import type { Document, Format } from './document.ts'
import { watchMemory } from './memory-watch.ts'
import type { Manner, Order, Outcome } from './worker.ts'

/** A file larger than this is not read, in bytes. */
export const MAX_BYTES = 20 * 1024 * 1024
/** How long one file may take, in milliseconds. */
const LIMIT_MS = 30_000
/** A thread that had nothing to do for this long is ended, in milliseconds. */
const IDLE_MS = 10_000
/** What a thread may need, in megabytes: in its heap, and beside it for what a file unpacks to. */
const HEAP_MB = 512
const BESIDE_MB = 256

export type DocumentReader = ReturnType<typeof createDocumentReader>

/**
 * Reads files of other formats into documents, one after the other, in a thread that is started when there is one: a
 * file that takes for ever or needs all memory costs that thread, not the desk.
 */
export function createDocumentReader({ limitMs = LIMIT_MS } = {}) {
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let number = 0
  let closed = false

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
    // Whoever waits for an answer is told of an error; one that comes later has nobody to tell.
    started.on('error', () => undefined).unref()
    return started
  }

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ended = worker
    worker = undefined
    await ended?.terminate()
  }

  async function ask(order: Omit<Order, 'number'>): Promise<Document> {
    if (closed) throw new Error('the desk closes')
    clearTimeout(idle)
    worker ??= start()
    const asked = worker
    const mine = ++number
    const { promise, resolve, reject } = Promise.withResolvers<Document>()
    const onMessage = (outcome: Outcome) => {
      if (outcome.number !== mine) return
      if ('document' in outcome) resolve(outcome.document)
      else reject(new Error(outcome.fault))
    }
    const tooMuch = 'it needs more memory than it may have'
    const onEnd = () => {
      worker = undefined
      reject(new Error(closed ? 'the desk closes' : tooMuch))
    }
    const giveUp = (why: string) => {
      reject(new Error(why))
      void end()
    }
    const timer = setTimeout(() => giveUp(`it took longer than ${limitMs / 1000} s`), limitMs)
    const unwatch = watchMemory(asked, BESIDE_MB * 1024 * 1024, () => giveUp(tooMuch))
    asked.on('message', onMessage)
    asked.once('error', onEnd)
    asked.once('exit', onEnd)
    try {
      // A copy, so that the thread may keep it: the bytes of a small file are a part of a larger buffer.
      asked.postMessage({ ...order, number: mine } satisfies Order)
      return await promise
    } finally {
      clearTimeout(timer)
      unwatch()
      asked.off('message', onMessage)
      asked.off('error', onEnd)
      asked.off('exit', onEnd)
      if (!closed) idle = setTimeout(() => void end(), IDLE_MS).unref()
    }
  }

  return {
    /** Throws a sentence that says why a file cannot be read. */
    read(format: Format, bytes: Uint8Array, how: Manner = {}): Promise<Document> {
      if (bytes.length > MAX_BYTES) return Promise.reject(new Error(`it is larger than ${MAX_BYTES / 1024 / 1024} MB`))
      const result = queue.then(() => ask({ format, bytes, ...how }))
      queue = result.catch(() => undefined)
      return result
    },
    async close(): Promise<void> {
      closed = true
      await end()
      await queue
    },
  }
}
