import { adviseOnHandshake, adviseOnPolling, adviseOnSocket, adviseOnStream } from './advice.ts'
import { type Frame, openProbe, type Probe } from './probe.ts'

/** The desk under test, and what the checks leave for those after them. */
export interface Target {
  base: string
  session?: { id: string; token: string }
  socket?: Probe
}

export interface Check {
  name: string
  /** Does what is checked; resolves with a detail worth showing. Throws what is wrong. */
  run: (target: Target) => Promise<string | undefined>
  /** What the person can do about a failure. */
  advise: (error: unknown) => string
  /** Checks that make no sense without this one are left out when it fails. */
  opens?: Gate
  needs?: Gate
}
export type Gate = 'session' | 'socket'

const question = 'How long does shipping take?'
const isAnswer = ({ type, role }: Frame) => type === 'message' && role === 'assistant'

export const checks: Check[] = [
  {
    name: 'a session can be begun',
    opens: 'session',
    advise: adviseOnPolling,
    async run(target) {
      const made = await json(`${target.base}/api/session/new`, { method: 'POST' })
      target.session = { id: String(made.session_id), token: String(made.session_token) }
      return target.session.id
    },
  },
  {
    name: 'handshake on /ws/chat',
    opens: 'socket',
    advise: adviseOnHandshake,
    async run(target) {
      const start = performance.now()
      target.socket = await openProbe(`${target.base}/ws/chat`)
      return `${Math.round(performance.now() - start)} ms`
    },
  },
  {
    name: 'the greeting',
    needs: 'socket',
    advise: adviseOnSocket,
    async run(target) {
      const greeting = await socketOf(target).frame('a frame', () => true)
      expect(greeting.type === 'system' && greeting.message === 'Connected', 'the first frame is not the greeting', greeting)
      return `session ${greeting.session_id}`
    },
  },
  {
    name: 'handshake on /ws/{session_id}',
    needs: 'socket',
    advise: adviseOnHandshake,
    async run(target) {
      const { id, token } = sessionOf(target)
      const socket = await openProbe(`${target.base}/ws/${id}`, token)
      const greeting = await socket.frame('the greeting', ({ type }) => type === 'system')
      socket.close()
      expect(greeting.session_id === id, 'the socket is in another session', greeting)
      return undefined
    },
  },
  pong('ping'),
  pong({ type: 'ping' }),
  answered('plain text is answered', question),
  answered('{message} is answered', { message: 'Can I pay with PayPal?' }),
  answered('{type, content} is answered', { type: 'text', content: 'When are you open?', metadata: {} }),
  {
    name: 'a command is answered',
    needs: 'socket',
    advise: adviseOnSocket,
    async run(target) {
      const response = await asked(target, '/help', 'the response', ({ type }) => type === 'command_response')
      expect(response.command === 'help', 'another command was answered', response)
      return undefined
    },
  },
  {
    name: 'broken JSON is an error, and the socket stays',
    needs: 'socket',
    advise: adviseOnSocket,
    async run(target) {
      const error = await asked(target, '{"broken', 'the error', ({ type }) => type === 'error')
      expect(error.code === 'bad_json', 'another error came', error)
      await asked(target, 'ping', 'pong', ({ type }) => type === 'pong')
      return undefined
    },
  },
  { name: 'a dropped socket resumes without loss', needs: 'socket', advise: adviseOnSocket, run: resumes },
  { name: 'polling', needs: 'session', advise: adviseOnPolling, run: polls },
  { name: 'server-sent events', needs: 'session', advise: adviseOnStream, run: streams },
]

function pong(frame: string | object): Check {
  return {
    name: `${JSON.stringify(frame)} is answered with pong`,
    needs: 'socket',
    advise: adviseOnSocket,
    async run(target) {
      const start = performance.now()
      await asked(target, frame, 'pong', ({ type }) => type === 'pong')
      return `${(performance.now() - start).toFixed(1)} ms`
    },
  }
}

function answered(name: string, frame: string | object): Check {
  return {
    name,
    needs: 'socket',
    advise: adviseOnSocket,
    async run(target) {
      const start = performance.now()
      const answer = await asked(target, frame, 'the answer', isAnswer)
      expect(typeof answer.content === 'string' && answer.content === answer.message, 'content and message differ', answer)
      return `${Math.round(performance.now() - start)} ms`
    },
  }
}

/** Sends a frame and waits for the one that answers it. */
async function asked(target: Target, frame: string | object, what: string, fits: (frame: Frame) => boolean): Promise<Frame> {
  const socket = socketOf(target)
  const from = socket.frames.length
  socket.send(frame)
  return socket.frame(what, fits, from)
}

/** Goes away in the middle of a conversation, misses an answer, and comes back for it. */
async function resumes(target: Target): Promise<string> {
  const { id, token } = sessionOf(target)
  const before = await openProbe(`${target.base}/ws/${id}`, token)
  before.send({ type: 'hello', after: 0 })
  const { epoch } = await before.frame('the state of the session', ({ type }) => type === 'resumed')
  before.send({ message: question, client_msg_id: crypto.randomUUID() })
  const { seq: after } = await before.frame('the message in the log', ({ type, role }) => type === 'message' && role === 'visitor')
  before.drop()
  const again = await openProbe(`${target.base}/ws/${id}`, token)
  again.send({ type: 'hello', epoch, after })
  const resumed = await again.frame('the state of the session', ({ type }) => type === 'resumed')
  expect(resumed.recovered === true, 'the session began anew', resumed)
  const answer = await again.frame('the missed answer', isAnswer)
  const seqs = again.frames.flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : []))
  again.close()
  const gapless = seqs.every((seq, index) => seq === Number(after) + 1 + index)
  expect(gapless, 'events are missing or doubled', { type: 'seq', after, seqs })
  return `event ${answer.seq} was waiting`
}

async function polls(target: Target): Promise<string> {
  const { id, token } = sessionOf(target)
  const headers = { 'content-type': 'application/json', 'x-session-token': token }
  const url = `${target.base}/api/session/${id}`
  const receipt = await json(`${url}/actions`, { method: 'POST', headers, body: JSON.stringify({ message: question }) })
  for (let after = Number(receipt.seq); ; ) {
    const page = await json(`${url}/events?after=${after}&wait=10`, { headers })
    const events = page.events as Frame[]
    expect(events.length > 0, 'nothing came within 10 s', { type: 'page', ...page })
    const answer = events.find(isAnswer)
    if (answer) return `answered as event ${answer.seq}`
    after = Number(page.last_seq)
  }
}

async function streams(target: Target): Promise<string> {
  const { id, token } = sessionOf(target)
  const start = performance.now()
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(new Error('no event came within 5 s')), 5000)
  const headers = { accept: 'text/event-stream', 'x-session-token': token }
  const response = await fetch(`${target.base}/api/session/${id}/events?after=0`, { headers, signal: abort.signal })
  const type = response.headers.get('content-type') ?? 'nothing'
  expect(type.startsWith('text/event-stream'), `the answer is ${type} (HTTP ${response.status})`)
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.includes('"resumed"')) break
  }
  clearTimeout(timer)
  expect(text.includes('"resumed"'), 'the stream ended before its first event')
  return `first event after ${Math.round(performance.now() - start)} ms`
}

async function json(url: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(15_000) })
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${body.detail ?? 'not the answer of a desk'}`)
  return body
}

function socketOf({ socket }: Target): Probe {
  if (!socket) throw new Error('there is no socket')
  return socket
}

function sessionOf({ session }: Target): { id: string; token: string } {
  if (!session) throw new Error('there is no session')
  return session
}

function expect(fact: boolean, otherwise: string, shown?: Frame): asserts fact {
  if (!fact) throw new Error(shown ? `${otherwise}: ${JSON.stringify(shown).slice(0, 200)}` : otherwise)
}
