import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Starts Chromium: the one of CHROMIUM_PATH, else the system's, else Playwright's own. Throws with what to do where there is none. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || usual.find((path) => existsSync(path))
  try {
    return await chromium.launch({ args: flags, ...(executablePath === undefined ? {} : { executablePath }) })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`No browser could be started. Run "npx playwright install chromium", or set CHROMIUM_PATH.\n${reason}`)
  }
}
