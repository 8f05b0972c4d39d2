/** HTTP requests to send with one press. `{session_id}` stands for the session that the page works with. */

export interface HttpCall {
  label: string
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  body?: string
  /** Asks for the answer as an event stream. */
  stream?: boolean
}

export const httpCalls: HttpCall[] = [
  {
    label: 'POST /api/chat',
    method: 'POST',
    path: '/api/chat',
    body: '{"message":"How long does shipping take?","session_id":"{session_id}"}',
  },
  { label: 'GET /api/chat/stream (SSE)', method: 'GET', path: '/api/chat/stream?message=Hello&session_id={session_id}', stream: true },
  { label: 'GET events (poll)', method: 'GET', path: '/api/session/{session_id}/events?after=0' },
  { label: 'GET events (SSE)', method: 'GET', path: '/api/session/{session_id}/events?after=0', stream: true },
  { label: 'GET status', method: 'GET', path: '/api/session/{session_id}/status' },
  { label: 'POST /api/session/new', method: 'POST', path: '/api/session/new' },
  { label: 'GET /stats', method: 'GET', path: '/stats' },
  { label: 'GET /health', method: 'GET', path: '/health' },
]

export interface Answer {
  /** Such as `200 OK`, or what went wrong. */
  status: string
  /** Milliseconds until the first byte. */
  after: number
  text: string
  running: boolean
}

export interface Credentials {
  sessionId: string
  token: string | undefined
}

/** Sends a request and tells of its answer as it comes; resolves at its end. The signal ends it early. */
export async function call(
  { method, path, body, stream = false }: HttpCall,
  { sessionId, token }: Credentials,
  { signal, onAnswer }: { signal: AbortSignal; onAnswer: (answer: Answer) => void },
): Promise<void> {
  const began = performance.now()
  const answer: Answer = { status: '', after: 0, text: '', running: true }
  const tell = (more: Partial<Answer>) => onAnswer({ ...Object.assign(answer, more) })
  const fill = (text: string) => text.replaceAll('{session_id}', sessionId)
  const headers = {
    ...(stream && { accept: 'text/event-stream' }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  try {
    const response = await fetch(fill(path), { method, headers, signal, ...(body !== undefined && { body: fill(body) }) })
    tell({ status: `${response.status} ${response.statusText}`, after: performance.now() - began })
    if (!response.body) return
    for await (const piece of pieces(response.body)) tell({ text: answer.text + piece })
  } catch (error) {
    if (!signal.aborted) tell({ status: error instanceof Error ? error.message : String(error), after: performance.now() - began })
  } finally {
    tell({ running: false })
  }
}

/** A body as text, piece by piece: not every browser can iterate over a stream. */
async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
