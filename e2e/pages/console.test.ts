import { describe, expect, test } from 'vitest'
import { faultsOf, tooWide } from '../support/accessibility.ts'
import { setStage } from '../support/stage.ts'
import { chatOf, eventually } from '../support/visit.ts'

/** A visitor on the page and an operator at the console, both real, at the same time. */

describe('the console', { timeout: 60_000 }, () => {
  const stage = setStage()
  // Who is not signed in is told so, and the browser notes every 401.
  const provoked = /401 \(Unauthorized\)/

  const password = () => /password "([^"]+)"/.exec(stage.desk.output())?.[1] ?? expect.fail('no password was shown')

  async function signIn(options = {}) {
    const visit = await stage.visit({ path: '/console', provoked, ...options })
    const { page } = visit
    await page.getByLabel('Login').fill('admin')
    await page.getByLabel('Password').fill(password())
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    return { visit, page }
  }

  async function arrive() {
    const visit = await stage.visit()
    const chat = chatOf(visit.page)
    await chat.connection('Real-time connected').waitFor()
    return { visit, chat, page: visit.page }
  }

  test('is where a person answers a visitor who asked for one, and hands back to the assistant', async () => {
    const visitor = await arrive()
    await using _visitor = visitor.visit
    const operator = await signIn()
    await using _operator = operator.visit
    const { page } = operator

    await visitor.chat.answerTo('My parcel is lost, may I speak with a person?')
    await page.getByRole('button', { name: /My parcel is lost|passing your question/ }).click()
    await page.getByRole('button', { name: 'Take over' }).click()
    await visitor.chat.log.getByText('Support joined the conversation').waitFor()

    const reply = page.getByRole('textbox', { name: 'Reply to the visitor' })
    await reply.pressSequentially('I am looking')
    await visitor.page.getByText('A person is typing').waitFor()
    await reply.fill('I am looking **into it**.')
    await reply.press('Enter')
    await visitor.chat.log.getByText('into it').waitFor()
    expect(await visitor.chat.log.getByText('into it').evaluate(({ tagName }) => tagName)).toBe('STRONG')

    await page.getByRole('button', { name: 'Note', exact: true }).click()
    const note = page.getByRole('textbox', { name: 'A remark that the visitor never sees' })
    await note.fill('the third lost parcel this week')
    await note.press('Enter')
    await page.getByText('Note by Support').waitFor()

    // While a person holds the conversation the assistant says nothing.
    await visitor.chat.ask('How long does shipping take?')
    await page.getByText('How long does shipping take?').waitFor()
    await page.getByRole('button', { name: 'Hand back' }).click()
    await visitor.chat.log.getByText('Support left. The assistant answers again.').waitFor()
    const answer = await visitor.chat.answerTo('Can I pay with PayPal?')
    expect(await answer.innerText()).toContain('PayPal')

    const said = await visitor.chat.log.innerText()
    expect(said).not.toContain('third lost parcel')
    expect(said).not.toContain('business days')
    await visitor.page.reload()
    await visitor.chat.log.getByText('into it').waitFor()
    expect(await visitor.chat.log.innerText()).not.toContain('third lost parcel')
  })

  test('says what is wrong with a login, and lets nobody in who has signed out', async () => {
    await using visit = await stage.visit({ path: '/console', provoked })
    const { page } = visit
    await page.getByLabel('Login').fill('admin')
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').filter({ hasText: 'do not belong together' }).waitFor()
    await page.getByLabel('Password').fill(password())
    await page.getByRole('button', { name: 'Sign in' }).click()
    const other = await visit.tab('/console')
    await other.getByRole('button', { name: 'Sign out' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Password').waitFor()
    // The other tab's lines have ended: it finds out by itself.
    await other.getByLabel('Password').waitFor()
  })

  test('can be read and used by everybody, on a phone as well', async () => {
    const visitor = await arrive()
    await using _visitor = visitor.visit
    await visitor.chat.answerTo('Do you sell gift cards?')
    const operator = await signIn({ viewport: { width: 360, height: 740 } })
    await using _operator = operator.visit
    const { page } = operator
    await page.getByRole('button', { name: 'All', exact: true }).click()
    const row = page.getByRole('listitem').getByRole('button', { name: /gift/i }).first()
    await row.waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect(await tooWide(page)).toEqual([])
    await row.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Take over' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect(await tooWide(page)).toEqual([])
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await eventually(() => row.isVisible()).toBe(true)
  })
})
