import { afterEach, describe, expect, test, vi } from 'vitest'
import { DeskError } from '#lib/protocol/errors.ts'
import { eventStream, type ServerSentEvent } from './sse.ts'

afterEach(() => {
  vi.useRealTimers()
})

async function* these(...events: Array<ServerSentEvent | Error>): AsyncGenerator<ServerSentEvent> {
  for (const event of events) {
    if (event instanceof Error) throw event
    yield event
  }
}

/** Answers a request with events; the pieces are read one at a time. */
function open(events: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>, signal = new AbortController().signal, ended = () => {}) {
  const response = eventStream(new Request('http://desk/', { signal }), events, { headers: { 'x-more': 'yes' }, ended })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('no body')
  return { response, next: async () => (await reader.read()).value, cancel: () => reader.cancel() }
}
const all = async (...events: Array<ServerSentEvent | Error>) => eventStream(new Request('http://desk/'), () => these(...events)).text()

describe('a stream of events', () => {
  test('is one that nothing on its way buffers or keeps', () => {
    const { headers } = open(() => these()).response
    expect(Object.fromEntries(headers)).toEqual({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-more': 'yes',
    })
  })

  test('begins at once, before there is an event', async () => {
    const { next } = open(async function* () {
      await new Promise(() => undefined)
    })
    expect(await next()).toBe(': connected\n\n')
  })

  test.each<[string, ServerSentEvent, string]>([
    ['an id and data', { id: 'e.0:1', data: { chunk: 'Hi\n' } }, 'id: e.0:1\ndata: {"chunk":"Hi\\n"}\n\n'],
    ['data alone', { data: { a: 1 } }, 'data: {"a":1}\n\n'],
    ['text as it is', { data: '[DONE]' }, 'data: [DONE]\n\n'],
    ['an id alone', { id: 'e.0:1' }, 'id: e.0:1\n\n'],
  ])('writes %s', async (_, event, text) => expect(await all(event)).toBe(`: connected\n\n${text}`))

  test('ends with a fault that is meant for the client', async () => {
    const text = await all({ data: 1 }, new DeskError('unavailable', 'Later.'))
    const [, , last = ''] = text.split('\n\n')
    expect(JSON.parse(last.slice('data: '.length))).toEqual({
      error: { code: 'unavailable', message: 'Later.', retryable: true },
      detail: 'Later.',
    })
    expect(text.endsWith('}\n\n')).toBe(true)
  })

  test('shows nothing of a fault that is not', async () => {
    const text = await all(new Error('ENOENT: /home/ann/secret'))
    expect(text).toContain('"code":"internal"')
    expect(text).not.toContain('ENOENT')
  })

  test('sends a sign of life when nothing else was sent for a while', async () => {
    vi.useFakeTimers()
    const word = Promise.withResolvers<void>()
    const { next } = open(async function* () {
      await word.promise
      yield { data: 1 }
    })
    await next()
    const sign = next()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await sign).toBe(': \n\n')
    const event = next()
    word.resolve()
    expect(await event).toBe('data: 1\n\n')
    expect(await next()).toBeUndefined()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('asks for no more events than its reader takes', async () => {
    let made = 0
    const { next } = open(async function* () {
      for (;;) yield { data: ++made }
    })
    for (let read = 0; read < 5; read += 1) await next()
    expect(made).toBeLessThan(10)
  })

  test.each(['the reader leaves', 'the request is aborted'])('tells who makes the events when %s', async (how) => {
    const request = new AbortController()
    const gone = Promise.withResolvers<void>()
    const { next, cancel } = open(async function* (signal) {
      signal.addEventListener('abort', () => gone.resolve())
      await gone.promise
      yield* []
    }, request.signal)
    await next()
    if (how === 'the reader leaves') await cancel()
    else request.abort()
    await expect(gone.promise).resolves.toBeUndefined()
  })

  test.each(['it is over', 'the reader leaves', 'the request is aborted'])('says that it has ended when %s', async (how) => {
    const request = new AbortController()
    const ended = vi.fn()
    async function* forever() {
      yield { data: 1 }
      await new Promise(() => undefined)
    }
    const { next, cancel } = open(() => (how === 'it is over' ? these({ data: 1 }) : forever()), request.signal, ended)
    if (how === 'it is over') while ((await next()) !== undefined);
    else await next()
    if (how === 'the reader leaves') await cancel()
    if (how === 'the request is aborted') request.abort()
    expect(ended).toHaveBeenCalled()
  })

  test.each<[string, RequestInit, boolean]>([
    ['that nobody may read', { method: 'HEAD' }, false],
    ['whose reader was gone before it began', { signal: AbortSignal.abort() }, false],
    ['whose reader leaves before it asked for anything', {}, true],
  ])('says the same of one %s', async (_, init, cancels) => {
    const ended = vi.fn()
    const response = eventStream(new Request('http://desk/', init), () => these({ data: 1 }), { ended })
    if (cancels) await response.body?.cancel()
    expect(ended).toHaveBeenCalled()
  })
})
