import { createLocalBus } from '#lib/bus/local-bus.ts'
import { createAccess } from '#lib/identity/access.ts'
import { memoryOperators } from '#lib/identity/fixtures.ts'
import { createOperators } from '#lib/identity/operators.ts'
import type { Origin } from '#lib/identity/origins.ts'
import { createPlaces } from '#lib/identity/places.ts'
import type { StoredEvent } from '#lib/protocol/events.ts'
import { createHall, type HallOptions, proofs, silent } from '#lib/session/fixtures.ts'
import { createInbox } from '#lib/session/inbox.ts'
import { createMemoryStore } from '#lib/session/memory-store.ts'
import type { Bus, Identify, Responder, SessionRef, SessionStore } from '#lib/session/ports.ts'
import { createPresence } from '#lib/session/presence.ts'
import type { Call } from './door.ts'
import type { House } from './house.ts'

/** A desk behind its doors, under a test's control: the real hall over a store in memory. */

export interface Furnishing {
  store?: SessionStore
  bus?: Bus
  respond?: Responder
  hall?: HallOptions
}

/** A shop with one customer. */
export const alice = { email: 'alice@example.com', pin: '7351' }
export const identifyAlice: Identify = async ({ email, pin }) => {
  if (email !== alice.email || pin !== alice.pin) return { outcome: 'wrong' }
  return { outcome: 'verified', customer: { id: 'c-1', name: 'Alice', email, via: 'pin', mayOrder: true } }
}

export function furnish({ store = createMemoryStore(Date.now), bus = createLocalBus(), respond = polite, hall = {} }: Furnishing = {}) {
  const { service, files, log, views, turns } = createHall(store, bus, respond, { identify: identifyAlice, ...hall })
  let named = 0
  const house: House = {
    version: '0',
    startedAt: 0,
    settings: {
      origins: { publicUrl: undefined, corsOrigins: [], trustedHops: 0, boundToLoopback: true },
      openSessions: undefined,
      answerTimeoutMs: 5000,
      pingIntervalMs: 0,
      framesPerSecond: 100,
    },
    sessions: { ...service, ...files, ...log, ...views },
    access: createAccess(store, 'a secret of the tests, long enough', () => `made-${++named}`),
    presence: createPresence(),
    takePlace: createPlaces({ perSession: 9, perAddress: 99 }),
    isOwnerKey: async (key) => key === 'the key of the owner',
    siteTokens: undefined,
    proofs,
    unlock: async () => false,
    mcp: undefined,
    console: {
      operators: createOperators({ store: memoryOperators(), newId: () => `o-${++named}`, now: Date.now, log: silent }),
      inbox: createInbox(store),
      watch: () => () => undefined,
    },
    bus,
    newId: () => crypto.randomUUID(),
    log: silent,
    ready: () => true,
    modelTotals: () => ({ tokens_today: 0, models: [] }),
    tools: { offered: () => [], off: () => [], approve: async () => undefined },
    checks: async () => ({}),
  }
  const publish = (to: SessionRef, events: StoredEvent[]) => bus.publish(to.key, { type: 'grown', log: 'visitor', events })
  return { house, store, bus, turns, publish }
}

/** Answers everything with a word. */
const polite: Responder = async function* () {
  yield { text: 'Certainly.', citations: [] }
  return { confidence: 1 }
}

const stranger: Origin = { local: false, ip: '203.0.113.9', origin: undefined, secure: true }
export const neighbour: Origin = { local: true, ip: '127.0.0.1', origin: undefined, secure: false }

export interface Asking {
  method?: string
  headers?: Record<string, string>
  body?: object
  params?: Record<string, string>
  origin?: Origin
  signal?: AbortSignal
}

/** A request as it reaches a door. */
export function callTo(
  house: House,
  path: string,
  { method, headers = {}, body, params = {}, origin = stranger, signal }: Asking = {},
): Call {
  const request = new Request(`http://desk.test${path}`, {
    method: method ?? (body ? 'POST' : 'GET'),
    headers,
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  return { house, request, params, origin, requestId: 'r-1' }
}
