import type { Card, OrderCard, ProductCard } from '#lib/protocol/cards.ts'
import type { ToolCall } from '#lib/protocol/events.ts'
import type { Caller, Gateway, ToolOutcome } from '#lib/tools/ports.ts'

/** Calls of tools that one answer may make. */
const MOST_CALLS = 8

export type Calls = ReturnType<typeof createCalls>

/** The calls of tools that are made for one answer: so many at most, the same one once. Remembers what they found. */
export function createCalls(gateway: Gateway, caller: Caller, signal: AbortSignal) {
  const made = new Map<string, Promise<ToolOutcome>>()
  const toolCalls: ToolCall[] = []
  const records: string[] = []
  const cards: Card[] = []

  /** Calls a tool; the same call again gets the same answer. */
  function call(name: string, args: Record<string, unknown>): Promise<ToolOutcome> {
    const key = `${name} ${JSON.stringify(args)}`
    let outcome = made.get(key)
    if (!outcome) {
      outcome = made.size < MOST_CALLS ? run(name, args) : Promise.resolve(spent)
      made.set(key, outcome)
    }
    return outcome
  }

  async function run(name: string, args: Record<string, unknown>): Promise<ToolOutcome> {
    const outcome = await gateway.call(caller, name, args, signal)
    // What was only proposed has not been done, and a call of it is not one that the visitor may take for that.
    if (outcome.status !== 'proposed') toolCalls.push({ name, status: outcome.status })
    if (outcome.status === 'ok') {
      records.push(...outcome.records)
      cards.push(...outcome.cards)
    }
    return outcome
  }

  return {
    call,
    offers: (name: string) => gateway.offered().some((tool) => tool.name === name),
    customer: caller.customer,
    toolCalls,
    records,
    cards,
  }
}

const spent: ToolOutcome = { status: 'error', text: 'No more tools can be called for this answer.' }

export function productsOf(outcome: ToolOutcome): ProductCard[] {
  return outcome.status === 'ok' ? outcome.cards.filter((card) => card.kind === 'product') : []
}

export function ordersOf(outcome: ToolOutcome): OrderCard[] {
  return outcome.status === 'ok' ? outcome.cards.filter((card) => card.kind === 'order') : []
}
