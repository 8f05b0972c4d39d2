import { join, resolve } from 'node:path'
import { openModels } from '../assistant/models/open.ts'
import { createOfflineModel } from '../assistant/offline/model.ts'
import type { Config } from '../config.ts'
import { openKnowledge } from '../knowledge/knowledge.ts'
import { openVectors } from '../knowledge/meaning/vectors.ts'
import { openPages } from '../knowledge/pages/pages.ts'
import type { Log } from '../session/ports.ts'
import type { Database } from '../store/database.ts'
import { openTally } from '../store/tally.ts'
import { version } from '../version.ts'

interface Ground {
  database: Database
  dataDir: string
  log: Log
}

/** Opens what the desk knows and who speaks for it: articles, pages of the web, vectors, models. */
export async function openKnowing(config: Config, { database, dataDir, log }: Ground) {
  const knowledgeDir = resolve(config.KNOWLEDGE_DIR)
  const pages = await openPages({
    list: join(knowledgeDir, 'urls.txt'),
    folder: join(dataDir, 'pages'),
    everyHours: config.KNOWLEDGE_SYNC_HOURS,
    version: config.PUBLIC_URL ? `${version} (+${config.PUBLIC_URL.origin})` : version,
    log,
  })
  // Only a limit needs to outlive the process: without one, nothing is written for it.
  const tally = config.BUDGET_TOKENS_PER_DAY === undefined ? undefined : await openTally(database, log)
  const offline = createOfflineModel(config.OFFLINE_PACE_MS)
  const { chain, ask, transcribe, first, embedder } = await openModels(config, { offline, log, tally })
  const vectors = embedder && (await openVectors({ embedder, file: join(dataDir, 'vectors.bin'), log }))
  return { knowledge: await openKnowledge(knowledgeDir, log, pages, vectors), models: chain, model: first, ask, transcribe }
}

/** How the knowledge is, for /health. Without vectors it is searched by words alone: less well, but it is searched. */
export function knowledgeCheck(articles: number, embedded: { made: number; all: number } | undefined) {
  if (articles === 0) return { status: 'degraded' as const, detail: 'no articles' }
  const vectors = embedded ? `, ${embedded.made} of ${embedded.all} passages embedded` : ''
  return { status: 'ok' as const, detail: `${articles} articles${vectors}` }
}
