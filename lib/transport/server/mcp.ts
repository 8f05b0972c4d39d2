import { DeskError } from '#lib/protocol/errors.ts'
import { readText } from './body.ts'
import { keyIn } from './credentials.ts'
import type { Call } from './door.ts'
import type { House } from './house.ts'

/** The door for MCP clients, `/mcp`: this machine and who has the key may use every tool, strangers those of the shelf. */
export async function answerMcp(call: Call): Promise<Response> {
  const { mcp } = call.house
  if (!mcp) throw new DeskError('not_found', 'This desk has no shop of its own.')
  const caller = await callerOf(call, mcp)
  const { url, method, headers, signal } = call.request
  const body = method === 'POST' ? await readText(call.request) : null
  // A batch would be many calls for the price of one.
  if (body !== null && /^\s*\[/.test(body)) throw new DeskError('invalid', 'One request at a time: batches are not taken.')
  return mcp.serve(new Request(url, { method, headers, body, signal }), caller)
}

async function callerOf({ request, origin }: Call, mcp: NonNullable<House['mcp']>) {
  const { ip } = origin
  if (origin.local) return { reach: 'keyholders', ip } as const
  const key = keyIn(request.headers)
  if (key === undefined) {
    await mcp.allow(ip)
    return { reach: 'everyone', ip } as const
  }
  if (!(await mcp.isKey(key, ip))) throw new DeskError('unauthorized', 'This is not the key in MCP_API_KEY.')
  return { reach: 'keyholders', ip } as const
}
