import { startBrowser } from '../e2e/support/browser.ts'
import { startDesk } from '../e2e/support/desk-process.ts'
import { chatOf } from '../e2e/support/visit.ts'

// Takes the pictures of the README from the built desk, with a real conversation.

const desk = await startDesk()
const browser = await startBrowser()
try {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  await page.goto(desk.url)
  const chat = chatOf(page)
  await chat.connection('Real-time connected').waitFor()
  const answer = await chat.answerTo('How long does shipping take?')
  await answer
    .getByRole('button', { name: /^Source 1: / })
    .first()
    .click()
  await page.getByRole('dialog', { name: /^Source 1: / }).waitFor()
  await page.screenshot({ path: 'docs/images/chat.png' })
} finally {
  await browser.close()
  await desk.dispose()
}
