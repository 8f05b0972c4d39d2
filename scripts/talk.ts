import { createInterface } from 'node:readline'
import { createDeskClient, type Snapshot } from '#lib/transport/client/desk-client.ts'
import { deskOrigin, readFlags, refuse } from './terminal/arguments.ts'
import { memoryShelf } from './terminal/memory-shelf.ts'
import { createPrompt } from './terminal/prompt.ts'
import { createQuestions } from './terminal/questions.ts'
import { whyUnreachable } from './terminal/reach.ts'
import { createStyle, showsColour } from './terminal/style.ts'
import { createTranscript } from './terminal/transcript.ts'

const usage = `Chat with a running desk from the terminal.

  npm run talk -- [--url http://localhost:8000] [--transport auto|ws|sse|poll] [--session id] [--token token]
  echo "Where is my order?" | npm run -s talk

Ctrl+C stops the running answer, twice leaves.`

const ways = { auto: undefined, ws: ['websocket'], sse: ['sse'], poll: ['polling'] } as const
const states: Record<Snapshot['connection'], string> = {
  connecting: 'Connecting …',
  live: '🟢 Real-time connected',
  polling: '🟡 Using polling mode',
  error: '🔴 Connection error, trying again …',
}
/** How long a question from a pipe waits while nothing at all comes from the desk, in milliseconds. */
const PATIENCE_MS = 120_000

const flags = readFlags(
  {
    url: { type: 'string', default: 'http://localhost:8000' },
    transport: { type: 'string', default: 'auto' },
    session: { type: 'string' },
    token: { type: 'string' },
  },
  usage,
)
const base = deskOrigin(flags.url) ?? refuse(`--url: ${flags.url} is no address.`, usage)
const transports = Object.hasOwn(ways, flags.transport)
  ? ways[flags.transport as keyof typeof ways]
  : refuse(`--transport takes ${Object.keys(ways).join(', ')}.`, usage)
if (flags.token !== undefined && flags.session === undefined) refuse('--token goes with --session.', usage)

const trouble = await whyUnreachable(base)
if (trouble !== undefined) {
  console.error(trouble)
  process.exit(1)
}

const client = createDeskClient({
  base,
  settings: { connectTimeoutMs: 5000, reconnectAttempts: 3, pingIntervalMs: 30_000, pollIntervalMs: 3000 },
  shelf: memoryShelf(),
  ...(transports && { transports: [...transports] }),
  ...(flags.session !== undefined && { session: { id: flags.session, ...(flags.token !== undefined && { token: flags.token }) } }),
})
const questions = createQuestions(client)
const style = createStyle(showsColour(process.stdout))
if (process.stdin.isTTY && process.stdout.isTTY) talk()
else await answerPipe()

/** A conversation with the person at the terminal. */
function talk(): void {
  let leaving = false
  const prompt = createPrompt(process.stdout, { line: say, interrupt, end: leave })
  const { write } = prompt
  const transcript = createTranscript({ write, style, base, shows: ({ client_msg_id }) => !questions.isOwn(client_msg_id) })
  const note = (text: string) => write(style.dim(`${text}\n`))
  write(`${style.bold(`The desk at ${base}`)}. /help shows the commands; Ctrl+C stops an answer, twice leaves.\n`)
  watch(note)
  client.subscribe(update)
  update()

  function update(): void {
    if (questions.waiting()) prompt.hide()
    transcript.show(client.snapshot().log)
    if (!questions.waiting() && client.snapshot().log.running === undefined) prompt.show()
  }

  function say(text: string): void {
    leaving = false
    const done = text === '' ? undefined : text.toLowerCase() === 'ping' ? ping().then(note) : ask(text)
    if (done) void done.then(update)
    else update()
  }

  async function ask(text: string): Promise<void> {
    const refusal = await questions.ask(text)
    if (refusal !== undefined) write(style.red(`${refusal}\n`))
  }

  function interrupt(): void {
    if (leaving) leave()
    leaving = true
    if (questions.waiting()) client.act({ type: 'stop' }).catch(({ message }: Error) => note(message))
    else {
      note('Ctrl+C again leaves.')
      update()
    }
  }

  function leave(): never {
    prompt.close()
    end(0)
  }
}

/** Questions from a pipe, one after the other; ends with 1 when one of them was not answered. */
async function answerPipe(): Promise<void> {
  const write = (text: string) => void process.stdout.write(text)
  const transcript = createTranscript({ write, style, base, shows: () => true })
  watch((text) => console.error(text))
  let patience: NodeJS.Timeout | undefined
  client.subscribe(() => {
    patience?.refresh()
    transcript.show(client.snapshot().log)
  })
  let stopped = 0
  process.on('SIGINT', () => {
    stopped += 1
    if (stopped === 1 && questions.waiting()) client.act({ type: 'stop' }).catch(({ message }: Error) => console.error(message))
    else end(130)
  })
  for await (const line of createInterface({ input: process.stdin })) {
    const text = line.trim()
    if (text === '') continue
    stopped = 0
    patience = setTimeout(() => {
      console.error(`No word from the desk for ${PATIENCE_MS / 1000} seconds.`)
      end(1)
    }, PATIENCE_MS)
    const refusal = text.toLowerCase() === 'ping' ? void console.log(await ping()) : await questions.ask(text)
    clearTimeout(patience)
    if (refusal === undefined) continue
    console.error(refusal)
    process.exitCode = 1
  }
  end(process.exitCode === 1 ? 1 : 0)
}

function end(code: number): never {
  client.close()
  process.exit(code)
}

/** Says how the connection is whenever that changes, and ends the program when the desk will not have us. */
function watch(note: (text: string) => void): void {
  let last = ''
  const look = () => {
    const { connection, transport, sessionId, forbidden } = client.snapshot()
    if (forbidden) {
      note(flags.session === undefined ? 'The desk does not let this program in.' : `There is no session ${flags.session} that this opens.`)
      end(1)
    }
    if (connection === 'connecting') return
    // Asked to poll, the client calls that its live line.
    const state = states[transport === 'polling' ? 'polling' : connection]
    const text = transport === undefined ? state : `${state} (${transport}), session ${sessionId}`
    if (text !== last) note(text)
    last = text
  }
  client.subscribe(look)
  look()
}

/** How long the desk takes to answer a ping. */
async function ping(): Promise<string> {
  const { sessionId = 'ping' } = client.snapshot()
  const start = performance.now()
  const body = JSON.stringify({ type: 'ping' })
  const url = `${base}/api/session/${sessionId}/actions`
  const answered = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).catch(() => undefined)
  return answered?.ok ? `pong after ${(performance.now() - start).toFixed(0)} ms` : 'The desk does not answer the ping.'
}
