import type { Transport } from '#lib/transport/client/transport.ts'
import { startDesk } from '../support/desk-process.ts'
import { check, isClean, type Verdict } from './checker.ts'
import { wholeLogs } from './logs.ts'
import { randomFrom } from './random.ts'
import { smallKnowledge } from './small-knowledge.ts'
import { createVisitor, type Visitor } from './visitor.ts'

export interface KillRun {
  seed: number
  kills: number
  sessions?: number
  /** Judges after each kill instead of once at the end, and stops as soon as something is wrong. */
  eager?: boolean
  /** A bug to plant, by its name in plant.mjs. */
  plant?: string
}

export interface KillReport {
  verdict: Verdict
  kills: number
  messages: number
  /** Messages of which it is not known, at the moment of a kill, whether the desk has them: summed over the kills. */
  underWay: number
  /** From each kill until the desk was ready again, in milliseconds. */
  restarts: number[]
  /** From the last restart until every visitor had everything, in milliseconds; Infinity if that did not happen. */
  converged: number
}

/** Half of the visitors on sockets, a quarter each on streams and on polls. */
const ways: Array<Transport['name']> = ['websocket', 'sse', 'websocket', 'polling']
const questions = ['How long does shipping take?', 'What is your return policy?', '/whoami', 'and in Canada?', 'ok thanks']
/** Between two messages of all visitors together, in milliseconds. */
const TALK_MS = 15
/** Nothing heard by anybody for this long: nothing more will come. Longer than any pause of a client. */
const STUCK_MS = 8000

/** Kills the desk again and again while visitors write, then lets it heal and judges what everybody saw. */
export async function killRun({ seed, kills, sessions = 8, eager = false, plant }: KillRun): Promise<KillReport> {
  const random = randomFrom(seed)
  const knowledge = smallKnowledge()
  const desk = await startDesk({
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'fatal',
    OFFLINE_PACE_MS: '3',
    KNOWLEDGE_DIR: knowledge.path,
    ...(plant === undefined ? {} : { NODE_OPTIONS: '--import ./e2e/faults/plant.mjs', FRONTDESK_PLANT: plant }),
  })
  const news = new EventTarget()
  const visitors = await inviteVisitors(desk.url, sessions, () => news.dispatchEvent(new Event('change')))
  const histories = visitors.map(({ history }) => history)
  const talk = createTalk(visitors, random)
  const report = { kills: 0, underWay: 0, restarts: [] as number[], converged: Number.POSITIVE_INFINITY }
  const judged = async () => {
    const began = performance.now()
    const whole = await converged(visitors, news, eager)
    report.converged = whole ? performance.now() - began : Number.POSITIVE_INFINITY
    return check(histories, await wholeLogs(desk.url, histories))
  }
  try {
    for (;;) {
      talk.begin()
      await pause(150 + random() * 700)
      report.underWay += visitors.filter((visitor) => !visitor.isSettled()).length
      await desk.kill()
      // Nobody writes now: what is open, the desk must remember by itself.
      talk.end()
      const began = performance.now()
      await desk.restart()
      report.restarts.push(performance.now() - began)
      report.kills += 1
      const isLast = report.kills === kills
      const verdict = isLast || eager ? await judged() : undefined
      if (verdict && (isLast || !isClean(verdict))) return { verdict, messages: talk.count(), ...report }
    }
  } finally {
    talk.end()
    for (const visitor of visitors) visitor.close()
    await desk.dispose()
    knowledge.remove()
  }
}

/** Two visitors to each session, on two different ways. */
async function inviteVisitors(url: string, sessions: number, onChange: () => void): Promise<Visitor[]> {
  const names = await Promise.all(Array.from({ length: sessions }, () => newSession(url)))
  return Array.from({ length: sessions * 2 }, (_, index) => {
    const transport = ways[(index + Math.floor(index / sessions)) % ways.length] ?? 'websocket'
    return createVisitor({ url, session: names[index % sessions] ?? '', name: `visitor-${index}`, transport, onChange })
  })
}

async function newSession(url: string): Promise<string> {
  const response = await fetch(`${url}/api/session/new`, { method: 'POST' })
  return ((await response.json()) as { session_id: string }).session_id
}

/** Messages of everybody, while it goes on: some of them by two ways at once. */
function createTalk(visitors: Visitor[], random: () => number) {
  let count = 0
  let timer: NodeJS.Timeout | undefined
  function say(): void {
    const visitor = visitors[Math.floor(random() * visitors.length)]
    const question = questions[Math.floor(random() * questions.length)] ?? 'Hello'
    count += 1
    // Not a bare number: after /whoami the desk takes four digits for a PIN, which it does not keep.
    const text = question.startsWith('/') ? question : `${question} (m${count})`
    if (random() < 0.2) visitor?.sayTwice(text)
    else visitor?.say(text)
  }
  return {
    begin() {
      timer ??= setInterval(say, TALK_MS)
    },
    end() {
      clearInterval(timer)
      timer = undefined
    },
    count: () => count,
  }
}

/**
 * Resolves when all is sent, all is answered and the visitors of each session have read equally far: true; or when
 * nothing more comes: false. An eager look ends as soon as a visitor has seen what cannot heal.
 */
function converged(visitors: Visitor[], news: EventTarget, eager: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (whole: boolean) => {
      clearTimeout(timer)
      news.removeEventListener('change', look)
      resolve(whole)
    }
    const timer = setTimeout(() => end(false), STUCK_MS)
    const look = () => {
      timer.refresh()
      if (eager && visitors.some(({ history }) => history.faults.length > 0)) end(false)
      else if (visitors.every((visitor) => visitor.isSettled() && visitor.isAnswered()) && readEquallyFar(visitors)) end(true)
    }
    news.addEventListener('change', look)
    look()
  })
}

function readEquallyFar(visitors: Visitor[]): boolean {
  const furthest = new Map<string, number>()
  for (const visitor of visitors) {
    const { session } = visitor.history
    furthest.set(session, Math.max(furthest.get(session) ?? 0, visitor.seq()))
  }
  return visitors.every((visitor) => visitor.seq() === furthest.get(visitor.history.session))
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
