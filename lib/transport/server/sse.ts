import { toDeskError, verdict } from '#lib/protocol/errors.ts'

/** One server-sent event; `data` is sent as JSON, and an event without data only moves the client's `Last-Event-ID`. */
export interface ServerSentEvent {
  id?: string
  data?: unknown
}

/** A comment is sent when nothing else was for this long, in milliseconds, so that proxies keep the line open. */
const HEARTBEAT = 15_000

/** The headers of an event stream that nothing on its way may buffer or change. */
const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

/**
 * Answers a request with events as the generator yields them. It is asked for the next one only when the client
 * has room for it, so a slow reader holds back its own stream and nothing else. The signal that the generator is
 * made with aborts when the client goes. A fault after the beginning is the stream's last event. `ended` is called when nothing
 * more will come, for whatever reason, perhaps twice.
 */
export function eventStream(
  request: Request,
  events: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
  { headers = {}, ended = () => undefined }: { headers?: Record<string, string>; ended?: () => void } = {},
): Response {
  if (request.method === 'HEAD' || request.signal.aborted) {
    ended()
    return new Response(null, { headers: { ...streamHeaders, ...headers } })
  }
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, request.signal])
  // The client may leave before the first event was asked for: then no generator ever runs.
  signal.addEventListener('abort', ended, { once: true })
  const pieces = encode(events(signal))
  const encoder = new TextEncoder()
  let next: Promise<IteratorResult<string>> | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Something at once, so that the headers leave and the client knows that it is connected.
        controller.enqueue(encoder.encode(': connected\n\n'))
      },
      async pull(controller) {
        next ??= pieces.next()
        const result = await orHeartbeat(next)
        if (result === 'heartbeat') return controller.enqueue(encoder.encode(': \n\n'))
        next = undefined
        if (result.done) {
          ended()
          controller.close()
        } else controller.enqueue(encoder.encode(result.value))
      },
      cancel: () => gone.abort(),
    },
    { highWaterMark: 1 },
  )
  return new Response(body, { headers: { ...streamHeaders, ...headers } })
}

async function* encode(events: AsyncIterable<ServerSentEvent>): AsyncGenerator<string> {
  try {
    for await (const { id, data } of events) {
      yield `${id === undefined ? '' : `id: ${id}\n`}${data === undefined ? '' : `data: ${asData(data)}\n`}\n`
    }
  } catch (error) {
    const { code, message } = toDeskError(error)
    yield `data: ${JSON.stringify({ error: { code, message, retryable: verdict(code).retryable }, detail: message })}\n\n`
  }
}

function asData(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data)
}

function orHeartbeat<T>(next: Promise<T>): Promise<T | 'heartbeat'> {
  let timer: NodeJS.Timeout
  const heartbeat = new Promise<'heartbeat'>((resolve) => {
    timer = setTimeout(resolve, HEARTBEAT, 'heartbeat')
  })
  return Promise.race([next, heartbeat]).finally(() => clearTimeout(timer))
}
