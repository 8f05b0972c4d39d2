import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { eventually } from '../support/visit.ts'

const question = 'How long does shipping take?'
const fact = '3 to 5 business days'

describe('the pages and clients of the original services', { timeout: 45_000 }, () => {
  const stage = setStage()

  /** The addresses of the sockets that a page opens. */
  function socketsOf(page: Page): string[] {
    const sockets: string[] = []
    page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname))
    return sockets
  }

  async function ask(page: Page, text: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Your message' }).fill(text)
    await page.getByRole('button', { name: 'Send' }).click()
  }

  const log = (page: Page) => page.getByRole('log', { name: 'Conversation' })

  test.each([
    ['/widget_websocket_fixed.html', /^\/ws\/[0-9a-f-]{36}$/],
    ['/widget_websocket.html', /^\/ws\/[0-9a-f-]{36}$/],
    ['/client.html', /^\/ws\/chat$/],
  ])('%s talks over its socket', async (path, address) => {
    await using visitor = await stage.visit({ path: '/test' })
    const { page } = visitor
    const sockets = socketsOf(page)
    await page.goto(new URL(path, stage.desk.url).href)
    await page.getByRole('status').filter({ hasText: 'Real-time connected' }).waitFor()
    await ask(page, question)
    await log(page).getByText(fact).waitFor()
    await ask(page, 'ping')
    await log(page).getByText('pong').waitFor()
    expect(sockets).toHaveLength(1)
    expect(sockets[0]).toMatch(address)
    expect(await log(page).getByText(question).count()).toBe(1)
  })

  test('/widget_integration.html polls, and opens no socket', async () => {
    await using visitor = await stage.visit({ path: '/test' })
    const { page } = visitor
    const sockets = socketsOf(page)
    await page.goto(new URL('/widget_integration.html', stage.desk.url).href)
    await page.getByRole('status').filter({ hasText: 'Using polling mode' }).waitFor()
    await ask(page, question)
    await log(page).getByText(fact).waitFor()
    expect(await log(page).getByText(question).count()).toBe(1)
    expect(sockets).toEqual([])
  })

  test('/widget_websocket.html falls back to polling, and looks for the socket again', async () => {
    const network = { blocked: true }
    await using visitor = await stage.visit({
      path: '/widget_websocket.html',
      provoked: /WebSocket/,
      async before(context) {
        await context.clock.install()
        await context.routeWebSocket(/\/ws\//, (socket) => void (network.blocked ? socket.close() : socket.connectToServer()))
      },
    })
    const { page } = visitor
    const status = page.getByRole('status')
    await status.filter({ hasText: 'Connection error' }).waitFor()
    await eventually(async () => {
      await page.clock.runFor(1000)
      return status.innerText()
    }).toBe('Using polling mode')
    await ask(page, question)
    await log(page).getByText(fact).waitFor()
    network.blocked = false
    await page.clock.runFor(30_000)
    await status.filter({ hasText: 'Real-time connected' }).waitFor()
    expect(await log(page).getByText(question).count()).toBe(1)
  })

  test('the developer page connects, sends any frame and shows what comes back', async () => {
    await using visitor = await stage.visit({ path: '/test' })
    const { page } = visitor
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('status').filter({ hasText: 'Connected' }).waitFor()
    const frames = page.getByRole('group', { name: 'Frames, oldest first' }).getByRole('listitem')
    await page.getByRole('textbox', { name: /^Frame/ }).fill(question)
    await page.getByRole('textbox', { name: /^Frame/ }).press('Enter')
    await frames.filter({ hasText: fact }).first().waitFor()
    await page.getByRole('textbox', { name: /^Frame/ }).fill('{"type":"nonsense"}')
    await page.getByRole('textbox', { name: /^Frame/ }).press('Enter')
    await frames.filter({ hasText: 'unknown_type' }).waitFor()
    await page.getByRole('button', { name: 'Disconnect' }).click()
    await page.getByRole('status').filter({ hasText: 'Disconnected' }).waitFor()
  })

  test('the React hook gives messages, connected and sendMessage, and comes back after a loss', async () => {
    await using visitor = await stage.visit({ path: '/examples/react', provoked: /WebSocket connection/ })
    const { page } = visitor
    const status = page.getByRole('status')
    const messages = page.getByRole('group', { name: 'Messages' })
    await status.filter({ hasText: 'Status: ✅ Connected' }).waitFor()
    await page.getByRole('textbox', { name: 'Message' }).fill(question)
    await page.getByRole('button', { name: 'Send' }).click()
    await messages.getByText(fact).waitFor()
    await stage.desk.kill()
    await status.filter({ hasText: 'Status: ❌ Disconnected' }).waitFor()
    await stage.desk.restart()
    await status.filter({ hasText: 'Status: ✅ Connected' }).waitFor()
    await page.getByRole('textbox', { name: 'Message' }).fill('/history')
    await page.getByRole('button', { name: 'Send' }).click()
    // It is the session of before.
    await messages.getByText(question).first().waitFor()
  })

  describe('from a page, as the originals print it', () => {
    test('a bare WebSocket', async () => {
      await using visitor = await stage.visit({ path: '/client.html' })
      const contents = await visitor.page.evaluate(async (text) => {
        const ws = new WebSocket(`ws://${location.host}/ws/chat`)
        const received: Array<{ type: string; content: string; message: string }> = []
        return new Promise<typeof received>((resolve, reject) => {
          ws.onopen = () => ws.send(text)
          ws.onerror = () => reject(new Error('no socket'))
          ws.onmessage = (event) => {
            received.push(JSON.parse(event.data))
            if (received.at(-1)?.type === 'message') resolve(received)
          }
        })
      }, question)
      expect(contents[0]).toMatchObject({ type: 'system', content: 'Connected', message: 'Connected' })
      expect(contents.at(-1)?.content).toContain(fact)
      expect(contents.at(-1)?.message).toBe(contents.at(-1)?.content)
    })

    test('an EventSource', async () => {
      await using visitor = await stage.visit({ path: '/client.html' })
      const { text, done } = await visitor.page.evaluate(async (message) => {
        const query = `message=${encodeURIComponent(message)}&session_id=my-session-123`
        const eventSource = new EventSource(`/api/chat/stream?${query}`)
        let text = ''
        return new Promise<{ text: string; done: { message_id: string } }>((resolve, reject) => {
          eventSource.onerror = () => reject(new Error('no stream'))
          eventSource.onmessage = (event) => {
            const data = JSON.parse(event.data)
            if (data.chunk) text += data.chunk
            if (!data.done) return
            eventSource.close()
            resolve({ text, done: data })
          }
        })
      }, question)
      expect(text).toContain(fact)
      expect(done.message_id).toBeTruthy()
    })

    test('fetch, with a session that is made first and one that is named', async () => {
      await using visitor = await stage.visit({ path: '/client.html' })
      const answers = await visitor.page.evaluate(async (message) => {
        const post = async (path: string, body?: object) => {
          const headers = { 'Content-Type': 'application/json' }
          return (await fetch(path, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) })).json()
        }
        const first = await post('/api/chat', { message })
        const second = await post('/api/chat', { message: 'and to Hawaii?', session_id: first.session_id })
        const { session_id } = await post('/api/session/new')
        const third = await post('/chat', { message, session_id })
        return { first, second, third, session_id }
      }, question)
      expect(answers.first.response).toContain(fact)
      expect(answers.second.session_id).toBe(answers.first.session_id)
      expect(answers.third).toMatchObject({ session_id: answers.session_id, reply: answers.third.response })
    })
  })
})
