import type { Locator, Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { chatOf, eventually } from '../support/visit.ts'

const credentials = 'My email is alice@example.com and PIN is 1234'

describe('with the shop of the desk', { timeout: 60_000 }, () => {
  const stage = setStage({ RATE_LIMIT: 'off' })

  async function arrive() {
    const visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    return { visitor, page, chat }
  }

  const approval = (page: Page) => page.getByRole('article', { name: /^Place this order/ })
  const form = (page: Page) => page.getByRole('region', { name: 'Sign in' })
  const placed = (page: Page) => page.getByRole('button', { name: 'Undo this order' })

  /** How many of a product there are, as the desk says. */
  async function stockOf(chat: ReturnType<typeof chatOf>, sku: string): Promise<number> {
    const answer = await chat.answerTo(`Tell me more about ${sku}`)
    const [, units] = /In stock: (\d+)/.exec(await answer.innerText()) ?? []
    return Number(units)
  }

  async function menu(page: Page, item: string): Promise<void> {
    await page.getByRole('button', { name: 'More', exact: true }).filter({ visible: true }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  test('a visitor signs in, looks around, orders, and takes it back', async () => {
    const { visitor, page, chat } = await arrive()
    await using _ = visitor
    await chat.answerTo('Hello')
    await form(page).waitFor()
    await chat.answerTo(credentials)
    await page.getByRole('banner').getByText('Alice Warren').waitFor()
    await chat.own.getByText('PIN not kept').waitFor()
    expect(await form(page).count()).toBe(0)
    const found = await chat.answerTo('Show me monitors')
    expect(await found.getByRole('list', { name: 'Products' }).getByRole('listitem').count()).toBeGreaterThan(2)
    const before = await stockOf(chat, 'MON-0054')
    await page.getByRole('button', { name: 'Order MON-0054' }).first().click()
    await approval(page).getByText('$166.85').first().waitFor()
    await page.reload()
    await approval(page).getByRole('button', { name: 'Place the order' }).click()
    await placed(page).waitFor()
    await approval(page).getByText('You approved this order.', { exact: true }).waitFor()
    expect(await stockOf(chat, 'MON-0054')).toBe(before - 1)
    await page.reload()
    await placed(page).click()
    await chat.answers.getByText('Cancelled', { exact: true }).first().waitFor()
    await eventually(() => placed(page).count()).toBe(0)
    expect(await stockOf(chat, 'MON-0054')).toBe(before)
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]))).not.toMatch(
      /PIN is 1234/,
    )
  })

  test('two presses in two tabs are one order', async () => {
    const { visitor, page, chat } = await arrive()
    await using _ = visitor
    await chat.answerTo(credentials)
    const before = await stockOf(chat, 'MON-0011')
    await chat.answerTo('I want to order MON-0011')
    const other = await visitor.tab()
    const button = (tab: Page): Locator => approval(tab).getByRole('button', { name: 'Place the order' })
    await button(other).waitFor()
    const buttons = await Promise.all([page, other].map((tab) => button(tab).elementHandle()))
    const press = (element: SVGElement | HTMLElement) => element.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await Promise.all(buttons.flatMap((one) => [one?.evaluate(press), one?.evaluate(press)]))
    for (const tab of [page, other]) {
      await approval(tab).getByText('You approved this order.', { exact: true }).waitFor()
      await placed(tab).waitFor()
      expect(await placed(tab).count()).toBe(1)
    }
    expect(await stockOf(chat, 'MON-0011')).toBe(before - 1)
  })

  test('the form signs in with the keyboard alone, and signing out voids what was open, in every tab', async () => {
    const { visitor, page, chat } = await arrive()
    await using _ = visitor
    await chat.answerTo('I want to order MON-0054')
    await form(page).getByLabel('E-mail').focus()
    await page.keyboard.type('alice@example.com')
    await page.keyboard.press('Tab')
    await page.keyboard.type('9182')
    await page.keyboard.press('Enter')
    await form(page).getByRole('alert').getByText('The e-mail address or the PIN is wrong.').waitFor()
    await page.keyboard.type('1234')
    await page.keyboard.press('Enter')
    await approval(page).getByRole('button', { name: 'Place the order' }).waitFor()
    await chat.own.getByText('I have signed in as alice@example.com.').waitFor()
    const other = await visitor.tab()
    await approval(other).getByRole('button', { name: 'Place the order' }).waitFor()
    await menu(page, 'Sign out')
    await page.getByRole('dialog', { name: 'Sign out now?' }).getByRole('button', { name: 'Sign out' }).click()
    for (const tab of [page, other]) {
      await approval(tab).getByText('because the sign-in has changed').waitFor()
      await chatOf(tab).connection('Real-time connected').waitFor()
      expect(await tab.getByRole('banner').getByText('Alice Warren').count()).toBe(0)
    }
    await chat.answerTo('Show my orders')
    await form(page).waitFor()
  })

  test('the words say what the cards do not', async () => {
    const { visitor, chat } = await arrive()
    await using _ = visitor
    const found = await chat.answerTo('Show me monitors')
    const words = (await found.getByRole('list', { name: 'Products' }).count()) === 1 ? await found.innerText() : ''
    expect(words.split('MON-0001').length - 1).toBe(1)
  })
})
