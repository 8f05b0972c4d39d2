import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { chatOf, eventually } from '../support/visit.ts'

const question = 'How long does shipping take?'

describe('a conversation', { timeout: 45_000 }, () => {
  const stage = setStage()

  /** Does what another client of the same session would do. */
  function actElsewhere(page: Page, action: object): Promise<number> {
    return page.evaluate(async (body) => {
      const { id, token } = JSON.parse(localStorage.getItem('frontdesk.session') ?? '{}')
      const headers = { 'content-type': 'application/json', 'x-session-token': token }
      return (await fetch(`/api/session/${id}/actions`, { method: 'POST', headers, body: JSON.stringify(body) })).status
    }, action)
  }

  test('greets with questions, and answers one with sources that lead to their article', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await page.getByRole('list', { name: 'Questions to begin with' }).getByRole('button').first().waitFor()
    await chat.connection('Real-time connected').waitFor()
    const answer = await chat.answerTo(question)
    expect(await answer.innerText()).toContain('3 to 5 business days')
    await answer.getByText('AI', { exact: true }).waitFor()

    await answer.getByRole('button', { name: 'Source 1: Shipping times – Standard shipping' }).first().click()
    const card = page.getByRole('dialog', { name: 'Source 1: Shipping times – Standard shipping' })
    expect(await card.getByRole('blockquote').innerText()).toContain('3 to 5 business days')
    await card.getByRole('link', { name: 'Open article' }).click()
    await page.getByRole('heading', { level: 1, name: 'Shipping times' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#standard-shipping')
    await page.getByRole('link', { name: 'Back to chat' }).click()
    await chat.answers.first().waitFor()
  })

  test('says on demand why an answer was given', async () => {
    await using visitor = await stage.visit()
    const chat = chatOf(visitor.page)
    const answer = await chat.answerTo(question)
    const why = answer.getByRole('button', { name: 'Why this answer' })
    expect(await why.getAttribute('aria-expanded')).toBe('false')
    await why.click()
    await answer.getByRole('definition').filter({ hasText: 'Shipping times' }).first().waitFor()
    await answer
      .getByRole('definition')
      .filter({ hasText: /^(very|quite) sure, (\d{2}|over 99) %$/ })
      .waitFor()
    await answer.getByRole('definition').filter({ hasText: 'frontdesk/offline' }).waitFor()
    await why.click()
    expect(await answer.getByRole('definition').count()).toBe(0)
  })

  test('an answer in steps is a list, with its sources in each step', async () => {
    const content = 'Like so:\n\n1. Press it once. [1]\n2. Wait until it is green. [1][2]\n\n- or leave it [2]'
    const citations = [1, 2].map((n) => ({ n, source: `s${n}`, title: `Step ${n}`, excerpt: 'Press it.' }))
    await using visitor = await stage.visit({
      before: (context) =>
        context.routeWebSocket(/\/ws\//, (socket) => {
          socket.connectToServer().onMessage((data) => {
            const frame = JSON.parse(String(data))
            if (frame.type === 'delta') return
            const answered = frame.type === 'message' && frame.role === 'assistant'
            socket.send(answered ? JSON.stringify({ ...frame, content, message: content, citations, confidence: 1 }) : data)
          })
        }),
    })
    const answer = await chatOf(visitor.page).answerTo(question)
    const steps = answer.getByRole('list').first().getByRole('listitem')
    expect(await steps.count()).toBe(2)
    const heights = await steps.evaluateAll((items) => items.map((item) => item.getBoundingClientRect().height))
    expect(heights[1], 'two marks in a row take no more room than one').toBe(heights[0])
    await steps.nth(1).getByRole('button').nth(1).click()
    await visitor.page.getByRole('dialog', { name: 'Source 2: Step 2' }).waitFor()
    await visitor.page.keyboard.press('Escape')
    await answer.getByRole('button', { name: 'Why this answer' }).click()
    await answer.getByRole('definition').filter({ hasText: 'very sure, over 99 %' }).waitFor()
  })

  test('copies an answer', async () => {
    await using visitor = await stage.visit()
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stage.desk.url })
    const answer = await chatOf(visitor.page).answerTo(question)
    await answer.getByRole('button', { name: 'Copy answer' }).click()
    await answer.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toContain('3 to 5 business days')
  })

  test('keeps a thumb and its reason through a reload', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const answer = await chatOf(page).answerTo(question)
    const down = answer.getByRole('button', { name: 'Bad answer' })
    await down.click()
    await answer.getByRole('textbox', { name: 'What was wrong with it?' }).fill('It is about another country.')
    await answer.getByRole('button', { name: 'Send' }).click()
    await answer.getByText('Thank you. That helps.').waitFor()
    await page.reload()
    await down.and(page.locator('[aria-pressed=true]')).waitFor()
    expect(await answer.getByRole('button', { name: 'Good answer' }).getAttribute('aria-pressed')).toBe('false')
  })

  test('two tabs show the same', async () => {
    await using visitor = await stage.visit()
    const chat = chatOf(visitor.page)
    await chat.answerTo(question)
    const other = chatOf(await visitor.tab())
    await other.answers.first().waitFor()
    await other.answerTo('What is your return policy?')
    await chat.answers.nth(1).getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(await chat.log.innerText()).toBe(await other.log.innerText())
    expect(await chat.own.count()).toBe(2)
  })

  test('begins a new conversation after a question, in every tab', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await chat.answerTo(question)
    const other = chatOf(await visitor.tab())
    await other.answers.first().waitFor()
    await page.bringToFront()
    await page.getByRole('button', { name: 'New conversation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    expect(await chat.answers.count()).toBe(1)
    await page.getByRole('button', { name: 'New conversation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start new' }).click()
    for (const { log } of [chat, other]) await log.getByRole('heading', { name: /^Hello/ }).waitFor()
    await chat.composer.and(page.locator(':focus')).waitFor()
    await chat.answerTo(question)
    await other.answers.first().waitFor()
    expect([await chat.own.count(), await other.own.count()]).toEqual([1, 1])
  })

  test('is cleared by /clear, for good', async () => {
    await using visitor = await stage.visit({ viewport: { width: 320, height: 568 } })
    const chat = chatOf(visitor.page)
    await chat.answerTo(question)
    await chat.ask('/clear')
    await chat.answers.first().waitFor({ state: 'detached' })
    await visitor.page.getByRole('list', { name: 'Questions to begin with' }).getByRole('button').first().waitFor()
    expect((await chat.log.innerText()).split('cleared')).toHaveLength(2)
    await eventually(() => chat.log.evaluate((log) => log.scrollTop)).toBe(0)
    expect(await chat.own.count()).toBe(0)
    await visitor.page.reload()
    await chat.connection('Real-time connected').waitFor()
    await chat.answerTo(question)
    expect(await chat.answers.count()).toBe(1)
  })

  test('stores the wish for a person and says so', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    await page.getByRole('button', { name: 'Talk to a person' }).click()
    await chat.log.getByRole('article', { name: 'Person requested' }).waitFor()
    // It is not disabled, so that it keeps the focus; it only does nothing more.
    await page.getByRole('button', { name: 'Person requested' }).click({ force: true })
    await page.reload()
    await page.getByRole('button', { name: 'Person requested' }).waitFor()
    expect(await chat.log.getByRole('article', { name: 'Person requested' }).count()).toBe(1)
    await chat.answerTo(question)
  })

  test('offers a person when it does not know, as a reply to press', async () => {
    await using visitor = await stage.visit()
    const chat = chatOf(visitor.page)
    const answer = await chat.answerTo('Who won the football match yesterday?')
    await answer.getByRole('list', { name: 'Suggested replies' }).getByRole('button').first().click()
    await chat.log.getByRole('article', { name: 'Person requested' }).waitFor()
    expect(await answer.getByRole('list', { name: 'Suggested replies' }).count()).toBe(0)
  })

  test('is ended from the menu, asks how it was, and goes on when the visitor writes', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await chat.answerTo(question)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'End conversation' }).click()
    await chat.log.getByText('You ended this conversation. To continue it, just write.').waitFor()
    const survey = page.getByRole('form', { name: 'How was this conversation?' })
    await survey.getByRole('button', { name: /Good/ }).click()
    await survey.getByRole('textbox').fill('Quick and clear.')
    await survey.getByRole('button', { name: 'Send comment' }).click()
    await page.getByText('You rated this conversation 4 of 5.').waitFor()
    await page.reload()
    await page.getByText('You rated this conversation 4 of 5.').waitFor()
    await chat.answerTo('What is your return policy?')
    expect(await survey.count()).toBe(0)
    expect(await chat.log.getByText('To continue it').count()).toBe(0)
  })

  test('counts in the title what came while nobody looked', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await chat.answerTo(question)
    const title = await page.title()
    // A headless browser shows all its tabs at once: the page is told that it is hidden.
    const setHidden = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    await setHidden(true)
    await actElsewhere(page, { type: 'message', content: 'What is your return policy?' })
    await eventually(() => page.title()).toBe(`(1) ${title}`)
    await setHidden(false)
    await eventually(() => page.title()).toBe(title)
  })

  test('leaves a reader alone who has scrolled up, and follows one who is at the end', async () => {
    await using visitor = await stage.visit({ viewport: { width: 600, height: 420 } })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.answerTo(question)
    await chat.answerTo('What is your return policy?')
    const distance = () => chat.log.evaluate((log) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop))
    await eventually(distance).toBeLessThan(4)
    const height = () => chat.log.evaluate((log) => log.clientHeight)
    const before = await height()
    await chat.composer.fill('a\n'.repeat(5))
    await eventually(height).toBeLessThan(before)
    await eventually(distance).toBeLessThan(4)
    await chat.composer.fill('')
    await eventually(height).toBe(before)
    await actElsewhere(page, { type: 'message', content: 'Can I pay by invoice?' })
    await chat.answers.nth(2).getByRole('button', { name: 'Copy answer' }).waitFor()
    await eventually(distance).toBeLessThan(4)
    await chat.log.hover()
    await page.mouse.wheel(0, -2000)
    await page.getByRole('button', { name: 'To the latest message' }).waitFor()
    await actElsewhere(page, { type: 'message', content: 'When is the store open?' })
    await chat.answers.nth(3).getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(await chat.log.evaluate((log) => log.scrollTop)).toBeLessThan(4)
    await page.getByRole('button', { name: 'New messages' }).click()
    await eventually(distance).toBeLessThan(4)
  })

  test('a page that is not there says so and leads back', async () => {
    await using visitor = await stage.visit({ path: '/knowledge/no-such-article', provoked: /404/ })
    const { page } = visitor
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await page.getByRole('link', { name: 'Back to chat' }).click()
    await chatOf(page).composer.waitFor()
  })

  test('a page that breaks says so, and works again on request', async () => {
    await using visitor = await stage.visit({ provoked: /timestamp|error|closed before the connection/i })
    const { page } = visitor
    await chatOf(page).connection('Real-time connected').waitFor()
    await page.evaluate(() => {
      const { id } = JSON.parse(localStorage.getItem('frontdesk.session') ?? '{}')
      sessionStorage.setItem('frontdesk.session.log', JSON.stringify({ session: id, log: { seq: 1, items: [null] } }))
    })
    await page.reload()
    await page.getByRole('heading', { name: 'Something went wrong' }).waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await chatOf(page).answerTo(question)
  })
})
