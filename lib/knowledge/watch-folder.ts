import { watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Log } from '#lib/session/ports.ts'

/** Changes of files within this time are told together, in milliseconds. */
const SETTLE_MS = 150
/** How often it is looked whether the folder is still the one that is watched, in milliseconds. */
const CHECK_MS = 1000

/**
 * Calls `changed` when files of a folder changed, and when a folder that was lost (deleted, renamed, its disk gone) is there again:
 * the system watches a folder, not its name, so one that takes its place has to be watched anew. Resolves, once
 * it is watched, with the function that ends it.
 */
export async function watchFolder(folder: string, changed: () => void, log: Log): Promise<() => void> {
  let watched = await identityOf(folder)
  let stop = begin()
  let settling: NodeJS.Timeout | undefined
  let ended = false

  function settle(): void {
    clearTimeout(settling)
    settling = setTimeout(changed, SETTLE_MS)
  }

  function begin(): () => void {
    const unseen = (error: Error) => log.warn({ folder, reason: error.message }, 'changes of the knowledge are not seen')
    try {
      const watcher = watch(folder, { recursive: true }, settle).on('error', unseen)
      return () => watcher.close()
    } catch (error) {
      unseen(error as Error)
      return () => undefined
    }
  }

  async function check(): Promise<void> {
    const there = await identityOf(folder)
    if (ended || there === watched) return
    watched = there
    stop()
    stop = there === undefined ? () => undefined : begin()
    if (there === undefined) log.warn({ folder }, 'the knowledge folder is gone: the articles read before stay until it is back')
    else settle()
  }

  const timer = setInterval(() => void check(), CHECK_MS).unref()
  return () => {
    ended = true
    clearInterval(timer)
    clearTimeout(settling)
    stop()
  }
}

/** Tells a folder from another that has its name, and perhaps its inode, later; undefined when there is none. */
async function identityOf(folder: string): Promise<string | undefined> {
  const found = await stat(folder).catch(() => undefined)
  return found?.isDirectory() ? `${found.dev}:${found.ino}:${found.birthtimeMs}` : undefined
}
