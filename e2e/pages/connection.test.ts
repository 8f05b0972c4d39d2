import type { BrowserContext, Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import { setStage } from '../support/stage.ts'
import { chatOf, eventually } from '../support/visit.ts'

const question = 'How long does shipping take?'
/** What a browser writes to its console when a desk is not there. */
const unreachable = /WebSocket connection|ERR_CONNECTION|Failed to load resource/

describe('the line to the desk', { timeout: 45_000 }, () => {
  const stage = setStage()

  /** Lets no socket through, as some networks do, until it is told to. */
  function blockSockets(context: BrowserContext) {
    const network = { blocked: true, tries: 0 }
    const blocking = context.routeWebSocket(/\/ws\//, (socket) => {
      network.tries += 1
      if (network.blocked) void socket.close()
      else socket.connectToServer()
    })
    return { network, blocking }
  }

  const seen = (page: Page) => page.getByRole('banner').getByRole('status').innerText()

  test('polls where no socket gets through, and is in real time again once one does', async () => {
    let network = { blocked: true, tries: 0 }
    await using visitor = await stage.visit({
      provoked: unreachable,
      async before(context) {
        const blocked = blockSockets(context)
        network = blocked.network
        await blocked.blocking
      },
    })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Using polling mode').waitFor()
    const asked = performance.now()
    await chat.answerTo(question)
    expect(performance.now() - asked).toBeLessThan(3000)
    await eventually(() => network.tries).toBe(4)
    network.blocked = false
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await chat.connection('Real-time connected').waitFor()
    await chat.answerTo('What is your return policy?')
    expect([await chat.own.count(), await chat.answers.count()]).toEqual([2, 2])
  })

  test('tries the socket every 30 s by itself', async () => {
    let network = { blocked: true, tries: 0 }
    await using visitor = await stage.visit({
      provoked: unreachable,
      async before(context) {
        const blocked = blockSockets(context)
        network = blocked.network
        await blocked.blocking
        await context.clock.install()
      },
    })
    const { page } = visitor
    const chat = chatOf(page)
    await eventually(async () => {
      await page.clock.runFor(500)
      return network.tries
    }).toBe(4)
    await chat.connection('Using polling mode').waitFor()
    network.blocked = false
    // When exactly is for the unit tests: here, that nobody has to do anything for it.
    await eventually(async () => {
      await page.clock.runFor(500)
      return seen(page)
    }).toBe('Real-time connected')
    expect(network.tries).toBeGreaterThan(4)
  })

  test('works where the browser makes no sockets at all', async () => {
    await using visitor = await stage.visit({
      before: (context) =>
        context.addInitScript(() => {
          window.WebSocket = class {
            constructor() {
              throw new DOMException('refused', 'SecurityError')
            }
          } as never
        }),
    })
    const chat = chatOf(visitor.page)
    await chat.connection('Using polling mode').waitFor()
    await chat.answerTo(question)
  })

  test('says that it is lost, keeps what is written, and comes back by itself', async () => {
    await using visitor = await stage.visit({ provoked: unreachable })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.answerTo(question)
    await stage.desk.kill()
    await chat.connection('Connection error').waitFor()
    await page.getByRole('status').filter({ hasText: 'What you write is kept' }).waitFor()
    await chat.ask('What is your return policy?')
    await chat.own.filter({ hasText: 'Waiting to be sent' }).waitFor()
    await stage.desk.restart()
    await chat.answers.nth(1).getByRole('button', { name: 'Copy answer' }).waitFor()
    await eventually(() => seen(page)).toBe('Real-time connected')
    expect([await chat.own.count(), await chat.answers.count()]).toEqual([2, 2])
    await page.reload()
    await chat.answers.nth(1).waitFor()
    expect([await chat.own.count(), await chat.answers.count()]).toEqual([2, 2])
  })

  test('sends once, after a closed tab, what was written while the desk was away', async () => {
    await using visitor = await stage.visit({ provoked: unreachable })
    const chat = chatOf(visitor.page)
    await chat.answerTo(question)
    await stage.desk.kill()
    await chat.connection('Connection error').waitFor()
    await chat.ask('What is your return policy?')
    await chat.ask('Can I pay by invoice?')
    await chat.own.filter({ hasText: 'Waiting to be sent' }).nth(1).waitFor()
    await visitor.page.close()
    await stage.desk.restart()
    const [one, two] = await Promise.all([visitor.tab(), visitor.tab()])
    for (const page of [one, two]) {
      const { own } = chatOf(page)
      await eventually(() => own.count()).toBe(3)
      await eventually(() => own.filter({ hasText: 'Waiting to be sent' }).count()).toBe(0)
      expect(await own.filter({ hasText: 'Can I pay by invoice?' }).count()).toBe(1)
    }
  })

  test('Retry sends a refused message again under the same id', async () => {
    const ids: string[] = []
    let refuse = true
    await using visitor = await stage.visit({
      before: (context) =>
        context.routeWebSocket(/\/ws\//, (socket) => {
          const server = socket.connectToServer()
          socket.onMessage((data) => {
            const frame = JSON.parse(String(data))
            if (frame.type !== 'message') return server.send(data)
            ids.push(frame.client_msg_id)
            if (!refuse) return server.send(data)
            const { client_msg_id } = frame
            socket.send(JSON.stringify({ type: 'error', code: 'invalid', content: 'Not like this.', retryable: false, client_msg_id }))
          })
        }),
    })
    const { page } = visitor
    const chat = chatOf(page)
    await chat.connection('Real-time connected').waitFor()
    await chat.ask(question)
    await chat.log.getByRole('alert').filter({ hasText: 'Not sent. Not like this.' }).waitFor()
    await page.reload()
    await chat.connection('Real-time connected').waitFor()
    refuse = false
    await chat.log.getByRole('button', { name: 'Retry' }).click()
    await chat.answers.first().waitFor()
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect(await chat.own.count()).toBe(1)
  })

  test('says so where the desk does not let visitors in, and tries nothing again', async () => {
    await using visitor = await stage.visit({
      provoked: unreachable,
      before: (context) => context.routeWebSocket(/\/ws\//, (socket) => void socket.close({ code: 4003, reason: 'forbidden' })),
    })
    await visitor.page.getByRole('heading', { name: 'The chat is not available here' }).waitFor()
  })
})
