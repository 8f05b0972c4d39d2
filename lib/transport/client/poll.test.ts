import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LiveEvent } from '#lib/protocol/events.ts'
import { fakeFetch, visitorMessage } from './fixtures.ts'
import { pollTransport } from './poll.ts'
import { type FakeDesk, transportContract } from './transport.contract.ts'
import type { Verdict } from './transport.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const empty = { events: [] as LiveEvent[], epoch: 'e1', recovered: true, last_seq: 7, has_more: false }

function desk(): FakeDesk {
  const web = fakeFetch()
  let start = empty
  let told = Promise.resolve()
  /** Answers the next poll that has no answer yet. */
  function page(more: object): void {
    told = told.then(async () => {
      await web.request()
      web.answer(Response.json({ ...start, ...more }))
    })
  }
  return {
    transport: pollTransport({ intervalMs: 3000 }),
    actions: web.actions,
    receipt: web.receipt,
    async asked() {
      const { url, headers } = await web.request()
      expect(url.pathname).toBe('/api/session/a%20b/events')
      expect(headers).toMatchObject({ 'x-session-token': 'secret' })
      return { epoch: url.searchParams.get('epoch') ?? undefined, after: Number(url.searchParams.get('after')) }
    },
    start(given) {
      start = { ...empty, ...given }
      page({})
    },
    tell: (event) => page({ events: [event] }),
    writing: (message_id, text) => page({ partial: { message_id, text } }),
    async end(how) {
      if (how !== 'lost') {
        await web.request()
        return web.answer(new Response('{}', { status: how === 'unknown' ? 404 : 403 }))
      }
      web.fail()
      // A poll that was cut off while it waited is asked again before the line is given up.
      await vi.advanceTimersByTimeAsync(4000)
    },
  }
}

describe('polling, as every transport', () => transportContract(desk))

describe('polling', () => {
  function begin(eager?: () => boolean) {
    const web = fakeFetch()
    const heard: LiveEvent[] = []
    const ends: Verdict[] = []
    const position = { epoch: 'e1', after: 0 }
    const transport = pollTransport({ intervalMs: 3000, ...(eager && { eager }) })
    const line = transport.open({ base: '', sessionId: 's', token: undefined }, () => position, {
      opened: () => undefined,
      event(event) {
        heard.push(event)
        position.after += 1
      },
      closed: (verdict) => ends.push(verdict),
    })
    const wait = async () => Number((await web.request()).url.searchParams.get('wait'))
    return { web, line, heard, ends, wait }
  }

  test('asks first without waiting, then lets the desk wait for news', async () => {
    const { web, line, wait } = begin()
    expect(await wait()).toBe(0)
    web.answer(Response.json(empty))
    expect(await wait()).toBe(20)
    line.close()
  })

  test.each([
    ['every 3 s', undefined, 3000],
    ['every second once a person was asked for', () => true, 1000],
  ])('asks %s, without waiting, where waiting polls are cut off', async (_, eager, interval) => {
    const { web, line, wait } = begin(eager)
    await wait()
    web.answer(Response.json(empty))
    for (let cuts = 0; cuts < 2; cuts += 1) {
      expect(await wait()).toBe(20)
      web.answer(new Response('', { status: 504 }))
    }
    await vi.advanceTimersByTimeAsync(interval - 100)
    expect(web.waiting()).toBe(false)
    await vi.advanceTimersByTimeAsync(100)
    expect(await wait()).toBe(0)
    line.close()
  })

  test('asks for the rest at once', async () => {
    const { web, line, heard } = begin()
    await web.request()
    web.answer(Response.json({ ...empty, events: [visitorMessage(1, 'a', 'a')], has_more: true }))
    await vi.waitFor(() => expect(heard).toHaveLength(1), { interval: 1 })
    await vi.advanceTimersByTimeAsync(0)
    expect(web.waiting()).toBe(true)
    expect((await web.request()).url.searchParams.get('after')).toBe('1')
    line.close()
  })

  test('says how much it has of a running answer, so that the desk waits for more', async () => {
    const { web, line } = begin()
    await web.request()
    web.answer(Response.json({ ...empty, partial: { message_id: 'm1', text: 'So far' } }))
    expect((await web.request()).url.searchParams.get('partial')).toBe('m1:6')
    line.close()
  })

  test('is lost when the desk does not answer a poll that need not wait', async () => {
    const { web, ends } = begin()
    await web.request()
    web.fail()
    await vi.waitFor(() => expect(ends).toEqual(['retry']))
  })
})
