import { describe, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { chatOf, type VisitOptions } from '../support/visit.ts'

const question = 'How long does shipping take, and can I pay with PayPal?'
const opening = 'Standard shipping takes 3 to 5 business days'

describe('in the middle of an answer', { timeout: 45_000 }, () => {
  // So slow that a story can always do something before the answer is finished.
  const stage = setStage({ OFFLINE_PACE_MS: '40' })

  async function arrive(options?: VisitOptions) {
    const visitor = await stage.visit(options)
    const chat = chatOf(visitor.page)
    await chat.connection('Real-time connected').waitFor()
    return { visitor, chat, page: visitor.page }
  }

  async function begin(options?: VisitOptions) {
    const arrived = await arrive(options)
    await arrived.chat.ask(question)
    return arrived
  }

  test('there is a word of it before the first sentence', async () => {
    const { visitor, chat, page } = await begin()
    await using _ = visitor
    await chat.log.getByText('The assistant is working on an answer').waitFor()
    await chat.answers.getByText(opening).waitFor()
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    expect(await chat.log.getAttribute('aria-busy')).toBe('true')
    // Screen readers are told of it once, when it is finished.
    expect(await page.getByRole('status').filter({ hasText: opening }).count()).toBe(0)
    await chat.answers.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(await page.getByRole('status').filter({ hasText: opening }).count()).toBe(1)
    expect(await chat.log.getAttribute('aria-busy')).toBe('false')
  })

  test('it can be stopped from another tab, and what was said stays', async () => {
    const { visitor, chat, page } = await arrive()
    await using _ = visitor
    const other = await visitor.tab()
    await chatOf(other).connection('Real-time connected').waitFor()
    await chat.ask(question)
    await chat.answers.getByText(opening).waitFor()
    await other.getByRole('button', { name: 'Stop' }).click()
    for (const { answers } of [chat, chatOf(other)]) {
      await answers.getByText('You stopped this answer.').waitFor()
      expect(await answers.innerText()).toContain(opening)
    }
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
  })

  test('Esc stops it', async () => {
    const { visitor, chat, page } = await begin()
    await using _ = visitor
    await chat.answers.getByText(opening).waitFor()
    await chat.composer.press('Escape')
    await chat.answers.getByText('You stopped this answer.').waitFor()
    await chat.composer.and(page.locator(':focus')).waitFor()
  })

  test('a reload shows it once, from its beginning to its end', async () => {
    const { visitor, chat, page } = await begin()
    await using _ = visitor
    await chat.answers.getByText(opening).waitFor()
    await page.reload()
    await chat.answers.getByText(opening).waitFor()
    await chat.answers.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect((await chat.answers.innerText()).split(opening)).toHaveLength(2)
    expect([await chat.own.count(), await chat.answers.count()]).toEqual([1, 1])
  })

  test('something new ends it, and is answered', async () => {
    const { visitor, chat } = await begin()
    await using _ = visitor
    await chat.answers.getByText(opening).waitFor()
    await chat.ask('What is your return policy?')
    const attempt = chat.log.getByRole('article', { name: 'you asked something else' })
    const said = attempt.getByRole('paragraph').filter({ hasText: opening })
    await said.waitFor()
    const answer = chat.answers.nth(1)
    await answer.getByRole('button', { name: 'Copy answer' }).waitFor()
    expect(await answer.innerText()).toContain(opening)
    expect(await chat.own.count()).toBe(2)
    // The same text does not stand there twice, and can be had again.
    await said.waitFor({ state: 'hidden' })
    await attempt.getByText('Unfinished').click()
    await said.waitFor()
  })

  test('without a line to the desk nothing looks as if it went on, and then it does', async () => {
    const { visitor, chat, page } = await begin({ provoked: /WebSocket connection|ERR_CONNECTION|Failed to load resource/ })
    await using _ = visitor
    await chat.answers.getByText(opening).waitFor()
    await stage.desk.kill()
    await chat.answers.getByText('Waiting for the connection').waitFor()
    expect(await chat.log.getByText('The assistant is working on an answer').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    await stage.desk.restart()
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    const attempt = chat.log.getByRole('article', { name: 'interrupted' })
    await chat.answers.nth(1).getByRole('button', { name: 'Copy answer' }).waitFor()
    await attempt.getByRole('paragraph').waitFor({ state: 'hidden' })
    expect((await chat.answers.nth(1).innerText()).split(opening)).toHaveLength(2)
  })
})
