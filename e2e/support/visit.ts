import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright'
import { expect } from 'vitest'

/** What a browser complains of while it shows a desk's pages; a story ends with none. */
export type Complaints = string[]

export interface VisitOptions extends BrowserContextOptions {
  path?: string
  /** Complaints that the story provokes on purpose. */
  provoked?: RegExp
  /** Prepares the context before any page is open. */
  before?: (context: BrowserContext) => Promise<unknown>
}

/** A browser's visit to a desk, with storage and cookies of its own. */
export interface Visit extends AsyncDisposable {
  page: Page
  context: BrowserContext
  complaints: Complaints
  /** Opens another tab of the same browser. */
  tab: (path?: string) => Promise<Page>
}

/** How long a story waits for anything, in milliseconds. */
const PATIENCE = 10_000

/** Waits until what is looked up is as it should be. */
export function eventually<T>(look: () => T | Promise<T>) {
  return expect.poll(look, { timeout: PATIENCE, interval: 50 })
}

/** Opens a page of the desk in a context of its own. Leaving it (`await using`) fails the story on any complaint. */
export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const { path = '/', provoked, before, ...settings } = options
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...settings })
  context.setDefaultTimeout(PATIENCE)
  const complaints: Complaints = []
  const complain = (text: string) => provoked?.test(text) || complaints.push(text)
  context.on('console', (message) => ['error', 'warning'].includes(message.type()) && complain(`console: ${message.text()}`))
  context.on('weberror', (error) => complain(`uncaught: ${error.error().message}`))
  context.on('request', (request) => isForeign(request.url(), url) && complain(`request: ${request.url()}`))
  await before?.(context)

  async function tab(to = path): Promise<Page> {
    const page = await context.newPage()
    await page.goto(new URL(to, url).href)
    return page
  }

  const page = await tab().catch(async (error) => {
    await context.close()
    throw error
  })
  return {
    page,
    context,
    complaints,
    tab,
    async [Symbol.asyncDispose]() {
      await context.close()
      expect(complaints).toEqual([])
    },
  }
}

function isForeign(address: string, url: string): boolean {
  return /^(https?|wss?):/.test(address) && new URL(address).host !== new URL(url).host
}

/** The parts of the chat page as a visitor finds them. */
export function chatOf(page: Page) {
  const log = page.getByRole('log', { name: 'Conversation' })
  const composer = page.getByRole('textbox', { name: 'Your message' })
  const answers = log.getByRole('article', { name: /^Assistant/ })
  return {
    log,
    composer,
    answers,
    own: log.getByRole('article', { name: /^You/ }),
    connection: (words: string) => page.getByRole('status').filter({ hasText: words }),
    async ask(text: string): Promise<void> {
      await composer.fill(text)
      await composer.press('Enter')
    },
    /** Asks, and gives the answer once it is finished. */
    async answerTo(text: string): Promise<Locator> {
      const before = await answers.count()
      await composer.fill(text)
      await composer.press('Enter')
      const answer = answers.nth(before)
      await answer.getByRole('button', { name: 'Copy answer' }).waitFor()
      return answer
    },
  }
}
