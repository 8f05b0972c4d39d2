import type { Worker } from 'node:worker_threads'

/** How often a thread's memory is looked at, in milliseconds: what unpacks itself grows by some ten megabytes meanwhile. */
const EVERY_MS = 50

/**
 * Calls `exceeded` when a thread holds more than `limit` bytes outside of its heap. The limits of a thread bound its heap alone, and what a
 * file unpacks to is not in it: a PDF of 4 KB can become gigabytes. Returns what ends the watch.
 */
export function watchMemory(worker: Worker, limit: number, exceeded: () => void): () => void {
  let isLooking = false
  const timer = setInterval(async () => {
    if (isLooking) return
    isLooking = true
    // A thread that has ended has no figures.
    const { external_memory = 0 } = await worker.getHeapStatistics().catch(() => ({ external_memory: 0 }))
    isLooking = false
    if (external_memory > limit) exceeded()
  }, EVERY_MS)
  return () => clearInterval(timer)
}
