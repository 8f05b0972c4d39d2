import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { type Frame, TestSocket } from '../support/socket.ts'

describe('the WebSocket door', () => {
  let desk: DeskProcess
  const open: TestSocket[] = []

  beforeAll(async () => {
    desk = await startDesk()
  })
  afterEach(() => {
    for (const socket of open.splice(0)) socket.close()
  })
  afterAll(() => desk.dispose())

  const connect = async (path: string, options?: ConstructorParameters<typeof TestSocket>[1]) => {
    const socket = new TestSocket(`${desk.url}${path}`, options)
    open.push(socket)
    await socket.open()
    return socket
  }
  const isAnswer = (frame: Frame) => frame.type === 'message' && frame.role === 'assistant'

  it('greets a connection with the session it is in', async () => {
    const socket = await connect('/ws/chat')
    const hello = await socket.of('system')
    expect(hello).toMatchObject({ content: 'Connected', message: 'Connected', last_seq: 0, mode: 'ai' })
    expect(hello.session_id).toMatch(/^[0-9a-f-]{36}$/)
    expect(hello.session_token).toBeTypeOf('string')
  })

  it.each([
    ['plain text', 'How long does shipping take?'],
    ['a JSON string', '"How long does shipping take?"'],
    ['{message}', { message: 'How long does shipping take?' }],
    ['{content}', { content: 'How long does shipping take?' }],
    ['{text}', { text: 'How long does shipping take?' }],
    ['{type: text}', { type: 'text', content: 'How long does shipping take?', metadata: {}, timestamp: '2025-11-02T10:30:00' }],
    ['{type: message}', { type: 'message', message: 'How long does shipping take?' }],
  ])('takes %s as a message and answers it with content and message', async (_, frame) => {
    const socket = await connect('/ws/chat')
    socket.send(frame)
    const answer = await socket.frame(isAnswer)
    expect(answer.content).toContain('3 to 5 business days')
    expect(answer.message).toBe(answer.content)
    expect(answer.citations).toMatchObject([{ n: 1, source: expect.stringContaining('shipping-times#') }])
    expect(socket.frames.filter((other) => other.type === 'message')).toHaveLength(1)
    expect(socket.frames.some((other) => other.type === 'ack' || other.type === 'delta')).toBe(false)
  })

  it.each(['ping', 'PING', ' Ping ', '"ping"', '{"type":"ping"}', '{"message":"ping"}'])(
    'answers %j with pong and stores nothing',
    async (frame) => {
      const socket = await connect('/ws/chat')
      socket.send(frame)
      expect(await socket.of('pong')).toMatchObject({ content: 'pong', message: 'pong', ts: expect.any(Number) })
      const { session_id } = await socket.of('system')
      const page = await fetch(`${desk.url}/api/session/${session_id}/events`)
      expect(page.status).toBe(404)
    },
  )

  it('streams to a client that says hello, and acknowledges after the message was told', async () => {
    const socket = await connect('/ws/chat')
    socket.send({ type: 'hello', after: 0 })
    await socket.of('resumed')
    socket.send({ message: 'How long does shipping take?', client_msg_id: 'one' })
    const answer = await socket.frame(isAnswer)
    const kinds = socket.frames.map((frame) => (frame.type === 'message' ? `${frame.type} ${frame.role}` : frame.type))
    expect(kinds.slice(2, 4)).toEqual(['message visitor', 'ack'])
    const deltas = socket.frames.filter((frame) => frame.type === 'delta')
    expect(deltas.length).toBeGreaterThan(1)
    expect(deltas.map((frame) => frame.text).join('')).toBe(answer.content)
    expect(await socket.of('ack')).toMatchObject({ client_msg_id: 'one', seq: 1 })
  })

  it('resumes all that was missed, or says that it begins anew', async () => {
    const first = await connect('/ws/resume-here')
    first.send({ type: 'hello' })
    first.send({ message: 'How long does shipping take?' })
    await first.frame(isAnswer)
    const { epoch } = await first.of('resumed')
    const again = await connect('/ws/resume-here')
    again.send({ type: 'hello', epoch, after: 1 })
    expect(await again.of('resumed')).toMatchObject({ recovered: true, last_seq: 2 })
    expect(await again.frame(isAnswer)).toMatchObject({ seq: 2 })
    expect(again.frames.filter((frame) => frame.type === 'message')).toHaveLength(1)

    const foreign = await connect('/ws/resume-here')
    foreign.send({ type: 'hello', epoch: 'other.0', after: 1 })
    expect(await foreign.of('resumed')).toMatchObject({ recovered: false })
    await foreign.frame(isAnswer)
    expect(foreign.frames.filter((frame) => frame.type === 'message').map((frame) => frame.seq)).toEqual([1, 2])

    const ahead = await connect('/ws/resume-here')
    ahead.send({ type: 'hello', epoch, after: 99 })
    expect(await ahead.of('resumed')).toMatchObject({ recovered: false })
  })

  it.each([
    ['/help', 'help', /Available commands/],
    ['/history', 'history', /Nothing has been said/],
    ['/whoami', 'whoami', /Session .* not signed in/],
    ['/summarize', 'summarize', /Nothing has been asked/],
    ['/analyze text="I love it, but it came late."', 'analyze', /Sentiment: positive/],
    ['/setcontext text="I run a school."', 'setcontext', /context is set/],
    ['/getcontext', 'getcontext', /No context is set/],
    ['/clearcontext', 'clearcontext', /No context was set/],
    ['/clear', 'clear', /cleared/],
  ])('answers %s with one command_response', async (text, command, says) => {
    const socket = await connect('/ws/chat')
    socket.send({ message: text })
    const response = await socket.of('command_response')
    expect(response).toMatchObject({ command, result: { status: 'success', message: expect.stringMatching(says) } })
    expect(response.content).toMatch(says)
  })

  it.each([
    ['{"broken', 'bad_json'],
    [{ type: 'nonsense' }, 'unknown_type'],
    [{ type: 7 }, 'unknown_type'],
    [{ message: 5 }, 'invalid'],
    [{ message: '   ' }, 'invalid'],
    [{}, 'invalid'],
    ['/nonsense', 'unknown_command'],
    [{ type: 'typing' }, 'invalid'],
    [{ type: 'hello', after: -1 }, 'invalid'],
  ])('answers %j with the error %s and stays', async (frame, code) => {
    const socket = await connect('/ws/chat')
    socket.send(frame)
    const error = await socket.of('error')
    expect(error).toMatchObject({ code, retryable: false, message: expect.any(String) })
    expect(error.content).toBe(error.message)
    socket.send('ping')
    await socket.of('pong')
  })

  it('refuses a text that is too long, and stays', async () => {
    const socket = await connect('/ws/chat')
    socket.send({ message: 'x'.repeat(16_001) })
    expect(await socket.of('error')).toMatchObject({ code: 'invalid' })
    socket.send('ping')
    await socket.of('pong')
  })

  it('names the message that an error belongs to', async () => {
    const socket = await connect('/ws/chat')
    socket.send({ message: 'Hello', client_msg_id: 'same' })
    await socket.of('ack')
    socket.send({ message: 'Other', client_msg_id: 'same' })
    expect(await socket.of('error')).toMatchObject({ code: 'mismatch', client_msg_id: 'same' })
    socket.send({ message: 'Hello', client_msg_id: 'same' })
    expect(await socket.frame((frame) => frame.type === 'ack' && frame.duplicate === true)).toMatchObject({ seq: 1 })
  })

  it('ends a connection whose frame is too large', async () => {
    const socket = await connect('/ws/chat')
    socket.send('x'.repeat(70_000))
    expect((await socket.end()).code).toBe(1009)
  })

  it('ends a connection that sends too many frames', async () => {
    const socket = await connect('/ws/chat')
    for (let count = 0; count < 400; count += 1) socket.send('ping')
    expect((await socket.end()).code).toBe(4008)
  })

  it.each(['http://evil.example', 'null', 'http://localhost.evil.example', 'https://127.0.0.1.evil.example'])(
    'refuses a handshake from the origin %s with 403',
    async (origin) => {
      const socket = new TestSocket(`${desk.url}/ws/chat`, { headers: { origin } })
      const status = await new Promise((resolve) => socket.socket.on('unexpected-response', (_, response) => resolve(response.statusCode)))
      expect(status).toBe(403)
    },
  )

  it.each(['/ws', '/ws/', '/ws/a/b', '/ws/auth', '/ws/%00', '/ws/bad%20id', '/other', '//ws/chat'])(
    'opens no socket at %s',
    async (path) => {
      const socket = new TestSocket(`${desk.url}${path}`)
      const outcome = await new Promise((resolve) => {
        socket.socket.on('unexpected-response', (_, response) => resolve(response.statusCode))
        socket.socket.on('open', () => resolve('open'))
      })
      // Where no socket is to be had, it is a request like any other.
      expect([400, 404]).toContain(outcome)
    },
  )
})
