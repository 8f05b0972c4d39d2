import { type CallToolResult, McpServer, type ServerContext } from '@modelcontextprotocol/server'
import { isDeskError } from '#lib/protocol/errors.ts'
import type { Log } from '#lib/session/ports.ts'
import { ShopFault } from './faults.ts'
import { type Exchange, type ServeMcp, serveMcp } from './mcp-handler.ts'
import { refusalText, ShopError } from './shop-error.ts'
import type { Means, PinGuard, Tool } from './tools/tool.ts'

/** Where a client puts its idempotency key: in the `_meta` of a `tools/call`, at most 200 characters. */
export const KEY_META = 'frontdesk/idempotency-key'
const KEY_LENGTH = 200

interface ShopServerSettings {
  tools: Tool[]
  means: Means
  /** Asked around every check of a PIN that comes from outside the desk. */
  guard: PinGuard
  version: string
  log: Log
}

/** The shop as an MCP server. Who has no key sees and calls the public tools alone. */
export function createShopServer({ tools, means, guard, version, log }: ShopServerSettings): ServeMcp {
  return serveMcp(({ caller, cut }: Exchange) => {
    const keyholder = caller.reach === 'keyholders'
    const server = new McpServer(
      { name: 'frontdesk-shop', title: 'The shop of this desk', version },
      { capabilities: { tools: { listChanged: false } }, instructions: keyholder ? instructions : publicInstructions },
    )
    // The desk's own sign-in counts wrong PINs itself.
    const inside = caller.ip === undefined
    const call = { guard: inside ? unguarded : guard, ip: caller.ip, cut }
    for (const tool of tools) {
      if (tool.reach === 'keyholders' && !keyholder) continue
      server.registerTool(tool.name, registration(tool), async (input, context) => {
        try {
          const { text, data } = await tool.run(means, input as never, { ...call, key: keyOf(context) })
          return { content: [{ type: 'text', text }], structuredContent: data }
        } catch (error) {
          return refusal(tool.name, error, log)
        }
      })
    }
    return server
  }, log)
}

const instructions =
  'Products, customers and orders of a computer shop. Prices are US dollars. ' +
  `create_order takes an idempotency key in _meta["${KEY_META}"]: the same key again gives the same order.`
const publicInstructions =
  'Products and help articles of a computer shop. Prices are US dollars. With a key (Authorization: Bearer …) there are tools for customers and orders too.'

const unguarded: PinGuard = (_, check) => check()

function registration({ title, description, input, output, readOnly, destructive, idempotent }: Tool) {
  return {
    title,
    description,
    inputSchema: input,
    outputSchema: output,
    annotations: {
      title,
      readOnlyHint: readOnly,
      destructiveHint: destructive,
      idempotentHint: idempotent,
      openWorldHint: false,
    },
    // Says to who calls that the same key never changes anything twice.
    ...(readOnly ? {} : { _meta: { [KEY_META]: true } }),
  }
}

function keyOf({ mcpReq }: ServerContext): string | undefined {
  const key = mcpReq._meta?.[KEY_META]
  if (key === undefined) return undefined
  if (typeof key === 'string' && key.length > 0 && key.length <= KEY_LENGTH) return key
  throw new ShopError('IdempotencyKeyError', `${KEY_META} must be a text of at most ${KEY_LENGTH} characters`)
}

/** What cannot be done is a result, as in the original server; what went wrong inside shows nothing of itself. */
function refusal(tool: string, error: unknown, log: Log): CallToolResult {
  return { content: [{ type: 'text', text: `Error executing tool ${tool}: ${reasonOf(tool, error, log)}` }], isError: true }
}

function reasonOf(tool: string, error: unknown, log: Log): string {
  if (error instanceof ShopError) return refusalText(error)
  if (isDeskError(error) || error instanceof ShopFault) return error.message
  log.error({ err: error, tool }, 'a tool of the shop failed')
  return 'Something went wrong on our side. Please try again.'
}
