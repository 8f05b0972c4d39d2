import { createServer, connect as dial, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LiveEvent, StoredEvent } from '#lib/protocol/events.ts'
import { emptyState, reduce } from '#lib/protocol/state.ts'
import type { Transport } from '#lib/transport/client/transport.ts'
import { webSocketTransport } from '#lib/transport/client/websocket.ts'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { wholeLog } from './logs.ts'
import { randomFrom } from './random.ts'
import { type RawLine, rawLines } from './raw-lines.ts'
import { smallKnowledge } from './small-knowledge.ts'
import { transportNamed } from './visitor.ts'

/**
 * A reader that changes the way in mid-answer, socket → stream → poll → socket: each answer's text arrives exactly
 * once and is what the log says. Told to the product's own transports, and to a client of a few lines.
 */
const CHANGES = Number(process.env.SWITCHES ?? 100)
const SEED = Number(process.env.SWITCH_SEED ?? 7)
const circle = ['websocket', 'sse', 'polling'] as const
const question = 'How long does shipping take?'
const knowledge = smallKnowledge()
const settings = { RATE_LIMIT: 'off', OFFLINE_PACE_MS: '25', LOG_LEVEL: 'fatal', KNOWLEDGE_DIR: knowledge.path }
afterAll(knowledge.remove)

describe('a reader that changes the way in mid-answer', () => {
  let desk: DeskProcess
  beforeAll(async () => {
    desk = await startDesk(settings)
  }, 120_000)
  afterAll(() => desk.dispose())

  it(`has every text exactly once over ${CHANGES} changes, with the page's own transports`, { timeout: 300_000 }, async () => {
    expect(await switchWhile(desk.url, readByProduct, CHANGES)).toEqual([])
  })

  it(`has every text exactly once over ${CHANGES} changes, with a client of a few lines`, { timeout: 300_000 }, async () => {
    expect(await switchWhile(desk.url, readRaw, CHANGES)).toEqual([])
  })

  it('skips nothing on a line so slow that its hello comes late', { timeout: 60_000 }, async () => {
    const session = await newSession(desk.url)
    await ask(desk.url, session)
    await ask(desk.url, session)
    const slow = await slowLine(Number(new URL(desk.url).port), 2500)
    const seen: number[] = []
    await new Promise<void>((resolve) => {
      const transport = webSocketTransport({ connectTimeoutMs: 10_000, pingIntervalMs: 30_000 })
      const event = (event: LiveEvent) => {
        if ('seq' in event) seen.push(event.seq)
        if ('seq' in event && event.type === 'message' && event.role === 'assistant' && event.status === 'complete') resolve()
      }
      const listener = { opened: () => undefined, event, closed: () => undefined }
      transport.open({ base: slow.url, sessionId: session, token: undefined }, () => ({ epoch: undefined, after: 0 }), listener)
    })
    slow.server.close()
    expect(seen).toEqual(seen.map((_, index) => index + 1))
  })
})

describe('the check of it', () => {
  it.each(['offset-ignored', 'cursor-ignored'])('finds the planted bug %s', { timeout: 120_000 }, async (plant) => {
    const desk = await startDesk({ ...settings, NODE_OPTIONS: '--import ./e2e/faults/plant.mjs', FRONTDESK_PLANT: plant })
    try {
      expect(await switchWhile(desk.url, readRaw, 12)).not.toEqual([])
    } finally {
      await desk.dispose()
    }
  })
})

interface Reading {
  faults: string[]
  changes: number
}

/** Asks and reads, in a few sessions at once, until there were so many changes in mid-answer. Returns what was wrong. */
async function switchWhile(url: string, read: typeof readRaw, changes: number): Promise<string[]> {
  const random = randomFrom(SEED)
  const faults: string[] = []
  let done = 0
  for (let round = 0; done < changes && faults.length === 0; round += 6) {
    const readings = await Promise.all(Array.from({ length: 6 }, (_, index) => read(url, random, round + index)))
    for (const reading of readings) {
      done += reading.changes
      faults.push(...reading.faults)
    }
    expect(round, 'answers in which nothing could be changed').toBeLessThan(20 * 6)
  }
  console.log(`switching: seed ${SEED}, ${done} changes in mid-answer: ${faults.length} faults${faults[0] ? ` (${faults[0]})` : ''}`)
  return faults
}

/** One answer, read with the page's transports and its reducer. */
async function readByProduct(url: string, random: () => number, round: number): Promise<Reading> {
  const session = await newSession(url)
  await ask(url, session)
  const faults: string[] = []
  let state = emptyState
  let shown = ''
  let changes = 0
  for (let turn = round; ; turn += 1) {
    const listener = {
      opened: ({ epoch }: { epoch: string }) => {
        state = { ...state, epoch }
      },
      event: (event: LiveEvent) => {
        if ('seq' in event && event.seq > state.seq + 1) faults.push(`${event.seq} came after ${state.seq}`)
        state = reduce(state, event)
      },
      closed: () => undefined,
    }
    const way: Transport = transportNamed(circle[turn % circle.length] ?? 'websocket')
    const line = way.open({ base: url, sessionId: session, token: undefined }, () => ({ epoch: state.epoch, after: state.seq }), listener)
    await new Promise((resolve) => setTimeout(resolve, 30 + random() * 120))
    line.close()
    const answer = state.items.find((item) => item.type === 'message' && item.role === 'assistant')
    const now = answer?.type === 'message' ? answer.content : (state.running?.text ?? shown)
    // What is shown only ever grows, and nothing of it is missed.
    if (!now.startsWith(shown)) faults.push(`"${now}" does not continue "${shown}"`)
    if (state.gap) faults.push('a piece was missed')
    if (answer) return { changes, faults: [...faults, ...differences(state.items, await wholeLog(url, session))] }
    if (now !== '') changes += 1
    shown = now
  }
}

/** One answer, read by a client that trusts the desk: what comes is appended, where the desk says that it continues. */
async function readRaw(url: string, random: () => number, round: number): Promise<Reading> {
  const session = await newSession(url)
  await ask(url, session)
  const faults: string[] = []
  const events: StoredEvent[] = []
  let text = ''
  let changes = 0
  for (let turn = round; ; turn += 1) {
    const way = circle[turn % circle.length] ?? 'websocket'
    // A line tells a running answer from its beginning, once, and each piece after it where the last one ended.
    let told = 0
    const line: RawLine = rawLines[way](url, session, events.at(-1)?.seq ?? 0, (event) => {
      if (event.type === 'delta') {
        if (event.offset !== told) faults.push(`${way}: offset ${event.offset} instead of ${told}`)
        told = event.offset + event.text.length
        const whole = text.slice(0, event.offset) + event.text
        if (!whole.startsWith(text) && !text.startsWith(whole)) faults.push(`${way}: "${event.text}" at ${event.offset} of "${text}"`)
        if (whole.length > text.length) text = whole
      } else if ('seq' in event) {
        if (event.seq !== (events.at(-1)?.seq ?? 0) + 1) faults.push(`${way}: ${event.seq} came after ${events.at(-1)?.seq}`)
        events.push(event)
      }
    })
    await new Promise((resolve) => setTimeout(resolve, 30 + random() * 120))
    await line.close()
    const answer = events.find((event) => event.type === 'message' && event.role === 'assistant')
    if (answer?.type === 'message') {
      if (!answer.content.startsWith(text)) faults.push(`"${text}" is not how "${answer.content}" begins`)
      return { changes, faults: [...faults, ...differences(events, await wholeLog(url, session))] }
    }
    if (text !== '') changes += 1
  }
}

function differences(view: readonly StoredEvent[], log: StoredEvent[]): string[] {
  const bare = view.map((event) => JSON.stringify({ ...event, message: undefined }))
  const same = JSON.stringify(bare) === JSON.stringify(log.map((event) => JSON.stringify(event)))
  return same ? [] : [`the view is not the log: ${bare.join()}`]
}

async function newSession(url: string): Promise<string> {
  return ((await (await fetch(`${url}/api/session/new`, { method: 'POST' })).json()) as { session_id: string }).session_id
}

async function ask(url: string, session: string): Promise<void> {
  await fetch(`${url}/api/session/${session}/actions`, { method: 'POST', body: JSON.stringify({ type: 'message', text: question }) })
}

/** A line to the desk on which what the client sends after the handshake takes `ms` milliseconds. */
async function slowLine(port: number, ms: number): Promise<{ url: string; server: Server }> {
  const server = createServer((client) => {
    const desk = dial(port, '127.0.0.1')
    let handshaken = false
    client.on('data', (bytes) => {
      if (handshaken) setTimeout(() => desk.write(bytes), ms)
      else desk.write(bytes.toString('latin1').replace(/^Host: .*$/im, `Host: 127.0.0.1:${port}`))
      handshaken = true
    })
    desk.pipe(client)
    for (const socket of [client, desk]) socket.on('error', () => undefined).on('close', () => [client, desk].map((end) => end.destroy()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, server }
}
