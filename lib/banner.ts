import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import type { Desk } from './desk.ts'

/** The few lines that the desk prints when it is open. */
export function banner(desk: Desk, address: AddressInfo | string | null): string {
  const { config } = desk
  const port = typeof address === 'object' && address ? address.port : config.PORT
  const host = desk.settings.origins.boundToLoopback ? 'localhost' : config.HOST
  const key = desk.adminKeyFile
  const rows = [
    ['address', config.PUBLIC_URL?.href.replace(/\/$/, '') ?? `http://${host}:${port}`],
    ['listens', `on port ${port} of ${config.HOST}`],
    ['mode', modeOf(desk)],
    ['assistant', `${desk.models.names.join(', then ')} (answers from ${desk.knowledge.articles().length} articles)`],
    ['knowledge', knowledgeOf(desk)],
    ['data', desk.dataDir],
    ['admin key', key.made ? `made just now, in ${key.file}` : (key.file ?? 'from ADMIN_API_KEY')],
    ...(desk.firstOperator ? [['console', consoleOf(desk.firstOperator)]] : []),
    ...warningsOf(desk).map((warning) => ['warning', warning]),
  ]
  return ['', '  Frontdesk is open', ...rows.map(([name = '', value]) => `  ${name.padEnd(10)} ${value}`), ''].join('\n')
}

/** Told once: the desk keeps only a hash of it. */
function consoleOf({ login, password }: NonNullable<Desk['firstOperator']>): string {
  return `/console, login "${login}", password "${password}" (shown this once; change it there)`
}

function modeOf({ config, settings }: Desk): string {
  if (config.PUBLIC_URL) return 'exposed: PUBLIC_URL is set, sessions need their token'
  if (settings.origins.boundToLoopback) return 'local: only this machine can reach it (set PUBLIC_URL to open it)'
  return `local for this machine, exposed for others: listens on ${config.HOST}`
}

function knowledgeOf({ config, knowledge }: Desk): string {
  const folder = resolve(config.KNOWLEDGE_DIR)
  const { length } = knowledge.articles()
  if (length > 0) return `${length} ${length === 1 ? 'article' : 'articles'} in ${folder}`
  return `no articles in ${folder}: the desk can answer nothing until there are some (.md, .txt)`
}

function warningsOf({ config: { PUBLIC_URL } }: Desk): string[] {
  const overNetwork = PUBLIC_URL?.protocol === 'http:' && !/^(localhost|127\..*|\[::1\])$/.test(PUBLIC_URL.hostname)
  return overNetwork ? ['PUBLIC_URL is http: what visitors write and the tokens of their sessions can be read on the way; use https'] : []
}
