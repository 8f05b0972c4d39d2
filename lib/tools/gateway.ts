import type { Log } from '#lib/session/ports.ts'
import { type createBudget, TooManyCalls } from './budget.ts'
import { NoAnswer } from './mcp/server.ts'
import { callOther } from './other-tools.ts'
import { isShopTool, type ShopToolName } from './policy.ts'
import type { Caller, Gateway, ToolCallRecord, ToolOutcome } from './ports.ts'
import type { RegisteredTool, Registry } from './registry.ts'
import { shopArguments } from './shop/arguments.ts'
import { type ShopClient, ShopSaysNo, ToolIsMissing } from './shop/client.ts'
import { refused } from './shop/outcomes.ts'
import { createProposing } from './shop/proposing.ts'
import { createReading } from './shop/reading.ts'

/**
 * The only way to a tool, whoever calls it: an offline dialogue, or a model that does what a stranger's text told it. Who asks comes
 * from the session, what is allowed from the policy, what is filled in from our code; and each call is counted and kept.
 */

interface Means {
  registry: Registry
  shop: ShopClient
  budget: ReturnType<typeof createBudget>
  /** Keeps a call; it does not wait, and what fails is logged. */
  record: (call: Omit<ToolCallRecord, 'id'>) => void
  now: () => number
  log: Log
}

export function createGateway({ registry, shop, budget, record, now, log }: Means): Gateway {
  const works: Record<Exclude<ShopToolName, 'verify_customer_pin'>, ShopWork> = { ...createReading(shop), ...createProposing(shop) }

  async function call(caller: Caller, name: string, args: unknown, signal: AbortSignal): Promise<ToolOutcome> {
    const began = now()
    const kept: Kept = { args: {} }
    const outcome = await attempt(caller, name, args, signal, kept).catch((error: unknown) => failed(error, name, signal))
    const { session, turn, customer } = caller
    const how = outcome.status === 'refused' ? `refused: ${outcome.reason}` : outcome.status
    const tool = registry.tool(name) || isShopTool(name) ? name : 'unknown'
    record({ session, turn, tool, customerId: customer?.id, args: kept.args, outcome: how, ms: now() - began, at: now() })
    return outcome
  }

  async function attempt(caller: Caller, name: string, args: unknown, signal: AbortSignal, kept: Kept): Promise<ToolOutcome> {
    signal.throwIfAborted()
    budget.spend(caller)
    const tool = registry.tool(name)
    if (!tool || tool.access === 'internal') return absent(name)
    if (tool.access !== 'public' && !caller.customer) {
      return refused('sign_in', 'This is for customers who have signed in with their e-mail address and PIN.')
    }
    if (tool.access === 'approval' && !caller.customer?.mayOrder) {
      return refused('sign_in', 'This needs a customer who has signed in with their PIN.')
    }
    return budget.run(caller.session, signal, () => carryOut(tool, args, { caller, signal, kept }))
  }

  async function carryOut(tool: RegisteredTool, args: unknown, { caller, signal, kept }: Work): Promise<ToolOutcome> {
    const { customer } = caller
    if (!tool.isShop || !isShopTool(tool.name)) return callOther(tool, args, { customer, signal })
    if (tool.name === 'verify_customer_pin') return absent(tool.name)
    const bound = shopArguments[tool.name].safeParse(args ?? {})
    if (!bound.success) return refused('invalid', bound.error.issues[0]?.message ?? 'These are not the arguments that it takes.')
    kept.args = withoutWords(bound.data)
    return works[tool.name](bound.data as never, signal, customer as never)
  }

  function absent(name: string): ToolOutcome {
    if (registry.off().some((tool) => tool.name === name)) return refused('off', `${name} is switched off.`)
    if (isShopTool(name) && name !== 'verify_customer_pin') return { status: 'error', text: 'The shop cannot be reached at the moment.' }
    return refused('unknown', 'There is no such tool.')
  }

  function failed(error: unknown, name: string, signal: AbortSignal): ToolOutcome {
    if (signal.aborted) throw signal.reason
    if (error instanceof TooManyCalls) return { status: 'error', text: 'Enough was looked up for this answer. Answer with what is known.' }
    if (error instanceof ToolIsMissing) return absent(name)
    if (error instanceof NoAnswer) return { status: 'error', text: 'It did not answer in time.' }
    if (error instanceof ShopSaysNo) return { status: 'error', text: 'The shop could not do this.' }
    log.error({ err: error, tool: name }, 'a tool call failed')
    return { status: 'error', text: 'It failed.' }
  }

  return { offered: registry.offered, call }
}

/** The policy has seen to it that there is a customer where one is needed. */
type ShopWork = (args: never, signal: AbortSignal, customer: never) => Promise<ToolOutcome>

/** What is kept of a call's arguments. */
interface Kept {
  args: Record<string, unknown>
}

interface Work {
  caller: Caller
  signal: AbortSignal
  kept: Kept
}

/** Arguments as they may be kept: codes and numbers, but not what somebody wrote. */
function withoutWords(args: Record<string, unknown>): Record<string, unknown> {
  const isCode = (value: unknown) => typeof value !== 'string' || /^[A-Za-z0-9_./-]{1,64}$/.test(value)
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, isCode(value) ? value : `${String(value).length} characters`]),
  )
}
