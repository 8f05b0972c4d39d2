import { type Browser, chromium } from 'playwright'
import { browserFlags, findBrowser } from '../../scripts/browser.mjs'

/** Starts Chromium: the one of CHROMIUM_PATH, else the system's, else Playwright's own. Throws with what to do where there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  try {
    return await chromium.launch({ args: browserFlags, ...(executablePath === undefined ? {} : { executablePath }) })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`No browser could be started. Run "npx playwright install chromium", or set CHROMIUM_PATH.\n${reason}`)
  }
}
