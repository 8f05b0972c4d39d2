import { randomUUID } from 'node:crypto'
import { isInstruction } from '../assistant/grounding/instructions.ts'
import { type Config, isForStrangers } from '../config.ts'
import { keepSecret } from '../identity/secrets.ts'
import { createSignIn } from '../identity/sign-in.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { passageSearch } from '../knowledge/passage-search.ts'
import type { Log } from '../session/ports.ts'
import { openEmbeddedShop } from '../shop/embedded.ts'
import type { Database } from '../store/database.ts'
import { createLockoutStore } from '../store/lockout-store.ts'
import { createShopStore } from '../store/shop-store.ts'
import { createToolStore } from '../store/tool-store.ts'
import { openTools } from '../tools/open.ts'
import { chooseAllowed, chooseServers } from '../tools/settings.ts'
import { version } from '../version.ts'

interface Ground {
  database: Database
  dataDir: string
  /** What names of guesses at PINs are made with. */
  secret: string
  knowledge: Knowledge
  log: Log
}

/** Opens what the desk can do: the shop, the tools, and the proof of who somebody is, which is one of them. */
export async function openActing(config: Config, { database, dataDir, secret, knowledge, log }: Ground) {
  const signIn = createSignIn({
    verify: (credentials, signal) => tools.verify(credentials, signal),
    store: createLockoutStore(database),
    secret,
    accountsThatMayFail: config.SIGN_IN_FAILING_ACCOUNTS,
    newId: randomUUID,
    now: Date.now,
    log,
  })
  // Somebody else's shop takes its place, unless they stand side by side.
  const hasShop = config.SHOP === 'embedded' && (config.MCP_SERVER_URL?.some(({ url }) => url === 'embedded') ?? true)
  const shop = hasShop
    ? await openEmbeddedShop({
        store: createShopStore(database),
        pepper: keepSecret(dataDir, 'pin-pepper', config.PIN_PEPPER).value,
        exposed: isForStrangers(config),
        faults: config.SHOP_FAULTS,
        searchKnowledge: passageSearch(knowledge, config.PUBLIC_URL),
        // What the desk itself asks was counted when it was asked.
        guard: (attempt, check) => (attempt.ip === undefined ? check() : signIn.guard(attempt, check)),
        version,
        log,
      })
    : undefined
  const tools = await openTools({
    // The shop of this desk is a server like any other, but that it is asked without a network.
    servers: chooseServers(config, shop && { name: 'shop', url: new URL('http://shop.desk/mcp'), fetch: shop.fetch, own: true }),
    allowed: chooseAllowed(config),
    store: createToolStore(database),
    ...{ isInstruction, version, log },
  })
  return { shop, tools, signIn }
}
