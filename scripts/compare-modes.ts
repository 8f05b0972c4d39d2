import { setTimeout as sleep } from 'node:timers/promises'
import { pollTransport } from '#lib/transport/client/poll.ts'
import { sseTransport } from '#lib/transport/client/sse.ts'
import type { Address, Transport } from '#lib/transport/client/transport.ts'
import { webSocketTransport } from '#lib/transport/client/websocket.ts'
import { startDesk } from '../e2e/support/desk-process.ts'
import { type Measured, openMeasured } from './compare/measure.ts'
import { plainPolling } from './compare/plain-polling.ts'
import { type Row, table, verdict } from './compare/verdict.ts'
import { buildPages } from './pages.mjs'
import { deskOrigin, readFlags, refuse } from './terminal/arguments.ts'
import { whyUnreachable } from './terminal/reach.ts'

const usage = `Compares the ways to a desk: how long after sending a message it is acknowledged, its answer begins, its answer is whole.

  npm run compare-modes -- [--url http://localhost:8000] [--messages 15]

Without --url a desk is started for it.`

const questions = ['How long does shipping take?', 'Can I pay with PayPal?', 'When are you open?']
const POLL_MS = 3000
/** Plain polling is slow to measure: at most so many messages, in so many sessions at a time. */
const POLLED = 10
const AT_ONCE = 5
/** A desk takes 60 messages a minute in one session. */
const MOST = 50

const flags = readFlags({ url: { type: 'string' }, messages: { type: 'string', default: '15' } }, usage)
const messages = Number(flags.messages)
if (!Number.isInteger(messages) || messages < 1 || messages > MOST) refuse(`--messages takes a number from 1 to ${MOST}.`, usage)
const base = flags.url === undefined ? undefined : (deskOrigin(flags.url) ?? refuse(`--url: ${flags.url} is no address.`, usage))

if (base === undefined) {
  await buildPages()
  const desk = await startDesk({ OFFLINE_PACE_MS: process.env.OFFLINE_PACE_MS ?? '8' })
  try {
    await compare(desk.url)
  } finally {
    await desk.dispose()
  }
} else {
  const trouble = await whyUnreachable(base)
  if (trouble !== undefined) {
    console.error(trouble)
    process.exit(1)
  }
  await compare(base)
}

async function compare(base: string): Promise<void> {
  console.log(`Asking the desk at ${base} …\n`)
  const instant = [
    { mode: 'WebSocket', transport: webSocketTransport({ connectTimeoutMs: 5000, pingIntervalMs: 30_000 }) },
    { mode: 'SSE', transport: sseTransport() },
    { mode: 'long poll', transport: pollTransport({ intervalMs: POLL_MS }) },
  ]
  const rows = await inTurns(base, instant)
  rows.push(await polled(base))
  console.log(`${table(rows)}\n\n${verdict(rows)}`)
}

/** Asks every mode the same questions, one mode after the other, so that a noisy moment meets all of them alike. */
async function inTurns(base: string, modes: Array<{ mode: string; transport: Transport }>): Promise<Row[]> {
  const rows: Row[] = modes.map(({ mode }) => ({ mode, samples: [], paired: true }))
  const lines: Array<Measured | undefined> = []
  for (const [index, { transport }] of modes.entries()) lines[index] = await open(rows[index], transport, base)
  for (let round = 0; round < messages; round += 1) {
    for (const offset of modes.keys()) {
      const index = (round + offset) % modes.length
      const sample = await lines[index]?.ask(questionOf(round))
      if (sample) rows[index]?.samples.push(sample)
    }
  }
  for (const line of lines) line?.close()
  return rows
}

/** Plain polling: each message is sent at a random moment between two polls, as people do. */
async function polled(base: string): Promise<Row> {
  const row: Row = { mode: `polling every ${POLL_MS / 1000} s`, samples: [] }
  const wanted = Math.min(messages, POLLED)
  const sessions = Math.min(wanted, AT_ONCE)
  const share = Math.ceil(wanted / sessions)
  await Promise.all(
    Array.from({ length: sessions }, async () => {
      const line = await open(row, plainPolling(POLL_MS), base)
      for (let round = 0; line && round < share; round += 1) {
        await sleep(Math.random() * POLL_MS)
        row.samples.push(await line.ask(questionOf(round)))
      }
      line?.close()
    }),
  )
  return row
}

/** Opens a line and asks one question that is not counted: the first of anything is slower. */
async function open(row: Row | undefined, transport: Transport, base: string): Promise<Measured | undefined> {
  try {
    const line = await openMeasured(transport, await newSession(base))
    if (transport.name !== 'polling' || row?.mode === 'long poll') await line.ask('Hello')
    return line
  } catch (error) {
    if (row) row.failure = error instanceof Error ? error.message : String(error)
    return undefined
  }
}

async function newSession(base: string): Promise<Address> {
  const response = await fetch(`${base}/api/session/new`, { method: 'POST' })
  if (!response.ok) throw new Error(`no session could be made: HTTP ${response.status}`)
  const { session_id, session_token } = (await response.json()) as { session_id: string; session_token: string }
  return { base, sessionId: session_id, token: session_token }
}

function questionOf(round: number): string {
  return questions[round % questions.length] ?? ''
}
