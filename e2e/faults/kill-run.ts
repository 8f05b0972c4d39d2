import type { StoredEvent } from '#lib/protocol/events.ts'
import type { Transport } from '#lib/transport/client/transport.ts'
import { startDesk } from '../support/desk-process.ts'
import { check, type Verdict } from './checker.ts'
import { randomFrom } from './random.ts'
import { createVisitor, type Visitor } from './visitor.ts'

export interface KillRun {
  seed: number
  kills: number
  sessions?: number
  /** A bug to plant, by its name in plants.mjs. */
  plant?: string
}

export interface KillReport {
  verdict: Verdict
  messages: number
  /** From each kill until the desk was ready again, in milliseconds. */
  restarts: number[]
  /** From the last restart until every visitor had everything, in milliseconds; Infinity if that did not happen. */
  converged: number
}

/** Half of the visitors on sockets, a quarter each on streams and on polls. */
const ways: Array<Transport['name']> = ['websocket', 'sse', 'websocket', 'polling']
const questions = [
  'How long does shipping take?',
  'What is your return policy?',
  'Do you repair laptops?',
  '/whoami',
  'and in Canada?',
  'ok thanks',
]
/** Between two messages of all visitors together, in milliseconds. */
const TALK_MS = 40
const CONVERGE_MS = 10_000

/** Kills the desk again and again while visitors write, then lets it heal and judges what everybody saw. */
export async function killRun({ seed, kills, sessions = 8, plant }: KillRun): Promise<KillReport> {
  const random = randomFrom(seed)
  const desk = await startDesk({
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'fatal',
    OFFLINE_PACE_MS: '3',
    ...(plant === undefined ? {} : { NODE_OPTIONS: '--import ./e2e/faults/plant.mjs', FRONTDESK_PLANT: plant }),
  })
  const names = await Promise.all(Array.from({ length: sessions }, () => newSession(desk.url)))
  const visitors = Array.from({ length: sessions * 2 }, (_, index) => {
    const way = ways[(index + Math.floor(index / sessions)) % ways.length] ?? 'websocket'
    return createVisitor(desk.url, names[index % sessions] ?? '', `visitor-${index}`, way)
  })
  const stop = keepTalking(visitors, random)
  const restarts: number[] = []
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(300 + random() * 1500)
      // Nobody writes after the last kill: what is open then, the desk must remember by itself.
      if (kill === kills - 1) stop()
      await desk.kill()
      const began = performance.now()
      await desk.restart()
      restarts.push(performance.now() - began)
    }
    const began = performance.now()
    const logs = await converge(desk.url, visitors)
    const converged = logs ? performance.now() - began : Number.POSITIVE_INFINITY
    const verdict = check(
      visitors.map(({ history }) => history),
      logs ?? (await allLogs(desk.url, visitors)),
    )
    return { verdict, messages: visitors.reduce((sum, { history }) => sum + history.sent.size, 0), restarts, converged }
  } finally {
    stop()
    for (const visitor of visitors) visitor.close()
    await desk.dispose()
  }
}

async function newSession(url: string): Promise<string> {
  const response = await fetch(`${url}/api/session/new`, { method: 'POST' })
  return ((await response.json()) as { session_id: string }).session_id
}

function keepTalking(visitors: Visitor[], random: () => number): () => void {
  let count = 0
  const timer = setInterval(() => {
    const visitor = visitors[Math.floor(random() * visitors.length)]
    const question = questions[Math.floor(random() * questions.length)] ?? 'Hello'
    count += 1
    const text = question.startsWith('/') ? question : `${question} (${count})`
    if (random() < 0.2) visitor?.sayTwice(text)
    else visitor?.say(text)
  }, TALK_MS)
  return () => clearInterval(timer)
}

/** Waits until all is sent, all is answered and every visitor has the whole log; undefined when that takes too long. */
async function converge(url: string, visitors: Visitor[]): Promise<Map<string, StoredEvent[]> | undefined> {
  const deadline = performance.now() + CONVERGE_MS
  while (performance.now() < deadline) {
    await pause(200)
    if (!visitors.every((visitor) => visitor.isSettled())) continue
    const logs = await allLogs(url, visitors)
    const histories = visitors.map(({ history }) => history)
    const whole = visitors.every((visitor) => visitor.seq() === logs.get(visitor.history.session)?.length)
    if (whole && check(histories, logs).unanswered.length === 0) return logs
  }
  return undefined
}

async function allLogs(url: string, visitors: Visitor[]): Promise<Map<string, StoredEvent[]>> {
  const sessions = [...new Set(visitors.map(({ history }) => history.session))]
  return new Map(await Promise.all(sessions.map(async (session) => [session, await wholeLog(url, session)] as const)))
}

async function wholeLog(url: string, session: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  for (;;) {
    const response = await fetch(`${url}/api/session/${session}/events?after=${events.length}`)
    const page = (await response.json()) as { events: Array<StoredEvent & { message?: string }>; has_more: boolean }
    for (const { message: _, ...event } of page.events) events.push(event as StoredEvent)
    if (!page.has_more) return events
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
