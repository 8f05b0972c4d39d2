import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** How tests start it: alone on a machine without a screen, and without a word to the outside. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser of this machine for tests; undefined: Playwright's own. */
export function findBrowser() {
  return process.env.CHROMIUM_PATH || places.find((path) => existsSync(path))
}

/**
 * Sees that there is a browser to test with: the system's, else Playwright's, else (as root, where there is apt) the
 * Debian package. Throws a sentence with the one command to run when none of these is possible.
 */
export function provideBrowser() {
  if (findBrowser() || existsSync(chromium.executablePath())) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing a browser for the tests …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
    if (apt('update') && apt('install', '--yes', '--no-install-recommends', 'chromium') && findBrowser()) return
  }
  throw new Error('The tests need Chromium and there is none. Run: npx playwright install chromium')
}
