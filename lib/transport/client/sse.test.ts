import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeFetch } from './fixtures.ts'
import { sseTransport } from './sse.ts'
import { type FakeDesk, transportContract } from './transport.contract.ts'
import type { Verdict } from './transport.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A stream of events whose other end is the test. */
function openStream(signal: AbortSignal) {
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array>
  let open = true
  const body = new ReadableStream<Uint8Array>({
    start(made) {
      controller = made
    },
    cancel() {
      open = false
    },
  })
  signal.addEventListener('abort', () => {
    if (open) controller.error(signal.reason)
    open = false
  })
  return {
    response: new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    write: (text: string) => open && controller.enqueue(encoder.encode(text)),
    end() {
      if (open) controller.close()
      open = false
    },
  }
}

function desk(): FakeDesk {
  const web = fakeFetch()
  let stream: ReturnType<typeof openStream> | undefined
  const send = (data: object) => stream?.write(`id: e1:0\ndata: ${JSON.stringify(data)}\n\n`)
  return {
    transport: sseTransport({ connectTimeoutMs: 5000 }),
    actions: web.actions,
    receipt: web.receipt,
    async asked() {
      const { url, headers } = await web.request()
      expect(url.pathname).toBe('/api/session/a%20b/events')
      expect(headers).toMatchObject({ accept: 'text/event-stream', 'x-session-token': 'secret' })
      return { epoch: url.searchParams.get('epoch') ?? undefined, after: Number(url.searchParams.get('after')) }
    },
    start(start) {
      stream = openStream(web.signal())
      web.answer(stream.response)
      stream.write(': connected\n\n')
      send({ type: 'resumed', ...start })
    },
    tell: send,
    writing: (message_id, text) => send({ type: 'delta', message_id, offset: 0, text }),
    async end(how) {
      if (how === 'lost' && stream) return stream.end()
      web.answer(new Response('{}', { status: { unknown: 404, 'not allowed': 403, lost: 502 }[how] }))
    },
  }
}

describe('an event stream, as every transport', () => transportContract(desk))

describe('an event stream', () => {
  function begin() {
    const web = fakeFetch()
    const heard: unknown[] = []
    const ends: Verdict[] = []
    sseTransport({ connectTimeoutMs: 5000 }).open({ base: 'http://desk.test', sessionId: 's', token: undefined }, () => position, {
      opened: (start) => heard.push(start),
      event: (event) => heard.push(event),
      closed: (verdict) => ends.push(verdict),
    })
    return { web, heard, ends }
  }
  const position = { epoch: undefined, after: 0 }
  const resumed = 'data: {"type":"resumed","epoch":"e1","recovered":true,"last_seq":0}\n\n'

  test('is given up when something on the way holds it back', async () => {
    const { web, ends } = begin()
    await web.request()
    await vi.advanceTimersByTimeAsync(4999)
    expect(ends).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(ends).toEqual(['retry'])
  })

  test('is lost when nothing, not even a heartbeat, comes for 25 s', async () => {
    const { web, ends } = begin()
    await web.request()
    const stream = openStream(web.signal())
    web.answer(stream.response)
    stream.write(resumed)
    await vi.advanceTimersByTimeAsync(20_000)
    stream.write(': \n\n')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(ends).toEqual([])
    await vi.advanceTimersByTimeAsync(5000)
    expect(ends).toEqual(['retry'])
  })

  test('is read whole, wherever the network cuts it', async () => {
    const { web, heard } = begin()
    await web.request()
    const bytes = new TextEncoder().encode(`${resumed}id: e1:1\ndata: {"type":"system","seq":1,"content":"Đã nhận 🙂"}\n\n`)
    web.answer(
      new Response(
        new ReadableStream({
          start(controller) {
            for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
            controller.close()
          },
        }),
      ),
    )
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ seq: 1, content: 'Đã nhận 🙂' }))
  })
})
