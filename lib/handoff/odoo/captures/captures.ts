import { readFileSync } from 'node:fs'

/** What real servers answered, word for word but for headers and tracebacks. */

export const versions = ['17', '18', '19'] as const
export type Version = (typeof versions)[number]

export interface Exchange {
  file: string
  label: string
  request?: { method: string; path: string; params?: Record<string, unknown> }
  response?: { status: number | null; body: { result?: unknown; error?: { code: number; data?: { name?: string } } } }
  notifications?: unknown[]
}

const read = new Map<Version, Exchange[]>()

export function captured(version: Version): Exchange[] {
  let exchanges = read.get(version)
  if (!exchanges) {
    exchanges = JSON.parse(readFileSync(new URL(`v${version}.json`, import.meta.url), 'utf8')).exchanges as Exchange[]
    read.set(version, exchanges)
  }
  return exchanges
}

/** The first exchange of a file whose label begins so. */
export function exchange(version: Version, label: string, file = 'flow'): Exchange {
  const found = captured(version).find((one) => one.file === file && one.label.startsWith(label))
  if (!found) throw new Error(`nothing was captured as ${label}`)
  return found
}
