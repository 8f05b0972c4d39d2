import { z } from 'zod'
import { chooseEmbedder } from './assistant/models/embedding-settings.ts'
import { chooseModels, modelSettings } from './assistant/models/settings.ts'
import { sentenceOf, wording } from './protocol/wording.ts'
import { faults } from './shop/faults.ts'
import { toolSettings } from './tools/settings.ts'

/**
 * Every setting of the desk, read from the environment once, at the start. An empty variable counts as unset.
 * `.env.example` lists them all; a test holds the two against each other.
 */

const text = z.string()
const whole = (least: number) => z.coerce.number().int().min(least)
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const url = z.url({ protocol: /^https?$/, error: 'takes an address like https://desk.example.com' }).transform((value) => new URL(value))
const origins = text.transform((value, context) => {
  return value.split(',').flatMap((part) => {
    const origin = part.trim()
    if (origin === '') return []
    const parsed = URL.parse(origin)
    if (parsed && /^https?:$/.test(parsed.protocol) && parsed.origin === origin.toLowerCase()) return [parsed.origin]
    context.addIssue({ code: 'custom', message: `"${origin}" is not an origin like https://shop.example.com` })
    return []
  })
})
const SUGGESTED_QUESTIONS_MAX = 6
const SUGGESTED_QUESTION_LENGTH = 80
const questions = text.transform((value, context) => {
  const wrong = (message: string) => context.addIssue({ code: 'custom', message })
  const named = [...new Set(value.split('|').map((part) => part.trim()))].filter((question) => question !== '')
  if (named.length > SUGGESTED_QUESTIONS_MAX) wrong(`takes at most ${SUGGESTED_QUESTIONS_MAX} questions, not ${named.length}`)
  for (const question of named) {
    if (question.length > SUGGESTED_QUESTION_LENGTH) wrong(`"${question}" has more than ${SUGGESTED_QUESTION_LENGTH} characters`)
  }
  return named
})
const keysUrl = url.refine(({ protocol, hostname }) => protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname), {
  error: 'takes an https address, or one of this machine',
})
const secret = z
  .string()
  .min(32, 'needs at least 32 characters')
  .refine((value) => new Set(value).size > 7, 'is too easy to guess')

const schema = z.object({
  PORT: whole(0).max(65_535).default(8000),
  HOST: text.default('127.0.0.1'),
  PUBLIC_URL: url.optional(),
  TRUST_PROXY: whole(0).max(10).default(0),
  CORS_ORIGINS: origins.default([]),
  OPEN_SESSIONS: flag.optional(),
  DATA_DIR: text.default('data'),
  KNOWLEDGE_DIR: text.default('knowledge'),
  AGENTS_DIR: text.default('agents'),
  KNOWLEDGE_SYNC_HOURS: z.coerce.number().min(0).max(168).default(24),
  DESK_NAME: text.max(60).default('Harbor Computers'),
  SUGGESTED_QUESTIONS: questions.default([]),
  ADMIN_API_KEY: secret.optional(),
  SESSION_SECRET: secret.optional(),
  SHOP: z.enum(['embedded', 'off']).default('embedded'),
  SHOP_FAULTS: faults.optional(),
  MCP_API_KEY: secret.optional(),
  PIN_PEPPER: secret.optional(),
  JWT_SECRET: secret.optional(),
  JWKS_URL: keysUrl.optional(),
  JWT_ISSUER: text.optional(),
  JWT_AUDIENCE: text.optional(),
  JWT_ORDERS: flag.default(false),
  SIGN_IN_FAILING_ACCOUNTS: whole(1).default(20),
  CONFIDENCE_THRESHOLD: z.coerce.number().min(0).max(1).default(0.7),
  FILES_TOTAL_MB: whole(0).default(2000),
  CONTEXT_COMMANDS: z.enum(['all', 'off']).default('all'),
  SESSION_IDLE_MINUTES: z.coerce.number().positive().default(30),
  HANDOFF_TIMEOUT_S: whole(1).default(120),
  SESSION_CHECK_MS: whole(100).default(30_000),
  PING_INTERVAL_MS: whole(100).default(30_000),
  POLL_INTERVAL_MS: whole(100).default(3000),
  CONNECT_TIMEOUT_MS: whole(100).default(5000),
  RECONNECT_ATTEMPTS: whole(0).default(3),
  AI_TIMEOUT_MS: whole(100).default(120_000),
  OFFLINE_PACE_MS: whole(0).max(1000).default(8),
  ...modelSettings,
  ...toolSettings,
  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  RATE_LIMIT_MESSAGES: whole(1).default(60),
  RATE_LIMIT_MESSAGES_PER_ADDRESS: whole(1).default(600),
  RATE_LIMIT_FRAMES: whole(1).default(100),
  RATE_LIMIT_SOCKETS: whole(1).default(50),
  RATE_LIMIT_SOCKETS_PER_ADDRESS: whole(1).default(1000),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
})

export type Config = z.infer<typeof schema>

/** All settings there are, for the check that they are documented. */
export const settingNames = Object.keys(schema.shape)

/** Everything that is wrong with the environment, one line each, for the person who starts the desk. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Reads the settings. Throws a ConfigError with all problems at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([name, value]) => value !== '' && name in schema.shape))
  const result = schema.safeParse(set, { error: wording })
  if (!result.success) throw new ConfigError(result.error.issues.map((issue) => sentenceOf([issue])))
  const config = result.data
  const exposed = isExposed(config)
  const today = new Date().toISOString().slice(0, 10)
  const problems = [...chooseModels(config, today).problems, ...chooseEmbedder(config, today).problems, ...problemsOfSite(config)]
  if (exposed && config.RATE_LIMIT === 'off') problems.push('RATE_LIMIT: off is for a desk that only its own machine can reach')
  if (exposed && config.SHOP_FAULTS) problems.push('SHOP_FAULTS: is for a desk that only its own machine can reach')
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** What is wrong with the settings by which a site vouches for its visitors: they are of use together only. */
function problemsOfSite({ JWT_SECRET, JWKS_URL, JWT_ISSUER, JWT_AUDIENCE, JWT_ORDERS }: Config): string[] {
  const named = { JWT_ISSUER, JWT_AUDIENCE }
  if (JWT_SECRET !== undefined && JWKS_URL !== undefined) return ['JWKS_URL: is set beside JWT_SECRET, and only one of them can be']
  if (JWT_SECRET === undefined && JWKS_URL === undefined) {
    const first = Object.entries(named).find(([, value]) => value !== undefined)?.[0] ?? (JWT_ORDERS ? 'JWT_ORDERS' : undefined)
    return first === undefined ? [] : [`${first}: is of no use without JWT_SECRET or JWKS_URL`]
  }
  return Object.entries(named).flatMap(([name, value]) => (value === undefined ? [`${name}: is needed with JWT_SECRET or JWKS_URL`] : []))
}

/** Whether others than this machine may reach the desk. */
function isExposed({ PUBLIC_URL, HOST }: Pick<Config, 'PUBLIC_URL' | 'HOST'>): boolean {
  return PUBLIC_URL !== undefined || !/^(127\.|::1$|localhost$)/.test(HOST)
}

/**
 * Whether the desk is there for strangers: then nothing of its demonstration may open anything. A desk in a container listens on all
 * addresses and is told that it is this machine's (`PUBLIC_URL=http://localhost:8000`).
 */
export function isForStrangers({ PUBLIC_URL, HOST }: Pick<Config, 'PUBLIC_URL' | 'HOST'>): boolean {
  return !/^(127\.|\[?::1\]?$|localhost$)/.test(PUBLIC_URL?.hostname ?? HOST)
}
