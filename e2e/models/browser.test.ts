import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startDesk } from '../support/desk-process.ts'
import { chatOf, visit } from '../support/visit.ts'
import { openPeer, tokensOf, type Vendor } from './peers/peer.ts'
import { chatCompletions, gemini, messages } from './peers/vendors.ts'

/** A visitor reads a sentence while the model has not said the next one, whichever vendor's wire it comes over. */

const [first, second] = ['3 to 5 business days', 'Standard shipping to Alaska and Hawaii takes 5 to 8 business days.']
const FIRST_SENTENCE = tokensOf('Standard shipping takes 3 to 5 business days to addresses in the 48 contiguous states.').length

const vendors: Array<[string, Vendor, (url: string) => Record<string, string>]> = [
  ['openai/gpt-4o-mini', chatCompletions({ key: 'k' }), (url) => ({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${url}/v1` })],
  [
    'google/gemini-3.5-flash-lite',
    gemini('gemini-3.5-flash-lite', 'k'),
    (url) => ({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: `${url}/v1beta` }),
  ],
  [
    'huggingface/Qwen/Qwen3-8B',
    chatCompletions({ key: 'k' }),
    (url) => ({ HF_API_KEY: 'k', HF_MODEL: 'Qwen/Qwen3-8B', HF_BASE_URL: `${url}/v1` }),
  ],
  ['anthropic/claude-haiku-4-5', messages('k'), (url) => ({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: `${url}/v1` })],
]

describe('in a browser', { timeout: 45_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser.close())

  test.each(vendors)('an answer of %s comes sentence by sentence', async (name, vendor, settings) => {
    const peer = await openPeer(vendor)
    const desk = await startDesk({ ...settings(peer.url), EMBEDDING_MODEL: 'off' })
    try {
      await using visitor = await visit(browser, desk.url)
      const chat = chatOf(visitor.page)
      await chat.connection('Real-time connected').waitFor()
      let goOn = (): void => undefined
      peer.next({ hold: { at: FIRST_SENTENCE, until: new Promise<void>((resolve) => (goOn = resolve)) } })

      await chat.ask('How long does shipping take?')
      await chat.answers.getByText(first).waitFor()
      expect(peer.isQuiet()).toBe(false)
      expect(await chat.answers.innerText()).not.toContain(second)
      goOn()
      await chat.answers.getByText(second).first().waitFor()
      await chat.answers.getByRole('button', { name: 'Copy answer' }).waitFor()
      expect(peer.faults).toEqual([])
      expect(desk.output()).toContain(`${name}, then frontdesk/offline`)
    } finally {
      await Promise.all([desk.dispose(), peer.close()])
    }
  })
})
