import type { Log } from './ports.ts'

/** Work that is done now and then. Each job runs alone: a slow run delays the next one of its kind, never doubles it. */
export interface Job {
  name: string
  everyMs: number
  run: () => Promise<void>
}

/** Starts the jobs; returns the function that stops them and waits for those under way. */
export function startMonitor(jobs: Job[], log: Log): () => Promise<void> {
  let stopped = false
  const running = new Set<Promise<void>>()
  const timers = jobs.map((job) => {
    let busy = false
    return setInterval(() => {
      if (busy || stopped) return
      busy = true
      const run = job
        .run()
        .catch((error) => log.error({ err: error, job: job.name }, 'a periodic job failed'))
        .finally(() => {
          busy = false
          running.delete(run)
        })
      running.add(run)
    }, job.everyMs).unref()
  })
  return async () => {
    stopped = true
    for (const timer of timers) clearInterval(timer)
    await Promise.all(running)
  }
}
