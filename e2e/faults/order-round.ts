import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { customers, shopOf } from '../shop/shop.ts'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { alice, speak } from '../support/sign-in.ts'
import { TestSocket } from '../support/socket.ts'
import { isFinal } from './checker.ts'
import { wholeLog } from './logs.ts'

/** An order whose desk dies at one point of it, and what is wrong afterwards. */

/** The points of die-at.mjs, as an order passes them. */
export const points = [
  'before the intent',
  'after the intent',
  'before it is sent',
  'after it is sent',
  'before the shop’s commit',
  'after the shop’s commit',
  'before its result is kept',
  'after its result is kept',
  'before the answer’s commit',
  'after the answer’s commit',
] as const
export type Point = (typeof points)[number]

export interface Round {
  /** How many orders there are for the one approval. */
  orders: number
  told: 'placed' | 'unknown' | 'nothing'
  /** From the desk being ready again until the visitor was told, in milliseconds. */
  toldAfter: number
  /** What is not as it must be; empty when all is well. */
  faults: string[]
}

/** What is sold and there, a code each: every round takes another one. */
const shelf = readFileSync(new URL('../../lib/shop/demo/products.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .filter(([, , , stock, active]) => Number(stock) >= 5 && active === 'yes')
  .map(([sku = '']) => sku)

const TOLD_MS = 30_000

/** A desk that dies where it is told to. `plant` is a name in plant.mjs. */
export function startMortalDesk(knowledge: string, plant?: string): Promise<DeskProcess> {
  const imports = [...(plant === undefined ? [] : ['./e2e/faults/plant.mjs']), './e2e/faults/die-at.mjs']
  return startDesk({
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'fatal',
    KNOWLEDGE_DIR: knowledge,
    NODE_OPTIONS: imports.map((file) => `--import ${file}`).join(' '),
    ...(plant === undefined ? {} : { FRONTDESK_PLANT: plant }),
  })
}

/** A visitor signs in, asks for something and approves it; the desk dies at the point and is started again. */
export async function orderRound(desk: DeskProcess, point: Point, round: number): Promise<Round> {
  const { url } = desk
  const sku = shelf[round % shelf.length] ?? ''
  const shop = shopOf(url)
  const visitor = visitorOf(url)
  await visitor.say(`My email is ${alice.email} and PIN is ${alice.pin}`)
  const { approval } = await visitor.say(`order ${sku}`)
  if (!approval) throw new Error(`the desk asks for no approval of ${sku}`)
  const look = async (): Promise<Shelf> => ({ stock: await shop.stock(sku), orders: await shop.orders(customers.alice.id) })
  const before = await look()

  // By turns with a click and in words.
  const approve = () => (round % 2 === 0 ? visitor.click(approval) : visitor.say(`confirm ${approval.code}`, `confirm-${round}`))
  await diesAt(desk, point, approve)
  await desk.restart()
  const ready = performance.now()
  await visitor.hearsOutcome()
  const toldAfter = performance.now() - ready

  // Approved once more in the same way, and again by a click; what is said next is answered after it.
  await approve()
  await visitor.click(approval)
  await visitor.say('who am I?')
  const { told, faults } = judge(await wholeLog(url, visitor.session()))
  if (toldAfter > TOLD_MS) faults.push(`told after ${Math.round(toldAfter)} ms`)
  const after = await look()
  const orders = after.orders.filter((id) => !before.orders.includes(id)).length
  return { orders, told, toldAfter, faults: [...faults, ...judgeShop(orders, before.stock - after.stock, told)] }
}

interface Shelf {
  stock: number
  orders: string[]
}

/** Sets something going of which the desk dies. */
async function diesAt(desk: DeskProcess, point: Point, begin: () => Promise<unknown>): Promise<void> {
  const mark = join(desk.dataDir, 'die-at')
  writeFileSync(mark, point)
  // Whether the line holds until there is an answer is not known.
  const begun = begin().catch(() => undefined)
  await expect.poll(() => existsSync(mark), { interval: 5, timeout: 10_000, message: `the desk passes no “${point}”` }).toBe(false)
  await desk.kill()
  await begun
}

/** What the shop's own records say against what was told of them. */
function judgeShop(orders: number, taken: number, told: Round['told']): string[] {
  return [
    ...(orders > 1 ? [`${orders} orders for one approval`] : []),
    ...(taken === orders ? [] : [`${taken} units left the shelf for ${orders} orders`]),
    ...(told === 'placed' && orders === 0 ? ['an order was told of that is not there'] : []),
    ...(told === 'nothing' && orders > 0 ? ['an order was made and not told of'] : []),
  ]
}

/** What the visitor was told of the approval, once. */
function judge(log: StoredEvent[]): Pick<Round, 'told' | 'faults'> {
  const faults: string[] = []
  if (log.some(({ seq }, index) => seq !== index + 1)) faults.push('the log’s numbers have a gap')
  const decisions = log.filter(({ type }) => type === 'approval')
  if (decisions.length !== 1) faults.push(`decided ${decisions.length} times`)
  const answers = outcomes(log)
  if (answers.length !== 1) faults.push(`told ${answers.length} times: ${answers.map(({ content }) => content).join(' | ')}`)
  const told = toldBy(answers[0]?.content ?? '')
  if (told === 'unknown' && !log.some(({ type }) => type === 'handoff')) faults.push('nobody was called to look at it')
  return { told, faults }
}

function toldBy(content: string): Round['told'] {
  if (/Your order \S+ is placed/.test(content)) return 'placed'
  return /could not find out/.test(content) ? 'unknown' : 'nothing'
}

/** The answers between the approval and what the visitor said next. */
function outcomes(log: StoredEvent[]): StoredMessage[] {
  const approved = log.findIndex(({ type }) => type === 'approval')
  const rest = approved === -1 ? [] : log.slice(approved + 1)
  const next = rest.findIndex((event) => event.type === 'message' && event.role === 'visitor')
  return (next === -1 ? rest : rest.slice(0, next)).filter((event): event is StoredMessage => event.type === 'message' && isFinal(event))
}

interface Asked {
  approval_id: string
  code: string
}

/** A visitor over HTTP who keeps their token. */
function visitorOf(url: string) {
  let session: { session_id?: string } = {}
  let token: string | undefined
  const headers = () => (token === undefined ? {} : { 'x-session-token': token })
  return {
    async say(message: string, client_msg_id: string = crypto.randomUUID()) {
      const { status, body } = await speak(url, '/api/chat', { message, client_msg_id, ...session }, headers())
      if (status !== 200) throw new Error(`${status} to “${message}”: ${JSON.stringify(body)}`)
      session = { session_id: body.session_id }
      token = body.session_token ?? token
      return body
    },
    async click({ approval_id, code }: Asked) {
      const action = { type: 'approval', decision: 'approve', approval_id, code }
      const { status, body } = await speak(url, `/api/session/${session.session_id}/actions`, action, headers())
      if (status !== 200) throw new Error(`${status} to a click: ${JSON.stringify(body)}`)
    },
    /** Resolves when the log tells how the approval ended. */
    async hearsOutcome() {
      const socket = new TestSocket(`${url}/ws/${session.session_id}`)
      await socket.open()
      socket.send({ type: 'hello', after: 0, ...(token === undefined ? {} : { token }) })
      await socket.until(() => outcomes(socket.frames.filter(({ seq }) => seq !== undefined) as never)[0], 'the outcome')
      socket.close()
    },
    session: () => session.session_id ?? '',
  }
}
