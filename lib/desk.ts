import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { loadAgents } from './assistant/agents.ts'
import { createFileReader } from './assistant/files/file-reader.ts'
import { createResponder } from './assistant/responder.ts'
import { createLocalBus } from './bus/local-bus.ts'
import type { Config } from './config.ts'
import { openActing } from './desk/acting.ts'
import { commandsOf } from './desk/commanding.ts'
import { knowledgeCheck, openKnowing } from './desk/knowing.ts'
import { createAccess } from './identity/access.ts'
import { createApprovalProofs } from './identity/approval-proofs.ts'
import { createMessageLimits } from './identity/limits.ts'
import { createOperators } from './identity/operators.ts'
import { isLoopback } from './identity/origins.ts'
import { createOwnerKey } from './identity/owner-key.ts'
import { createPlaces } from './identity/places.ts'
import { keepSecret } from './identity/secrets.ts'
import { siteTokensOf } from './identity/site-token.ts'
import { createDocumentReader } from './knowledge/formats/document-reader.ts'
import { createLogger } from './logger.ts'
import type { StoredEvent } from './protocol/events.ts'
import { createFiles } from './session/files.ts'
import { createInbox } from './session/inbox.ts'
import { createLog } from './session/log.ts'
import { startMonitor } from './session/monitor.ts'
import type { LogName, SessionRef } from './session/ports.ts'
import { createPresence } from './session/presence.ts'
import { createService } from './session/service.ts'
import { createTurns } from './session/turn.ts'
import { createViews } from './session/views.ts'
import { createFileBlobs } from './store/file-blobs.ts'
import { createOperatorStore } from './store/operator-store.ts'
import { createSessionStore, storeEpoch } from './store/session-store.ts'
import { openSqlite } from './store/sqlite-database.ts'
import type { House } from './transport/server/house.ts'
import { createInProcessDoor } from './transport/server/in-process.ts'
import { version } from './version.ts'

export type Desk = Awaited<ReturnType<typeof createDesk>>

/** How often turns are looked for that nobody works on, in milliseconds. */
const SWEEP_MS = 2000
/** How long the reading of one file of a visitor may take, in milliseconds. */
const FILE_MS = 5000
/** How often it is looked for changes that were sent and never answered, in milliseconds. */
const EFFECTS_MS = 30_000
/** How often it is looked whether somebody waits too long for a person, in milliseconds. */
const WAITING_MS = 5000
/** How long answers may take to end when the desk closes, in milliseconds. */
const DRAIN_MS = 30_000
/** How often wrong PINs of long ago are forgotten, in milliseconds. */
const FORGET_MS = 60 * 60_000

/**
 * Builds a desk: everything but the doors. Here and in `desk/` implementations are chosen, and nowhere else.
 * Throws a sentence for people when the data directory is in use or the knowledge folder is missing.
 */
export async function createDesk(config: Config) {
  const log = createLogger(config.LOG_LEVEL)
  const dataDir = resolve(config.DATA_DIR)
  const startedAt = Date.now()

  // First, since it makes this desk the only one here: secrets that two desks make at once would overwrite each other.
  const database = await openSqlite(dataDir, log)
  const adminKey = keepSecret(dataDir, 'admin-key', config.ADMIN_API_KEY)
  const sessionSecret = keepSecret(dataDir, 'session-secret', config.SESSION_SECRET)
  const epoch = await storeEpoch(database, () => randomUUID().slice(0, 8))
  const store = createSessionStore(database, epoch, Date.now)
  const bus = createLocalBus()
  const blobs = createFileBlobs(join(dataDir, 'files'))
  const { knowledge, models, model, ask, transcribe } = await openKnowing(config, { database, dataDir, log })
  const { shop, tools, signIn } = await openActing(config, { database, dataDir, secret: sessionSecret.value, knowledge, log })

  const watchers = new Set<() => void>()
  // Its own thread: what visitors send must not hold up the articles, nor they it.
  const documents = createDocumentReader({ limitMs: FILE_MS })
  const publish = (ref: SessionRef, events: StoredEvent[], written: LogName = 'visitor') => {
    if (events.length === 0) return
    bus.publish(ref.key, { type: 'grown', log: written, events })
    for (const heard of watchers) heard()
  }
  const respond = createResponder({
    knowledge,
    models,
    agents: await loadAgents(resolve(config.AGENTS_DIR)),
    deskName: config.DESK_NAME,
    threshold: config.CONFIDENCE_THRESHOLD,
    gateway: tools.gateway,
    files: createFileReader({ documents, transcribe }),
  })
  const { isCommand, runCommand } = commandsOf(config, ask)
  const proofs = createApprovalProofs(sessionSecret.value)
  const ids = { message: randomUUID, turn: randomUUID, file: randomUUID, approval: randomUUID }
  const turns = createTurns({
    store,
    bus,
    blobs,
    respond,
    runCommand,
    executeEffect: tools.executeEffect,
    publish,
    ids,
    now: Date.now,
    log,
  })
  const allow = createMessageLimits(
    config.RATE_LIMIT === 'off'
      ? undefined
      : { perSession: config.RATE_LIMIT_MESSAGES, perAddress: config.RATE_LIMIT_MESSAGES_PER_ADDRESS },
  )
  const service = createService({
    store,
    bus,
    turns,
    allow,
    isCommand,
    publish,
    ids,
    blobs,
    identify: signIn.identify,
    proofs,
    now: Date.now,
  })
  const files = createFiles({ store, blobs, allow, ids, limit: config.FILES_TOTAL_MB * 1024 * 1024 })

  const operators = createOperators({ store: createOperatorStore(database), newId: randomUUID, now: Date.now, log })
  const firstOperator = await operators.makeFirst()

  await turns.recover()
  const stopMonitor = startMonitor(
    [
      {
        name: 'close idle sessions',
        everyMs: config.SESSION_CHECK_MS,
        run: () => service.closeIdle(Date.now() - config.SESSION_IDLE_MINUTES * 60_000),
      },
      {
        name: 'tell who waits that nobody came',
        everyMs: WAITING_MS,
        run: () => service.tellWhoWaits(Date.now() - config.HANDOFF_TIMEOUT_S * 1000),
      },
      { name: 'take up turns', everyMs: SWEEP_MS, run: turns.sweep },
      { name: 'forget wrong PINs', everyMs: FORGET_MS, run: signIn.forget },
      { name: 'look after effects', everyMs: EFFECTS_MS, run: tools.tend },
    ],
    log,
  )
  let draining: Promise<void> | undefined
  let closing: Promise<void> | undefined

  const house: House = {
    version,
    startedAt,
    settings: {
      origins: {
        publicUrl: config.PUBLIC_URL,
        corsOrigins: config.CORS_ORIGINS,
        trustedHops: config.TRUST_PROXY,
        boundToLoopback: config.HOST === 'localhost' || isLoopback(config.HOST),
      },
      openSessions: config.OPEN_SESSIONS,
      answerTimeoutMs: config.AI_TIMEOUT_MS,
      pingIntervalMs: config.PING_INTERVAL_MS,
      framesPerSecond: config.RATE_LIMIT_FRAMES,
    },
    sessions: { ...service, ...files, ...createViews(store, Date.now), ...createLog(store, bus) },
    access: createAccess(store, sessionSecret.value, randomUUID),
    presence: createPresence(),
    takePlace: createPlaces({ perSession: config.RATE_LIMIT_SOCKETS, perAddress: config.RATE_LIMIT_SOCKETS_PER_ADDRESS }),
    isOwnerKey: createOwnerKey(adminKey.value, log),
    console: {
      operators,
      inbox: createInbox(store),
      watch(listener) {
        watchers.add(listener)
        return () => watchers.delete(listener)
      },
    },
    siteTokens: siteTokensOf(config, log),
    proofs,
    unlock: signIn.unlock,
    bus,
    newId: randomUUID,
    log,
    ready: () => draining === undefined,
    mcp: shop && {
      serve: shop.serve,
      isKey: config.MCP_API_KEY === undefined ? async () => false : createOwnerKey(config.MCP_API_KEY, log, 'MCP key'),
      // All that an address asks of the public tools counts like the messages of one session.
      allow: (ip) => allow({ role: 'visitor', ip }, { key: `mcp ${ip}`, name: 'mcp', incarnation: 0 }),
    },
    modelTotals: models.totals,
    tools: tools.registry,
    async checks() {
      const resting = models.resting()
      return {
        store: { status: 'ok', detail: 'sqlite' },
        assistant: { status: resting.length > 0 ? 'degraded' : 'ok', detail: models.names.join(', then ') },
        knowledge: knowledgeCheck(knowledge.articles().length, knowledge.embedded()),
        tools: tools.registry.health(),
      }
    },
  }

  /** Takes no new work and lets answers end. Calling it again waits for the same end. */
  function drain(): Promise<void> {
    draining ??= stopMonitor().then(() => turns.drain(DRAIN_MS))
    return draining
  }

  /** Drains, and lets go of everything. Calling it again waits for the same end. */
  function close(): Promise<void> {
    closing ??= drain()
      .then(() => Promise.all([knowledge.close(), documents.close(), tools.close()]))
      .then(() => database.close())
    return closing
  }

  /** What the chat page is made with. */
  function frontPage() {
    return {
      deskName: config.DESK_NAME,
      regenerates: ask !== undefined,
      takesFiles: config.FILES_TOTAL_MB > 0,
      suggestions: config.SUGGESTED_QUESTIONS.length > 0 ? config.SUGGESTED_QUESTIONS : knowledge.suggestions('en').slice(0, 4),
      settings: {
        connectTimeoutMs: config.CONNECT_TIMEOUT_MS,
        reconnectAttempts: config.RECONNECT_ATTEMPTS,
        pingIntervalMs: config.PING_INTERVAL_MS,
        pollIntervalMs: config.POLL_INTERVAL_MS,
      },
    }
  }

  return {
    ...house,
    session: createInProcessDoor(house),
    shop,
    frontPage,
    config,
    dataDir,
    adminKeyFile: adminKey,
    firstOperator,
    knowledge,
    model,
    models,
    drain,
    close,
  }
}
