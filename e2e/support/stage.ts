import type { Browser } from 'playwright'
import { afterAll, beforeAll } from 'vitest'
import { startBrowser } from './browser.ts'
import { type DeskProcess, startDesk } from './desk-process.ts'
import { type Visit, type VisitOptions, visit } from './visit.ts'

/** One desk and one browser for all stories of a block. */
export interface Stage {
  readonly desk: DeskProcess
  /** Opens a page of the desk in a context of its own; see `visit`. */
  visit: (options?: VisitOptions) => Promise<Visit>
}

/** Sets a block's stage: a desk with these settings and a browser, there before its first story and gone after its last. */
export function setStage(settings: Record<string, string> = {}): Stage {
  let desk: DeskProcess
  let browser: Browser
  beforeAll(async () => {
    ;[desk, browser] = await Promise.all([startDesk(settings), startBrowser()])
  }, 60_000)
  afterAll(() => Promise.all([browser?.close(), desk?.dispose()]))
  return {
    get desk() {
      return desk
    },
    visit: (options) => visit(browser, desk.url, options),
  }
}
