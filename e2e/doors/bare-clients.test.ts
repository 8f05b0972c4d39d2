import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { type Frame, TestSocket } from '../support/socket.ts'

/** Clients as the original projects print them: nothing is known of hello, tokens or numbers. */
describe('clients of the original services', { timeout: 30_000 }, () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk()
  }, 120_000)
  afterAll(() => desk.dispose())

  it('a browser WebSocket that sends a line on opening reads only JSON, and an answer', async () => {
    const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/ws/chat`)
    const received: Frame[] = []
    socket.onopen = () => socket.send('How long does shipping take?')
    const answer = await new Promise<Frame>((resolve) => {
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(String(data)) as Frame
        received.push(frame)
        if (frame.type === 'message') resolve(frame)
      }
    })
    expect(answer.content).toContain('3 to 5 business days')
    expect(received.map(({ type }) => type)).toEqual(['system', 'message'])
    socket.close()
  })

  it("Python's websockets library connects without an Origin, and offers a compression that is not taken", async () => {
    const headers = { 'user-agent': 'Python/3.12 websockets/15.0.1' }
    const socket = new TestSocket(`${desk.url}/ws/chat`, { headers })
    await socket.open()
    expect(socket.socket.extensions).toBe('')
    socket.send('How long does shipping take?')
    const first = await socket.frame(() => true)
    expect(first).toMatchObject({ type: 'system', message: 'Connected' })
    expect(await socket.of('message')).toMatchObject({ role: 'assistant', content: expect.stringContaining('3 to 5 business days') })
    socket.close()
  })

  it('the structured message of the gateway is taken as it is printed', async () => {
    const socket = new TestSocket(`${desk.url}/ws/chat`)
    await socket.open()
    socket.send('{\n  "type": "text",\n  "content": "Hello, how are you?",\n  "metadata": {},\n  "timestamp": "2025-11-02T10:30:00"\n}')
    expect(await socket.of('message')).toMatchObject({ role: 'assistant' })
    expect(socket.frames.some(({ type }) => type === 'error')).toBe(false)
    socket.close()
  })

  it('fetch() without a content type begins a session and goes on in it', async () => {
    const ask = async (body: object, raw = false) => {
      const text = JSON.stringify(body)
      // A string is sent as text/plain, bytes without any type.
      const response = await fetch(`${desk.url}/api/chat`, { method: 'POST', body: raw ? new TextEncoder().encode(text) : text })
      expect(response.status).toBe(200)
      return (await response.json()) as { response: string; session_id: string; tool_calls: null }
    }
    const first = await ask({ message: 'Hello' })
    expect(first).toMatchObject({ response: expect.any(String), session_id: expect.any(String), tool_calls: null })
    const second = await ask({ message: 'Show me monitors', session_id: first.session_id, stream: false }, true)
    expect(second.session_id).toBe(first.session_id)
    const made = await (await fetch(`${desk.url}/api/session/new`, { method: 'POST' })).json()
    expect(await ask({ message: 'Hello', session_id: made.session_id })).toMatchObject({ session_id: made.session_id })
  })

  it('an EventSource reads chunks on the default event, and an end', async () => {
    const address = `${desk.url}/api/chat/stream?message=${encodeURIComponent('How long does shipping take?')}&session_id=event-source`
    const response = await fetch(address, { headers: { accept: 'text/event-stream', 'cache-control': 'no-cache' } })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const events = (await response.text()).split('\n\n').flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? [])
    const data = events.map((event) => JSON.parse(event) as { chunk?: string; done?: boolean })
    expect(data.map(({ chunk = '' }) => chunk).join('')).toContain('3 to 5 business days')
    expect(data.filter(({ done }) => done)).toHaveLength(1)
    expect(data.at(-1)?.done).toBe(true)
  })

  it('a preflight of a page on this machine is answered with what it may do', async () => {
    const headers = {
      origin: 'http://localhost:3000',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const preflight = await fetch(`${desk.url}/api/chat`, { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
  })

  it.each(['PURGE', 'PROPFIND', 'TRACE'])('the method %s, which nobody has, is refused in the one shape', async (method) => {
    const { request } = await import('node:http')
    const { status, allow, body } = await new Promise<{ status?: number; allow?: string; body: string }>((resolve) => {
      const sent = request(`${desk.url}/api/chat`, { method }, (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, allow: response.headers.allow ?? '', body: text }))
      })
      sent.end()
    })
    expect(status).toBe(405)
    expect(allow).toContain('POST')
    expect(JSON.parse(body)).toMatchObject({
      error: { code: 'method_not_allowed', request_id: expect.any(String) },
      detail: expect.any(String),
    })
  })

  it('an address that does not decode is refused in the one shape', async () => {
    const response = await fetch(`${desk.url}/api/session/%E0%A4%A/status`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid' } })
  })
})
