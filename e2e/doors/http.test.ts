import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { TestSocket } from '../support/socket.ts'

describe('the HTTP doors, on their own machine', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk()
  })
  afterAll(() => desk.dispose())

  const call = async (path: string, options?: RequestInit) => {
    const response = await fetch(`${desk.url}${path}`, options)
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    call(path, { method: 'POST', headers, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) })

  it.each(['/api/chat', '/chat'])('answers %s with the answer, its sources and the session', async (path) => {
    const { status, body } = await post(path, { message: 'How long does shipping take?' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ tool_calls: null, mode: 'ai', handoff: { requested: false, state: 'none' }, decision: { kind: 'answer' } })
    expect(body.response).toContain('3 to 5 business days')
    expect(body.reply).toBe(body.response)
    expect(body.session_id).toMatch(/^[0-9a-f-]{36}$/)
    expect(body.session_token).toBeTypeOf('string')
    expect(body.confidence).toBeGreaterThan(0.7)
    expect(body.citations[0]).toMatchObject({
      n: 1,
      title: expect.stringContaining('Shipping times'),
      url: expect.stringContaining('/knowledge/shipping-times#'),
    })
  })

  it('keeps the conversation of a session that the client names', async () => {
    const first = await post('/api/chat', { message: 'What is your return policy?', session_id: 'my-session-123' })
    expect(first.body.session_id).toBe('my-session-123')
    await post('/api/chat', { message: 'thanks', session_id: 'my-session-123' })
    const { body } = await call('/api/session/my-session-123')
    expect(body).toMatchObject({ session_id: 'my-session-123', message_count: 4, is_authenticated: false, customer_info: null })
    expect(body.history.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant', 'user', 'assistant'])
    const { body: list } = await call('/api/sessions')
    expect(list.count).toBe(list.sessions.length)
    expect(list.sessions[0]).toMatchObject({ session_id: 'my-session-123', message_count: 4, last_message: { role: 'assistant' } })
  })

  it('begins a session ahead of its first message', async () => {
    const { body } = await post('/api/session/new')
    expect(body).toMatchObject({ status: 'success', message: 'New session created', session_id: expect.any(String) })
    expect((await call(`/api/session/${body.session_id}`)).body).toMatchObject({ message_count: 0, history: [] })
    for (const path of [`/session/${body.session_id}/status`, `/api/session/${body.session_id}/status`]) {
      expect((await call(path)).body).toEqual({
        session_id: body.session_id,
        status: 'active',
        mode: 'ai',
        is_authenticated: false,
        last_seq: 0,
        feedback_due: false,
      })
    }
  })

  it('clears a session, and removes it', async () => {
    await post('/api/chat', { message: 'Hello', session_id: 'to-clear' })
    expect((await post('/api/reset/to-clear')).body).toEqual({ status: 'success', message: 'Session reset', session_id: 'to-clear' })
    expect((await call('/api/session/to-clear')).body).toMatchObject({ message_count: 0, history: [] })
    expect((await call('/api/reset/to-clear', { method: 'DELETE' })).body).toMatchObject({ status: 'success' })
    expect((await call('/api/session/to-clear')).status).toBe(404)
    expect((await call('/api/reset/to-clear', { method: 'DELETE' })).status).toBe(404)
  })

  it('ends the connections of a session that is removed', async () => {
    const socket = new TestSocket(`${desk.url}/ws/to-remove`)
    await socket.open()
    socket.send({ message: 'Hello' })
    await socket.frame((frame) => frame.type === 'message')
    await call('/api/reset/to-remove', { method: 'DELETE' })
    expect((await socket.end()).code).toBe(4001)
  })

  it('streams chunks and an end to a bare EventSource, and never posts twice when that comes back', async () => {
    const read = async (headers: Record<string, string> = {}) => {
      const response = await fetch(`${desk.url}/api/chat/stream?message=How+long+does+shipping+take%3F&session_id=streamed`, { headers })
      expect(response.headers.get('content-type')).toContain('text/event-stream')
      return (await response.text())
        .split('\n\n')
        .map((event) => ({ id: /^id: (.*)$/m.exec(event)?.[1], data: /^data: (.*)$/m.exec(event)?.[1] }))
    }
    const events = await read()
    const data = events.flatMap((event) => (event.data ? [JSON.parse(event.data)] : []))
    expect(events.find(({ id }) => id)?.data).toBeUndefined()
    expect(data.at(-1)).toMatchObject({ done: true, session_id: 'streamed', citations: [{ n: 1 }] })
    const text = data.map(({ chunk = '' }) => chunk).join('')
    expect(text).toContain('3 to 5 business days')

    const half = events.filter(({ data }) => data?.includes('chunk'))[0]
    const rest = await read({ 'last-event-id': half?.id ?? '' })
    const resumed = rest.flatMap((event) => (event.data ? [JSON.parse(event.data)] : []))
    expect(JSON.parse(half?.data ?? '{}').chunk + resumed.map(({ chunk = '' }) => chunk).join('')).toBe(text)
    expect((await call('/api/session/streamed')).body.message_count).toBe(2)
  })

  it('streams the same for stream: true', async () => {
    const response = await fetch(`${desk.url}/api/chat`, { method: 'POST', body: JSON.stringify({ message: 'Hello', stream: true }) })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(await response.text()).toMatch(/"done":true/)
  })

  it('gives the same answer to the same message, and refuses another one under its id', async () => {
    const message = { message: 'How long does shipping take?', session_id: 'same', client_msg_id: 'm1' }
    const [one, two] = await Promise.all([post('/api/chat', message), post('/api/chat', message)])
    expect(two.body.message_id).toBe(one.body.message_id)
    expect((await call('/api/session/same')).body.message_count).toBe(2)
    const other = await post('/api/chat', { ...message, message: 'Something else' })
    expect(other).toMatchObject({ status: 422, body: { error: { code: 'mismatch' } } })
  })

  it('lets an Idempotency-Key name the new session', async () => {
    const headers = { 'idempotency-key': 'a-key-of-some-length' }
    const one = await post('/api/chat', { message: 'Hello' }, headers)
    const two = await post('/api/chat', { message: 'Hello' }, headers)
    expect(two.body).toMatchObject({ session_id: one.body.session_id, message_id: one.body.message_id })
    expect((await post('/api/chat', { message: 'Other' }, headers)).status).toBe(422)
    expect((await post('/api/chat', { message: 'Hello' }, { 'idempotency-key': 'short' })).status).toBe(400)
  })

  it('pages the log, waits for news, and tells it as a stream', async () => {
    await post('/api/chat', { message: 'Hello', session_id: 'followed' })
    const { body: page } = await call('/api/session/followed/events?after=1')
    expect(page).toMatchObject({ last_seq: 2, recovered: true, has_more: false, events: [{ type: 'message', seq: 2 }] })
    expect(page.events[0].message).toBe(page.events[0].content)
    const waiting = call('/api/session/followed/events?after=2&wait=10')
    await post('/api/chat', { message: 'thanks', session_id: 'followed' })
    expect((await waiting).body.events[0]).toMatchObject({ seq: 3, role: 'visitor', content: 'thanks' })
    expect((await call(`/api/session/followed/events?after=99&epoch=${page.epoch}`)).body).toMatchObject({
      recovered: false,
      events: [{ seq: 1 }, {}, {}, {}],
    })

    const abort = new AbortController()
    const response = await fetch(`${desk.url}/api/session/followed/events?after=0`, {
      headers: { accept: 'text/event-stream' },
      signal: abort.signal,
    })
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('"seq":4')) break
    }
    abort.abort()
    expect(text).toMatch(/data: {"type":"resumed"/)
    expect([...text.matchAll(/^id: .*:(\d+)$/gm)].map(([, seq]) => Number(seq))).toEqual([0, 1, 2, 3, 4])
    expect(text).not.toMatch(/^event:/m)
  })

  it('takes actions from clients without a socket', async () => {
    const sent = await post('/api/session/acting/actions', { type: 'message', content: 'Hello', client_msg_id: 'x' })
    expect(sent.body).toMatchObject({ type: 'ack', seq: 1, client_msg_id: 'x' })
    expect((await post('/api/session/acting/actions', { type: 'handoff', reason: 'please' })).body.seq).toBeGreaterThan(1)
    expect((await call('/session/acting/status')).body.status).toBe('waiting')
    expect((await post('/api/session/acting/actions', { type: 'nonsense' })).body.error.code).toBe('unknown_type')
  })

  it('stores feedback: thumbs for an answer, a grade for the session', async () => {
    const { body } = await post('/api/chat', { message: 'Hello', session_id: 'rated' })
    expect((await post('/feedback', { session_id: 'rated', message_id: body.message_id, rating: 'up' })).status).toBe(200)
    expect((await post('/api/feedback', { session_id: 'rated', rating: 5, comment: 'good' })).status).toBe(200)
    expect((await post('/api/feedback', { session_id: 'rated', rating: 1 })).status).toBe(409)
    expect((await post('/api/feedback', { session_id: 'rated', message_id: 'unknown', rating: 'up' })).status).toBe(404)
    expect((await post('/api/feedback', { session_id: 'rated', rating: 9 })).status).toBe(400)
  })

  it('tells how it is, and how many are connected', async () => {
    expect((await call('/health')).body).toMatchObject({
      status: 'healthy',
      version: '1.0.0',
      uptime: expect.any(Number),
      checks: { store: { status: 'ok' } },
    })
    expect((await call('/ready')).body).toEqual({ status: 'ready' })
    const [one, two] = [new TestSocket(`${desk.url}/ws/two-tabs`), new TestSocket(`${desk.url}/ws/two-tabs`)]
    await Promise.all([one.of('system'), two.of('system')])
    for (const path of ['/stats', '/api/stats']) expect((await call(path)).body).toMatchObject({ active_sessions: 1, total_connections: 2 })
    for (const path of ['/connections', '/api/connections']) {
      expect((await call(path)).body).toMatchObject({ count: 2, connections: [{ session_id: 'two-tabs', transport: 'websocket' }, {}] })
    }
    one.close()
    two.close()
  })

  it('tells everybody who is connected, for the key alone', async () => {
    const [bare, modern] = [new TestSocket(`${desk.url}/ws/chat`), new TestSocket(`${desk.url}/ws/chat`)]
    await Promise.all([bare.of('system'), modern.of('system')])
    modern.send({ type: 'hello' })
    await modern.of('resumed')
    await new Promise((resolve) => setTimeout(resolve, 350))
    expect((await post('/broadcast', { message: 'We close early today.' })).status).toBe(401)
    expect((await post('/broadcast', { message: 'x' }, { 'x-api-key': 'wrong' })).status).toBe(401)
    const told = await post('/api/broadcast', { message: 'We close early today.' }, { 'x-api-key': desk.adminKey() })
    expect(told.body).toEqual({ status: 'success', delivered: 2 })
    expect(await bare.of('system', 1)).toMatchObject({ content: 'We close early today.', message: 'We close early today.' })
    expect(await modern.of('broadcast')).toMatchObject({ content: 'We close early today.' })
    expect((await post('/broadcast', 'plain text', { 'x-api-key': desk.adminKey() })).status).toBe(200)
    bare.close()
    modern.close()
  })

  it.each([
    ['POST', '/api/chat', '{broken', 400, 'bad_json'],
    ['POST', '/api/chat', '{}', 400, 'invalid'],
    ['POST', '/api/chat', '', 400, 'invalid'],
    ['POST', '/api/chat', '[]', 400, 'invalid'],
    ['POST', '/api/chat', '{"message":5}', 400, 'invalid'],
    ['POST', '/api/chat', '{"message":"  "}', 400, 'invalid'],
    ['POST', '/api/chat', '{"message":"x","session_id":"a b"}', 400, 'invalid'],
    ['POST', '/api/chat', '{"message":"x","session_id":"auth"}', 400, 'invalid'],
    ['POST', '/api/chat', '{"message":"/nonsense"}', 400, 'unknown_command'],
    ['GET', '/api/chat', undefined, 405, 'method_not_allowed'],
    ['DELETE', '/api/session/new', undefined, 405, 'method_not_allowed'],
    ['GET', '/api/session/unknown', undefined, 404, 'not_found'],
    ['GET', '/api/session/unknown/status', undefined, 404, 'not_found'],
    ['GET', '/api/session/unknown/events', undefined, 404, 'not_found'],
    ['GET', '/api/session/a%20b', undefined, 400, 'invalid'],
    ['GET', '/api/sessions?limit=0', undefined, 400, 'invalid'],
    ['GET', '/api/sessions?before=nonsense', undefined, 400, 'invalid'],
    ['GET', '/api/chat/stream', undefined, 400, 'invalid'],
    ['POST', '/api/chat/unknown/stop', undefined, 404, 'not_found'],
    ['POST', '/api/reset/unknown', undefined, 404, 'not_found'],
    ['GET', '/api/nothing/here', undefined, 404, 'not_found'],
    ['PATCH', '/api/stats', '{}', 405, 'method_not_allowed'],
  ])('answers %s %s %j with %i %s in the one shape', async (method, path, body, status, code) => {
    const answer = await call(path, { method, ...(body === undefined ? {} : { body }) })
    expect(answer.status).toBe(status)
    expect(answer.body).toEqual({
      error: { code, message: expect.any(String), retryable: false, request_id: expect.any(String) },
      detail: answer.body.error.message,
    })
    expect(answer.headers.get('x-request-id')).toBe(answer.body.error.request_id)
  })

  it('stops reading a body that is too large', async () => {
    const answer = await post('/api/chat', 'x'.repeat(10_000_000)).catch(() => undefined)
    // The answer may be lost to a client that is still sending; the desk is well in any case.
    if (answer) expect(answer).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } })
    expect((await post('/api/chat', 'x'.repeat(70_000))).status).toBe(413)
    expect((await call('/health')).status).toBe(200)
  })

  it('stops the running answer', async () => {
    const slow = await startDesk({ OFFLINE_PACE_MS: '60' })
    try {
      const socket = new TestSocket(`${slow.url}/ws/stopping`)
      await socket.open()
      socket.send({ type: 'hello' })
      socket.send({ message: 'How long does shipping take?' })
      await socket.of('delta')
      await fetch(`${slow.url}/api/chat/stopping/stop`, { method: 'POST' })
      const ended = await socket.frame((frame) => frame.type === 'message' && frame.role === 'assistant')
      expect(ended).toMatchObject({ status: 'stopped' })
      expect(String(ended.content)).not.toBe('')
      socket.close()
    } finally {
      await slow.dispose()
    }
  })

  it('shows the owner who waits for a person, and what was graded', async () => {
    await post('/api/chat', { message: 'Hello', session_id: 'impatient' })
    const before = Date.now()
    await post('/api/handoff', { session_id: 'impatient' })
    await post('/api/feedback', { session_id: 'impatient', rating: 2 })
    const { body } = await call('/api/sessions')
    const found = body.sessions.find(({ session_id }: { session_id: string }) => session_id === 'impatient')
    expect(found).toMatchObject({ status: 'waiting', rating: 2 })
    expect(Math.abs(Date.parse(found.waiting_since) - before)).toBeLessThan(10_000)
  })

  it('names what is wrong by the name it was sent under, in plain words', async () => {
    for (const name of ['message', 'content', 'text']) {
      expect((await post('/api/chat', { [name]: '' })).body.detail).toBe(`${name}: the message is empty`)
      expect((await post('/api/chat', { [name]: 5 })).body.detail).toBe(`${name}: must be text`)
      expect((await post('/api/session/x/actions', { [name]: '' })).body.detail).toBe(`${name}: the message is empty`)
    }
    expect((await call('/api/chat/stream?message=')).body.detail).toBe('message: the message is empty')
    expect((await call('/api/sessions?limit=many')).body.detail).toBe('limit: must be a number')
    expect((await post('/api/chat', [])).body.detail).toBe('What was sent must be a JSON object.')
  })

  it.each(['/', '/docs', '/redoc', '/knowledge', '/static/docs.css', '/widget_websocket.html'])(
    'lets %s be read, and nothing else',
    async (path) => {
      expect((await fetch(`${desk.url}${path}`)).status).toBe(200)
      for (const method of ['POST', 'DELETE']) {
        const { status, headers, body } = await call(path, { method, headers: { 'next-action': 'x' } })
        expect([status, headers.get('allow'), body.error.code]).toEqual([405, 'GET, HEAD, OPTIONS', 'method_not_allowed'])
      }
    },
  )

  it('lists the articles by title, each with the way to it', async () => {
    const html = await (await fetch(`${desk.url}/knowledge`)).text()
    const links = [...html.matchAll(/<a href="(\/knowledge\/[^"]+)"[^>]*>([^<]+)<\/a>/g)].map(([, href = '', title]) => ({ href, title }))
    expect(links.length).toBeGreaterThan(60)
    const address = links.find(({ title }) => title?.startsWith('Shipping times'))?.href
    expect(address).toBe('/knowledge/shipping-times')
    expect((await fetch(`${desk.url}${address}`)).status).toBe(200)
  })

  it('has the reference as it was written once, and builds no tree of it for each reader', async () => {
    const [first, second] = [await (await fetch(`${desk.url}/redoc`)).text(), await (await fetch(`${desk.url}/redoc`)).text()]
    expect(second).toContain('<details')
    expect(second.length).toBe(first.length)
    // What React is told of an element that it was to render.
    expect(/\[\\?"\$\\?",\\?"details/.test(second)).toBe(false)
  })
})
