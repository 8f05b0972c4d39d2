import { createLocalBus } from '#lib/bus/local-bus.ts'
import type { Knowledge } from '#lib/knowledge/knowledge.ts'
import type { Action, Receipt } from '#lib/protocol/actions.ts'
import type { StoredEvent, StoredMessage } from '#lib/protocol/events.ts'
import { awaitAnswer } from '#lib/session/answer.ts'
import { createHall, proofs, ref } from '#lib/session/fixtures.ts'
import { createMemoryStore } from '#lib/session/memory-store.ts'
import type { Approval, Customer, ExecuteEffect, Identify, Responder } from '#lib/session/ports.ts'
import type { Gateway } from '#lib/tools/ports.ts'
import type { Agent } from '../agents.ts'
import type { ModelChain } from '../models/chain.ts'
import { createResponder } from '../responder.ts'
import { alice, bob, createTestShop } from './test-shop.ts'

/** A conversation with the assistant in the real hall, about a small shop in memory. */

/** Says nothing: the dialogue has to find its own words. */
const noModels: Pick<ModelChain, 'speak'> = {
  async *speak(request) {
    if (request.offline.sentences.length > 0) yield { type: 'text', text: request.offline.sentences.join(' ') }
    yield { type: 'end', assistant: 'frontdesk/offline', isComplete: true, isStandIn: false, reasons: [] }
  },
}

const pins: Record<string, { pin: string; customer: Customer }> = {
  'alice@example.com': { pin: '1234', customer: alice },
  'bob@example.com': { pin: '4321', customer: bob },
}
const identify: Identify = async ({ email, pin }) => {
  const known = pins[email.toLowerCase()]
  return known?.pin === pin ? { outcome: 'verified', customer: known.customer } : { outcome: 'wrong' }
}

export type Conversation = Awaited<ReturnType<typeof createAssistant>>['begin'] extends () => infer Begun ? Begun : never

/** An assistant that learns once, and begins one conversation after the other, each in a shop of its own. */
export function createAssistant(knowledge: Knowledge, models: Pick<ModelChain, 'speak'> = noModels, agents: Agent[] = []) {
  const clock = { now: Date.UTC(2026, 10, 25, 12) }
  const now = () => clock.now
  let shop = createTestShop()
  const gateway: Gateway = {
    offered: () => shop.gateway.offered(),
    call: (...asked) => shop.gateway.call(...asked),
  }
  const respond = createResponder({ ...settings, agents, knowledge, models, gateway, now })

  function begin() {
    const own = createTestShop()
    shop = own
    const effects: string[] = []
    const executeEffect: ExecuteEffect = async ({ session, turn }) => {
      const approval = session.approvals.find(({ id }) => id === turn.effect?.approval) as Approval
      effects.push(approval.tool)
      const card = own.carryOut(approval)
      return { text: `Done: ${approval.summary}.`, cards: [card], toolCalls: [{ name: approval.tool, status: 'ok' }] }
    }
    return { ...converse({ respond, identify, executeEffect, now }), shop: own, effects, clock }
  }

  return { begin }
}

const settings = { agents: [], deskName: 'Harbor Computers', threshold: 0.7 }

/** The same over tools of another kind: a real gateway, before a real shop. */
export function createAssistantOf(knowledge: Knowledge, gateway: Gateway, means: { identify: Identify; executeEffect: ExecuteEffect }) {
  const respond = createResponder({ ...settings, knowledge, models: noModels, gateway })
  return { begin: () => converse({ respond, ...means, now: Date.now }) }
}

interface Means {
  respond: Responder
  identify: Identify
  executeEffect: ExecuteEffect
  now: () => number
}

function converse({ respond, identify, executeEffect, now }: Means) {
  const store = createMemoryStore(now)
  const hall = createHall(store, createLocalBus(), respond, { now, identify, executeEffect })
  const here = ref('here')
  const visitor = { role: 'visitor' as const }

  const act = (action: Action): Promise<Receipt> => hall.service.act(visitor, here, action)

  /** Says something; returns the whole answer to it. */
  async function say(text: string): Promise<StoredMessage> {
    const { seq = 0, message_id = '' } = await act({ type: 'message', text })
    return (await awaitAnswer(hall.log, here, { seq, messageId: message_id }, AbortSignal.timeout(5000))) as StoredMessage
  }

  async function record() {
    const session = await store.find(here.key)
    if (!session) throw new Error('nothing was said')
    return session
  }

  const open = async () => (await record()).approvals.findLast(({ state }) => state === 'pending')

  /** The visitor's own click. */
  async function click(decision: 'approve' | 'reject' = 'approve'): Promise<void> {
    const approval = (await open()) as Approval
    await act({ type: 'approval', approval_id: approval.id, decision, token: proofs(here, approval).token })
    while ((await record()).turns.length > 0) await new Promise(setImmediate)
  }

  const events = (): Promise<StoredEvent[]> => store.read(here, 'visitor', 0, 1000)

  return { say, act, click, open, record, events, code: (approval: Approval) => proofs(here, approval).code }
}
