import { randomUUID } from 'node:crypto'
import type { Log } from '#lib/session/ports.ts'
import { type Faults, withFaults } from './faults.ts'
import { createShopServer } from './mcp-server.ts'
import type { ShopStore } from './ports.ts'
import { openShop } from './shop.ts'
import { tools } from './tools/all-tools.ts'
import type { Means, PinGuard } from './tools/tool.ts'

interface EmbeddedShopSettings {
  store: ShopStore
  pepper: string
  /** Strangers can reach the desk. */
  exposed: boolean
  faults: Faults | undefined
  searchKnowledge: Means['searchKnowledge']
  guard: PinGuard
  version: string
  log: Log
}

/** Opens the shop that comes with the desk, and the MCP server before it. */
export async function openEmbeddedShop({ store, pepper, exposed, faults, searchKnowledge, guard, version, log }: EmbeddedShopSettings) {
  const shop = await openShop({ store, pepper, refuseDemoPins: exposed, orderId: randomUUID, now: Date.now, log })
  const serve = createShopServer({ tools: withFaults(tools, faults, Math.random), means: { shop, searchKnowledge }, guard, version, log })
  return {
    serve,
    /** The way in for the desk's own MCP client, with every right: only who holds this function has it. */
    fetch: (input: string | URL | Request, init?: RequestInit) => serve(new Request(input, init), { reach: 'keyholders' }),
  }
}
