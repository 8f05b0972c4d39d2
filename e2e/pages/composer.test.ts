import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { chatOf, eventually } from '../support/visit.ts'

const question = 'How long does shipping take?'

describe('the message box', { timeout: 45_000 }, () => {
  const stage = setStage()

  /** What has the focus, by its role and name as far as the page says them. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const { tagName, ariaLabel, innerText } = document.activeElement as HTMLElement
      return `${tagName.toLowerCase()} ${ariaLabel ?? innerText}`.trim().slice(0, 60)
    })

  test('has the focus, and keeps what is written through a reload', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const { composer } = chatOf(page)
    await composer.and(page.locator(':focus')).waitFor()
    await page.keyboard.type('Half a question')
    await page.reload()
    await eventually(() => composer.inputValue()).toBe('Half a question')
  })

  test('Shift+Enter begins a line, Enter sends both', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const { composer, own } = chatOf(page)
    await composer.pressSequentially('Thanks')
    await composer.press('Shift+Enter')
    await composer.pressSequentially('a lot')
    expect(await composer.inputValue()).toBe('Thanks\na lot')
    await composer.press('Enter')
    await own.getByText('Thanks\na lot').waitFor()
    expect(await composer.inputValue()).toBe('')
    await composer.and(page.locator(':focus')).waitFor()
  })

  test('sends nothing while an input method composes a word', async () => {
    await using visitor = await stage.visit()
    const { composer, own } = chatOf(visitor.page)
    await composer.fill('にほんご')
    await composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true })
    // Safari ends the composition before it tells of the key, which it then marks by its code.
    await composer.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 })
    expect(await composer.inputValue()).toBe('にほんご')
    await composer.press('Enter')
    await own.getByText('にほんご').waitFor()
    expect(await own.count()).toBe(1)
  })

  test('sends nothing that is empty', async () => {
    await using visitor = await stage.visit()
    const chat = chatOf(visitor.page)
    await chat.connection('Real-time connected').waitFor()
    expect(await visitor.page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    await chat.ask('   ')
    await chat.answerTo(question)
    expect(await chat.own.count()).toBe(1)
  })

  test('offers commands after a slash, chosen with arrows, taken with Enter, left with Esc', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const { composer, log } = chatOf(page)
    const menu = page.getByRole('listbox', { name: 'Commands' })
    const chosen = () => menu.getByRole('option', { selected: true }).innerText()
    await composer.press('/')
    await menu.waitFor()
    expect(await chosen()).toContain('/help')
    await composer.press('ArrowDown')
    expect(await chosen()).toContain('/history')
    await composer.press('ArrowUp')
    await composer.press('ArrowUp')
    expect(await chosen()).toContain('ping')
    await composer.press('Escape')
    expect(await menu.count()).toBe(0)
    expect(await composer.inputValue()).toBe('/')
    await composer.pressSequentially('w')
    expect(await menu.getByRole('option').count()).toBe(1)
    await composer.press('Tab')
    expect(await composer.inputValue()).toBe('/whoami')
    await composer.press('Enter')
    await log.getByRole('article', { name: '/whoami' }).waitFor()
    await page.getByRole('button', { name: 'Commands' }).click()
    await menu.getByRole('option', { name: /help/ }).click()
    await log.getByRole('article', { name: '/help' }).waitFor()
    await composer.and(page.locator(':focus')).waitFor()
  })

  test('answers a ping beside the conversation', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    await chat.ask('ping')
    await page
      .getByRole('status')
      .filter({ hasText: /^pong: the desk answered in \d+ ms over a WebSocket\.$/ })
      .waitFor()
    expect(await chat.own.count()).toBe(0)
    await page.getByRole('button', { name: 'Dismiss' }).click()
    expect(await page.getByText('pong').count()).toBe(0)
  })

  test('an arrow up in the empty box takes up the last message', async () => {
    await using visitor = await stage.visit()
    const chat = chatOf(visitor.page)
    await chat.answerTo(question)
    await chat.composer.press('ArrowUp')
    expect(await chat.composer.inputValue()).toBe(question)
  })

  test('tells in time how long a message may be, and sends none that is longer', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const { composer, own } = chatOf(page)
    await composer.fill('x'.repeat(15_990))
    await page.getByText('10 characters left').waitFor()
    await composer.fill('x'.repeat(16_001))
    await page.getByRole('alert').filter({ hasText: '1 character too many' }).waitFor()
    await composer.press('Enter')
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
    expect((await composer.inputValue()).length).toBe(16_001)
    await composer.fill('x'.repeat(16_000))
    await composer.press('Enter')
    await own.filter({ hasNotText: 'Sending' }).waitFor()
  })

  test('does not make a phone zoom in, and has targets for fingers', async () => {
    await using visitor = await stage.visit({ viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true })
    const { page } = visitor
    const { composer } = chatOf(page)
    expect(await composer.evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize))).toBeGreaterThanOrEqual(16)
    await chatOf(page).answerTo(question)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('header button, form button, textarea, [role=log] button:not(.citation-mark)')]
        .filter((element) => element.checkVisibility())
        .map((element) => ({ name: element.ariaLabel, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 44 || box.width < 44)
        .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
    )
    expect(small).toEqual([])
  })

  test('the focus is never lost to what goes away', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    const suggestion = page.getByRole('list', { name: 'Questions to begin with' }).getByRole('button').first()
    await suggestion.focus()
    await page.keyboard.press('Enter')
    await chat.answers.first().waitFor()
    expect(await focused(page)).toBe('textarea Your message')
    await chat.answerTo('Who won the football match yesterday?')
    await page.getByRole('list', { name: 'Suggested replies' }).getByRole('button').first().focus()
    await page.keyboard.press('Enter')
    await chat.log.getByRole('article', { name: 'Person requested' }).waitFor()
    expect(await focused(page)).toBe('textarea Your message')
  })

  test('everything works with the keyboard alone, and the focus is always seen', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const { keyboard } = page
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()

    /** Goes on with Tab until the focus is on what has this name. */
    async function tabTo(name: RegExp, key = 'Tab'): Promise<void> {
      for (let steps = 0; steps < 40; steps += 1) {
        if (name.test(await focused(page))) return
        await keyboard.press(key)
        const seen = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement
          const { outlineStyle, outlineWidth } = getComputedStyle(element)
          const framed = element.closest('form')?.querySelector(':focus-within')
          return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || (framed && element.tagName === 'TEXTAREA')
        })
        expect(seen || (await focused(page)).startsWith('body'), `the focus on ${await focused(page)} is not seen`).toBeTruthy()
      }
      throw new Error(`Tab never comes to ${name}; it stands on ${await focused(page)}`)
    }

    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await tabTo(/^button Skip to the message box/)
    await keyboard.press('Enter')
    await eventually(() => focused(page)).toContain('Your message')
    await keyboard.type(question)
    await keyboard.press('Enter')
    await chat.answers.getByRole('button', { name: 'Copy answer' }).waitFor()
    await tabTo(/^button Source 1/, 'Shift+Tab')
    await keyboard.press('Enter')
    const card = page.getByRole('dialog', { name: /^Source 1/ })
    await card.waitFor()
    await tabTo(/^a Open article/)
    await keyboard.press('Escape')
    await card.waitFor({ state: 'hidden' })
    await eventually(() => focused(page)).toMatch(/^button Source 1/)
    await tabTo(/Bad answer/)
    await keyboard.press('Enter')
    await eventually(() => focused(page)).toMatch(/^textarea/)
    await tabTo(/^button Skip$/)
    await keyboard.press('Enter')
    await eventually(() => focused(page)).toBe('button Bad answer')
    await tabTo(/Why this answer/)
    await keyboard.press('Space')
    await chat.answers.getByRole('definition').first().waitFor()
    await tabTo(/More/, 'Shift+Tab')
    await keyboard.press('Enter')
    await eventually(() => focused(page)).toBe('button End conversation')
    await keyboard.press('ArrowUp')
    await keyboard.press('ArrowUp')
    await keyboard.press('Enter')
    await page.locator('html.dark').waitFor({ state: 'attached' })
    expect(await focused(page)).toBe('button More')
    await tabTo(/New conversation/, 'Shift+Tab')
    await keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Start a new conversation?' }).waitFor()
    await keyboard.press('Escape')
    await eventually(() => focused(page)).toBe('button New conversation')
    await tabTo(/Talk to a person/, 'Shift+Tab')
    await keyboard.press('Enter')
    await chat.log.getByRole('article', { name: 'Person requested' }).waitFor()
    await eventually(() => focused(page)).toBe('button Person requested')
  })
})
