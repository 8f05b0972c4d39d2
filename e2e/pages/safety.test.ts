import { describe, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { chatOf, eventually } from '../support/visit.ts'
import { attacks } from './attacks.ts'

const pages = [
  '/',
  '/test',
  '/knowledge',
  '/knowledge/shipping-times',
  '/docs',
  '/redoc',
  '/examples/react',
  '/widget_websocket_fixed.html',
  '/widget_websocket.html',
  '/widget_integration.html',
  '/client.html',
]

describe('what a visitor writes is text', { timeout: 60_000 }, () => {
  const stage = setStage({ RATE_LIMIT: 'off' })

  /** Opens a page that notes whatever runs of an attack: each calls alert(). */
  async function open(path: string) {
    const ran: string[] = []
    const visitor = await stage.visit({ path, before: (context) => context.exposeFunction('alert', () => ran.push(path)) })
    visitor.page.on('dialog', (dialog) => void dialog.dismiss())
    return { visitor, ran }
  }

  test('an attack that works is noticed', async () => {
    const { visitor, ran } = await open('/client.html')
    await using _ = visitor
    await visitor.page.evaluate(() => (window as unknown as { alert: () => Promise<void> }).alert())
    expect(ran).toEqual(['/client.html'])
  })

  test('in the chat, while it is sent, when it is answered, and after a reload', async () => {
    const { visitor, ran } = await open('/')
    await using _ = visitor
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    for (const attack of attacks) await chat.ask(attack)
    await eventually(() => chat.own.count()).toBe(attacks.length)
    await eventually(() => chat.own.filter({ hasText: 'Sending' }).count()).toBe(0)
    await eventually(() => page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    await page.reload()
    await eventually(() => chat.own.count()).toBe(attacks.length)
    const shown = await chat.own.locator('p').allInnerTexts()
    for (const attack of attacks) expect(shown).toContain(attack.trim())
    // Nothing that was written has become an element, and no link leads to a script.
    expect(await chat.log.locator('script, iframe, object, embed, img, video, svg[onload], math, form[action], style, base').count()).toBe(
      0,
    )
    expect(await chat.log.locator('[href^="javascript:" i], [href^="data:" i], [onerror], [onclick]').count()).toBe(0)
    expect(ran).toEqual([])
  })

  test('in an answer, whoever wrote it', async () => {
    const ran: string[] = []
    await using visitor = await stage.visit({
      async before(context) {
        await context.exposeFunction('alert', () => ran.push('/'))
        await context.routeWebSocket(/\/ws\//, (socket) => {
          const server = socket.connectToServer()
          server.onMessage((data) => {
            const frame = JSON.parse(String(data))
            if (frame.type === 'delta') return
            if (frame.type !== 'message' || frame.role !== 'assistant') return socket.send(data)
            const content = attacks.join('\n\n')
            const citations = attacks.map((attack, index) => ({ n: index + 1, source: 's', title: attack, excerpt: attack, url: attack }))
            socket.send(JSON.stringify({ ...frame, content, message: content, citations, options: attacks.slice(0, 3) }))
          })
        })
      },
    })
    const { page } = visitor
    const chat = chatOf(page)
    const answer = await chat.answerTo('How long does shipping take?')
    await answer.getByRole('button', { name: 'Why this answer' }).click()
    expect(await chat.log.locator('script, iframe, object, embed, img, video, math, form[action], style, base').count()).toBe(0)
    const addresses = await chat.log.getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol))
    expect(addresses.filter((protocol) => !['http:', 'https:', 'mailto:', 'tel:'].includes(protocol))).toEqual([])
    expect(ran).toEqual([])
  })

  test('in the original widget', async () => {
    const { visitor, ran } = await open('/widget_websocket_fixed.html')
    await using _ = visitor
    const { page } = visitor
    await page.getByRole('status').filter({ hasText: 'Real-time connected' }).waitFor()
    for (const attack of attacks) {
      await page.getByRole('textbox', { name: 'Your message' }).fill(attack)
      await page.getByRole('textbox', { name: 'Your message' }).press('Enter')
    }
    await eventually(() => page.locator('p.visitor').count()).toBe(attacks.length)
    expect(await page.getByRole('log').locator('script, iframe, img, svg, a').count()).toBe(0)
    expect(ran).toEqual([])
  })

  test('no page complains, breaks its own policy or asks another host for anything', async () => {
    const reports: string[] = []
    await using visitor = await stage.visit({
      path: '/client.html',
      async before(context) {
        await context.exposeFunction('report', (text: string) => reports.push(text))
        await context.addInitScript(() => {
          document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
            (window as unknown as { report: (text: string) => void }).report(`${location.pathname}: ${violatedDirective} ${blockedURI}`),
          )
        })
      },
    })
    const { page } = visitor
    for (const path of pages) {
      await page.goto(new URL(path, stage.desk.url).href, { waitUntil: 'load' })
      await page.getByRole('heading').filter({ visible: true }).first().waitFor()
    }
    expect(reports).toEqual([])
    // The listener hears: a picture from elsewhere is against the policy.
    await page.evaluate(() => new Image().setAttribute('src', 'http://127.0.0.1:9/x.png'))
    await eventually(() => reports.length).toBe(1)
    visitor.complaints.splice(0)
  })
})
