import { ModelFailure } from './failure.ts'

/** Bytes of one response that are read: far above what `MAX_TOKENS` of any provider take, far below what hurts. */
const MAX_BYTES = 4 * 1024 * 1024

/**
 * `fetch` for providers: follows no redirect, since a key goes with the request, and reads no more than a bounded
 * number of bytes, whatever is sent.
 */
export function createBoundedFetch(send: typeof fetch = fetch, maxBytes = MAX_BYTES): typeof fetch {
  return async (input, init) => {
    const response = await send(input, { ...init, redirect: 'error' })
    if (!response.body) return response
    let read = 0
    const bounded = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        read += chunk.byteLength
        if (read > maxBytes) throw new ModelFailure('sent too much')
        controller.enqueue(chunk)
      },
    })
    const { status, statusText, headers } = response
    return new Response(response.body.pipeThrough(bounded), { status, statusText, headers })
  }
}
