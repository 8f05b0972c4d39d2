import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { faultsOf, tooWide, watchMotion } from '../support/accessibility.ts'
import { setStage } from '../support/stage.ts'
import { chatOf } from '../support/visit.ts'

const question = 'How long does shipping take, and what does express delivery cost?'
const otherPages = [
  '/test',
  '/knowledge',
  '/knowledge/shipping-costs',
  '/docs',
  '/examples/react',
  '/nothing',
  '/widget_websocket_fixed.html',
]

describe('for everybody', { timeout: 90_000 }, () => {
  const stage = setStage()

  test('axe finds nothing in the chat, in light and dark', async () => {
    await using visitor = await stage.visit({ reducedMotion: 'reduce' })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    expect(await faultsOf(page), 'empty').toEqual([])
    const answer = await chat.answerTo(question)
    await answer.getByRole('button', { name: 'Why this answer' }).click()
    await answer.getByRole('button', { name: 'Bad answer' }).click()
    await answer
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .click()
    await page.getByRole('dialog', { name: /^Source 1/ }).waitFor()
    expect(await faultsOf(page), 'with an answer and an opened citation').toEqual([])
    await page.keyboard.press('Escape')
    await chat.answerTo('Who won the football match yesterday?')
    await chat.composer.fill('/')
    await page.getByRole('listbox').waitFor()
    expect(await faultsOf(page), 'with replies and the commands').toEqual([])
    await chat.composer.fill('x'.repeat(16_001))
    await page.getByRole('button', { name: 'More' }).click()
    expect(await faultsOf(page), 'with the menu and too long a text').toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New conversation' }).click()
    expect(await faultsOf(page, ['dialog[open]']), 'with a dialog').toEqual([])
  })

  test('axe finds nothing on the other pages, in light and dark', async () => {
    await using visitor = await stage.visit({ path: '/test', provoked: /404/ })
    const { page } = visitor
    for (const path of otherPages) {
      await page.goto(new URL(path, stage.desk.url).href)
      await page.getByRole('heading').filter({ visible: true }).first().waitFor()
      expect(await faultsOf(page), path).toEqual([])
    }
    // The reference says the same things of each of its many operations: one part with everything in it will do.
    await page.goto(new URL('/redoc', stage.desk.url).href)
    expect(await faultsOf(page, ['#websocket', 'nav']), '/redoc').toEqual([])
  })

  /** The words in the header that are cut or stand on two lines. */
  function cutInHeader(page: Page): Promise<string[]> {
    return page.evaluate(() => {
      const parts = [...document.querySelectorAll<HTMLElement>('header h1, header p, header p span, header button')]
      const cut = ({ scrollWidth, clientWidth, clientHeight, tagName }: HTMLElement) =>
        clientWidth > 0 && (scrollWidth > clientWidth || (tagName !== 'BUTTON' && clientHeight > 24))
      return parts.filter(cut).map(({ innerText }) => innerText)
    })
  }

  test('nothing is out of reach at 320 px', async () => {
    const phone = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true }
    await using visitor = await stage.visit({ ...phone, provoked: /404/ })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    expect(await tooWide(page), 'empty').toEqual([])
    expect(await cutInHeader(page), 'in the header').toEqual([])
    const answer = await chat.answerTo(`${question} ${'Donaudampfschifffahrtsgesellschaft'.repeat(4)}`)
    await answer.getByRole('button', { name: 'Why this answer' }).tap()
    await answer.getByRole('button', { name: 'Bad answer' }).tap()
    expect(await tooWide(page), 'with an answer').toEqual([])
    await page.getByRole('button', { name: 'More' }).tap()
    for (const name of ['New conversation', 'End conversation', 'Light', 'Dark', 'System']) {
      await page
        .getByRole('menu')
        .getByRole(/conversation/.test(name) ? 'menuitem' : 'menuitemradio', { name })
        .waitFor()
    }
    expect(await tooWide(page), 'with the menu').toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Ask a person' }).tap()
    await page.getByRole('button', { name: 'Requested' }).waitFor()
    expect(await cutInHeader(page), 'in the header, once a person is requested').toEqual([])
    for (const path of [...otherPages, '/redoc']) {
      await page.goto(new URL(path, stage.desk.url).href)
      await page.getByRole('heading').filter({ visible: true }).first().waitFor()
      expect(await tooWide(page), path).toEqual([])
    }
  })

  test('a page zoomed to 200 % shows header, conversation and message box', async () => {
    const zoomed = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }
    await using visitor = await stage.visit(zoomed)
    const { page } = visitor
    const chat = chatOf(page)
    await chat.answerTo(question)
    expect(await tooWide(page)).toEqual([])
    const box = async (locator: typeof chat.log) => (await locator.boundingBox()) ?? { y: 0, height: 0 }
    expect((await box(chat.log)).height).toBeGreaterThan(150)
    const { y, height } = await box(chat.composer)
    expect(y + height).toBeLessThanOrEqual(400)
    await page.getByRole('button', { name: 'Talk to a person' }).click({ trial: true })
  })

  test('nothing moves for who asks for it', async () => {
    await using visitor = await stage.visit({ reducedMotion: 'reduce' })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    const moved = await watchMotion(page)
    await chat.answerTo(question)
    await chat.composer.fill('/')
    await page.getByRole('listbox').waitFor()
    expect(await moved()).toEqual([])
  })

  test('with the colours of the system, what colour alone shows has an edge', async () => {
    await using visitor = await stage.visit({ forcedColors: 'active' })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.answerTo(question)
    const edge = (element: Element) => {
      const { borderStyle, borderWidth } = getComputedStyle(element)
      return borderStyle !== 'none' && Number.parseFloat(borderWidth) >= 1
    }
    const status = page.getByRole('banner').getByRole('status')
    expect(await chat.own.getByText(question).evaluate(edge), 'the own message').toBe(true)
    expect(await status.locator('[aria-hidden]').evaluate(edge), 'the dot of the connection').toBe(true)
    expect(
      await page
        .getByRole('button', { name: /^Source 1/ })
        .first()
        .evaluate(edge),
      'the mark of a citation',
    ).toBe(true)
    expect(await page.getByRole('button', { name: 'Send' }).evaluate(edge), 'the button that sends').toBe(true)
  })
})
