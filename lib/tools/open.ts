import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#lib/session/ports.ts'
import { createBudget, usualLimits } from './budget.ts'
import { createEffects } from './effects/effects.ts'
import { createLedger } from './effects/ledger.ts'
import { createGateway } from './gateway.ts'
import { openServer, type ServerSpec, type ServerTimes } from './mcp/server.ts'
import type { Allowed } from './policy.ts'
import type { ToolCallRecord, ToolStore } from './ports.ts'
import { createRegistry } from './registry.ts'
import { createShopClient } from './shop/client.ts'
import { createVerifier } from './verify.ts'

/** How long calls are remembered, in days. */
const CALLS_KEPT_DAYS = 90
const DAY_MS = 24 * 60 * 60_000

interface Means {
  /** The first one is the shop. */
  servers: ServerSpec[]
  allowed: Allowed
  store: ToolStore
  isInstruction: (text: string) => boolean
  version: string
  log: Log
  times?: ServerTimes
}

/** Opens the tools. A server on the network is connected to in the background; one in this process is there at once. */
export async function openTools({ servers, allowed, store, isInstruction, version, log, times }: Means) {
  const registry = createRegistry({ store, allowed, isInstruction, now: Date.now, log })
  const opened = servers.map((spec) => {
    const server = openServer(spec, { log, version, onTools: (tools) => registry.update(server, tools), ...(times ? { times } : {}) })
    registry.add(server)
    return server
  })
  const shop = createShopClient(registry)
  const ledger = createLedger({ shop, store, now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, { signal }) })
  const effects = createEffects({ ledger, shop, store, now: Date.now, log })
  const closing = new AbortController()
  const recording = new Set<Promise<void>>()

  function record(call: Omit<ToolCallRecord, 'id'>): void {
    const write = store
      .record({ id: randomUUID(), ...call })
      .catch((error) => log.warn({ err: error, tool: call.tool }, 'a tool call was not kept'))
      .finally(() => recording.delete(write))
    recording.add(write)
  }

  await Promise.all(opened.filter(({ own }) => own).map(({ tried }) => tried))
  return {
    gateway: createGateway({
      ...{ registry, shop, record, log },
      budget: createBudget(usualLimits, () => performance.now()),
      now: Date.now,
    }),
    verify: createVerifier(shop),
    executeEffect: effects.executeEffect,
    registry,
    /** Resolves when each server was tried once, whatever came of it. */
    tried: Promise.all(opened.map((server) => server.tried)),
    /** Looks after what nobody waits for, and forgets old calls. */
    async tend(): Promise<void> {
      await effects.sweep(closing.signal)
      await store.forgetCalls(Date.now() - CALLS_KEPT_DAYS * DAY_MS)
    },
    async close(): Promise<void> {
      closing.abort()
      await Promise.all(opened.map((server) => server.close()))
      await Promise.all(recording)
    },
  }
}
