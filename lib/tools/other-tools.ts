import { z } from 'zod'
import type { Customer } from '#lib/session/ports.ts'
import { cleanJson, cleanText } from './clean.ts'
import type { Answer } from './mcp/server.ts'
import { identityArguments } from './policy.ts'
import type { ToolOutcome } from './ports.ts'
import type { RegisteredTool } from './registry.ts'
import { RESULT_MAX, refused } from './shop/outcomes.ts'

/** The tools of other servers: what they take is what their schema says, what they answer is passed on as text. */

/** Calls one. `args` is what a model said; for whom is the customer's. */
export async function callOther(
  tool: RegisteredTool,
  args: unknown,
  { customer, signal }: { customer: Customer | undefined; signal: AbortSignal },
): Promise<ToolOutcome> {
  const bound = bind(tool, args, customer)
  if (!bound) return refused('invalid', `These are not the arguments that ${tool.name} takes.`)
  const answer = await tool.server.call(tool.definition.name, bound, { signal })
  const text = cleanText(textOf(answer), RESULT_MAX)
  if (answer.isError) return { status: 'error', text: text || `${tool.name} failed.` }
  return { status: 'ok', text, cards: [], records: text.split('\n').filter((line) => line.trim() !== '') }
}

/** The arguments that are named in the schema, with the customer where it asks for one; undefined when they do not fit. */
function bind({ parameters, definition, access }: RegisteredTool, args: unknown, customer: Customer | undefined) {
  const said = z.record(z.string(), z.unknown()).safeParse(args ?? {})
  if (!said.success) return undefined
  const names = Object.keys((parameters.properties ?? {}) as object)
  const known = Object.fromEntries(Object.entries(said.data).filter(([name]) => names.includes(name)))
  const schema = z.fromJSONSchema(parameters as Parameters<typeof z.fromJSONSchema>[0])
  if (!schema.safeParse(known).success) return undefined
  if (access === 'public' || !customer) return known
  const asked = Object.keys(definition.inputSchema.properties ?? {})
  const own = identityArguments
    .filter((name) => asked.includes(name))
    .map((name) => [name, name.endsWith('_id') ? customer.id : customer.email])
  if (own.some(([, value]) => value === undefined)) return undefined
  return { ...known, ...Object.fromEntries(own) }
}

function textOf({ text, structured }: Answer): string {
  if (text.trim() !== '' || structured === undefined) return text
  return JSON.stringify(cleanJson(structured), undefined, 1) ?? ''
}
