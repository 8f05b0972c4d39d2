import { describe, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { chatOf, eventually } from '../support/visit.ts'

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(2000, 7)])
const picture = { name: 'screen.png', mimeType: 'image/png', buffer: png }

describe('what a visitor sends', { timeout: 45_000 }, () => {
  const stage = setStage()

  test('may be said in other words, once, and what was said first stays to be opened', async () => {
    await using visitor = await stage.visit()
    const { page } = visitor
    const chat = chatOf(page)
    await chat.answerTo('How long does shipping take?')
    await chat.own.last().hover()
    await page.getByRole('button', { name: 'Change this message' }).click()
    await page.getByText('You are changing your last message').waitFor()
    await eventually(() => chat.composer.inputValue()).toBe('How long does shipping take?')
    await page.keyboard.press('Escape')
    await eventually(() => chat.composer.inputValue()).toBe('')

    await chat.own.last().hover()
    await page.getByRole('button', { name: 'Change this message' }).click()
    await chat.composer.fill('How can I pay?')
    await page.keyboard.press('Enter')
    await chat.log
      .getByText(/credit card|PayPal/i)
      .first()
      .waitFor()
    await eventually(() => chat.own.count()).toBe(1)
    const first = page.getByText('An earlier message')
    await first.click()
    await chat.log.getByText('How long does shipping take?', { exact: true }).waitFor()
    await page.getByText('An earlier answer').click()
    await chat.log.getByText('3 to 5 business days').first().waitFor()

    await page.reload()
    await chat.own.getByText('How can I pay?').waitFor()
    expect(await chat.log.getByText('3 to 5 business days').first().isVisible()).toBe(false)
  })

  test('may come with files, by button and by paste; what is not taken is said', async () => {
    await using visitor = await stage.visit({ provoked: /400 \(Bad Request\)/ })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    const chosen = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Attach a picture or a PDF' }).click()
    await (await chosen).setFiles([picture, { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') }])
    await page.getByRole('alert').filter({ hasText: 'drawing.svg: Only pictures' }).waitFor()
    const send = page.getByRole('button', { name: 'Send', exact: true })
    expect(await send.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Remove drawing.svg' }).click()
    await chat.composer.evaluate(
      (field, bytes) => {
        const data = new DataTransfer()
        data.items.add(new File([new Uint8Array(bytes)], 'pasted.png', { type: 'image/png' }))
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
      },
      [...png],
    )
    await page.getByRole('button', { name: 'Remove pasted.png' }).waitFor()
    await eventually(() => send.isDisabled()).toBe(false)
    await send.click()
    await chat.log.getByRole('link', { name: 'screen.png, 2 KB' }).waitFor()
    await chat.log.getByRole('link', { name: 'pasted.png, 2 KB' }).waitFor()
    const [file] = await Promise.all([
      page.context().waitForEvent('page'),
      chat.log.getByRole('link', { name: 'screen.png, 2 KB' }).click(),
    ])
    expect(file.url()).toContain('/files/')
  })
})
