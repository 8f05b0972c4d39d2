import type { Approval, EffectOutcome, ExecuteEffect, Log, SessionRecord } from '#lib/session/ports.ts'
import { NoAnswer } from '../mcp/server.ts'
import type { Effect, ToolStore } from '../ports.ts'
import { type ShopClient, ShopSaysNo, ToolIsMissing } from '../shop/client.ts'
import type { Ledger, Wish } from './ledger.ts'
import { notBegun, toldOf } from './words.ts'

/** What a visitor's approval sets going, and taking it back: the turns of lane `effect`. */

/** How long an order can be taken back, in milliseconds. */
const UNDO_MS = 2 * 60_000
/** What was sent longer ago than this has no turn that waits for it, milliseconds. */
const ORPHAN_MS = 60_000

interface Means {
  ledger: Ledger
  shop: Pick<ShopClient, 'has'>
  store: Pick<ToolStore, 'effect'>
  now: () => number
  log: Log
}

export function createEffects({ ledger, shop, store, now, log }: Means) {
  const executeEffect: ExecuteEffect = async ({ session, turn }, signal) => {
    const approval = session.approvals.find(({ id }) => id === turn.effect?.approval)
    if (approval?.state !== 'approved') return notBegun('There is nothing to do: this approval is not known any more.', 'no such approval')
    const planned = turn.effect?.kind === 'undo' ? await undoing(approval, session) : ordering(approval, session)
    if ('text' in planned) return planned
    // Somebody who has signed out, or another customer, begins nothing; what was begun is told of all the same.
    if (session.customer?.id !== approval.customerId && !(await isUnderWay(planned.key))) {
      return notBegun('You are not signed in any more, so nothing was changed.', 'the customer signed out')
    }
    return carryOut(planned, signal)
  }

  async function carryOut(wish: Wish, signal: AbortSignal): Promise<EffectOutcome> {
    try {
      const effect = await ledger.carryOut(wish, signal)
      log.info({ tool: effect.tool, effect: effect.key, state: effect.state }, 'an effect ended')
      return toldOf(effect, undoOf(effect))
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof ToolIsMissing || error instanceof ShopSaysNo)) throw error
      signal.throwIfAborted()
      const text = 'The shop cannot be reached at the moment. Nothing was changed. Please try again in a few minutes.'
      return { ...notBegun(text, 'the shop cannot be reached'), toolCalls: [{ name: wish.tool, status: 'error' }] }
    }
  }

  function ordering({ id, tool, args, customerId }: Approval, session: SessionRecord): Wish | EffectOutcome {
    if (tool !== 'create_order' && tool !== 'cancel_order') return notBegun('This cannot be done any more.', 'no such tool')
    return { key: id, session: session.key, tool, args, customerId }
  }

  async function undoing({ id, customerId }: Approval, session: SessionRecord): Promise<Wish | EffectOutcome> {
    const key = `undo:${id}`
    const original = await store.effect(id)
    const order_id = original?.result?.card?.order_id
    if (original?.tool !== 'create_order' || original.state !== 'done' || order_id === undefined) {
      return notBegun('There is nothing to take back.', 'nothing was done')
    }
    const wish: Wish = { key, session: session.key, tool: 'cancel_order', args: { customer_id: customerId, order_id }, customerId }
    if (await isUnderWay(key)) return wish
    if (!shop.has('cancel_order')) {
      const text = `I cannot cancel order ${order_id} myself. A person will look at it.`
      return notBegun(text, 'the shop has no tool to cancel', `order ${order_id} is to be cancelled`)
    }
    if (now() > original.updatedAt + UNDO_MS) {
      const text = `The two minutes to take order ${order_id} back are over. If you want it cancelled, write "cancel order ${order_id}".`
      return notBegun(text, 'too late to undo')
    }
    return wish
  }

  async function isUnderWay(key: string): Promise<boolean> {
    const effect = await store.effect(key)
    return effect !== undefined && effect.state !== 'intent'
  }

  function undoOf({ key, tool, state, updatedAt, result }: Effect) {
    const isNew = tool === 'create_order' && state === 'done' && result?.card?.status === 'submitted'
    if (!isNew || !shop.has('cancel_order') || now() > updatedAt + UNDO_MS) return undefined
    return { effect_id: key, until: new Date(updatedAt + UNDO_MS).toISOString() }
  }

  /** Finds out what became of effects that no turn waits for; to be called now and then. */
  async function sweep(signal: AbortSignal): Promise<void> {
    for (const { key, tool, state } of await ledger.settleOrphans(now() - ORPHAN_MS, signal)) {
      log[state === 'unknown' ? 'error' : 'warn']({ effect: key, tool, state }, 'an effect that nobody waited for was looked into')
    }
  }

  return { executeEffect, sweep }
}
