import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { loadAgents } from './assistant/agents.ts'
import { createFileReader } from './assistant/files/file-reader.ts'
import { openModels } from './assistant/models/open.ts'
import { createOfflineModel } from './assistant/offline/model.ts'
import { createResponder } from './assistant/responder.ts'
import { createLocalBus } from './bus/local-bus.ts'
import { createAnalyze } from './commands/analyze.ts'
import { clear } from './commands/clear.ts'
import { createCommands } from './commands/command.ts'
import { createContextCommands } from './commands/context.ts'
import { createHelp } from './commands/help.ts'
import { history } from './commands/history.ts'
import { createSummarize } from './commands/summarize.ts'
import { createTranslate } from './commands/translate.ts'
import { whoami } from './commands/whoami.ts'
import type { Config } from './config.ts'
import { createAccess } from './identity/access.ts'
import { createMessageLimits } from './identity/limits.ts'
import { isLoopback } from './identity/origins.ts'
import { createOwnerKey } from './identity/owner-key.ts'
import { createPlaces } from './identity/places.ts'
import { keepSecret } from './identity/secrets.ts'
import { createDocumentReader } from './knowledge/formats/document-reader.ts'
import { openKnowledge } from './knowledge/knowledge.ts'
import { openPages } from './knowledge/pages/pages.ts'
import { createLogger } from './logger.ts'
import type { StoredEvent } from './protocol/events.ts'
import { createFiles } from './session/files.ts'
import { createLog } from './session/log.ts'
import { startMonitor } from './session/monitor.ts'
import type { LogName, SessionRef } from './session/ports.ts'
import { createPresence } from './session/presence.ts'
import { createService } from './session/service.ts'
import { createTurns } from './session/turn.ts'
import { createViews } from './session/views.ts'
import { createFileBlobs } from './store/file-blobs.ts'
import { createSessionStore, storeEpoch } from './store/session-store.ts'
import { openSqlite } from './store/sqlite-database.ts'
import { openTally } from './store/tally.ts'
import type { House } from './transport/server/house.ts'
import { createInProcessDoor } from './transport/server/in-process.ts'
import { version } from './version.ts'

export type Desk = Awaited<ReturnType<typeof createDesk>>

/** How often turns are looked for that nobody works on, in milliseconds. */
const SWEEP_MS = 2000
/** How long the reading of one file of a visitor may take, in milliseconds. */
const FILE_MS = 5000
/** How long answers may take to end when the desk closes, in milliseconds. */
const DRAIN_MS = 30_000

/**
 * Builds a desk: everything but the doors. This is the only place that chooses implementations.
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
  const knowledgeDir = resolve(config.KNOWLEDGE_DIR)
  const pages = await openPages({
    list: join(knowledgeDir, 'urls.txt'),
    folder: join(dataDir, 'pages'),
    everyHours: config.KNOWLEDGE_SYNC_HOURS,
    version: config.PUBLIC_URL ? `${version} (+${config.PUBLIC_URL.origin})` : version,
    log,
  })
  const knowledge = await openKnowledge(knowledgeDir, log, pages)
  // Only a limit needs to outlive the process: without one, nothing is written for it.
  const tally = config.BUDGET_TOKENS_PER_DAY === undefined ? undefined : await openTally(database, log)
  const offline = createOfflineModel(config.OFFLINE_PACE_MS)
  const { chain: models, ask, transcribe, first: model } = await openModels(config, { offline, log, tally })

  // Its own thread: what visitors send must not hold up the articles, nor they it.
  const documents = createDocumentReader({ limitMs: FILE_MS })
  const publish = (ref: SessionRef, events: StoredEvent[], log: LogName = 'visitor') => {
    if (events.length > 0) bus.publish(ref.key, { type: 'grown', log, events })
  }
  const respond = createResponder({
    knowledge,
    models,
    agents: await loadAgents(resolve(config.AGENTS_DIR)),
    deskName: config.DESK_NAME,
    threshold: config.CONFIDENCE_THRESHOLD,
    files: createFileReader({ documents, transcribe }),
  })
  // Without a model, what would ask one does what it can without, and says so.
  const context = config.CONTEXT_COMMANDS === 'all' ? createContextCommands(ask !== undefined) : []
  const others = [history, clear, whoami, createSummarize(ask), createAnalyze(ask), createTranslate(ask), ...context]
  const { isCommand, runCommand } = createCommands([createHelp(others), ...others])
  const turns = createTurns({ store, bus, blobs, respond, runCommand, publish, messageId: randomUUID, log })
  const allow = createMessageLimits(
    config.RATE_LIMIT === 'off'
      ? undefined
      : { perSession: config.RATE_LIMIT_MESSAGES, perAddress: config.RATE_LIMIT_MESSAGES_PER_ADDRESS },
  )
  const ids = { message: randomUUID, turn: randomUUID, file: randomUUID }
  const service = createService({ store, bus, turns, allow, isCommand, publish, ids, blobs })
  const files = createFiles({ store, blobs, allow, ids, limit: config.FILES_TOTAL_MB * 1024 * 1024 })

  await turns.recover()
  const stopMonitor = startMonitor(
    [
      {
        name: 'close idle sessions',
        everyMs: config.SESSION_CHECK_MS,
        run: () => service.closeIdle(Date.now() - config.SESSION_IDLE_MINUTES * 60_000),
      },
      { name: 'take up turns', everyMs: SWEEP_MS, run: turns.sweep },
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
    sessions: { ...service, ...files, ...createViews(store), ...createLog(store, bus) },
    access: createAccess(store, sessionSecret.value, randomUUID),
    presence: createPresence(),
    takePlace: createPlaces({ perSession: config.RATE_LIMIT_SOCKETS, perAddress: config.RATE_LIMIT_SOCKETS_PER_ADDRESS }),
    isOwnerKey: createOwnerKey(adminKey.value, log),
    bus,
    newId: randomUUID,
    log,
    ready: () => draining === undefined,
    modelTotals: models.totals,
    async checks() {
      const articles = knowledge.articles().length
      const resting = models.resting()
      return {
        store: { status: 'ok', detail: 'sqlite' },
        assistant: { status: resting.length > 0 ? 'degraded' : 'ok', detail: models.names.join(', then ') },
        knowledge: articles > 0 ? { status: 'ok', detail: `${articles} articles` } : { status: 'degraded', detail: 'no articles' },
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
      .then(() => Promise.all([knowledge.close(), documents.close()]))
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
    frontPage,
    config,
    dataDir,
    adminKeyFile: adminKey,
    knowledge,
    model,
    models,
    drain,
    close,
  }
}
