import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How long the suite may take, in milliseconds: a server that does not answer holds up each scenario. */
const PATIENCE = 60_000

const require = createRequire(import.meta.url)

/** What the suite found in one scenario. */
export interface Finding {
  passed: number
  /** Why checks failed, one line each. */
  failures: string[]
}

interface CheckRecord {
  id: string
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED'
  errorMessage?: string
}

/** Runs all server scenarios of the official suite against a server; resolves with what it found, by scenario. */
export async function runSuite(url: string): Promise<Map<string, Finding>> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-conformance-'))
  try {
    // The package has a program and nothing to import.
    const program = require.resolve('@modelcontextprotocol/conformance/dist/index.js')
    await ended(process.execPath, [program, 'server', '--url', url, '--suite', 'all', '--output-dir', folder])
    const finished = readdirSync(folder).filter((entry) => existsSync(join(folder, entry, 'checks.json')))
    return new Map(finished.map((entry) => [scenarioOf(entry), findingIn(join(folder, entry, 'checks.json'))]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `server-tools-list-2026-11-25T15-44-20-152Z` is what the scenario `tools-list` left. */
function scenarioOf(entry: string): string {
  return entry.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '')
}

function findingIn(file: string): Finding {
  const checks = JSON.parse(readFileSync(file, 'utf8')) as CheckRecord[]
  return {
    passed: checks.filter(({ status }) => status === 'SUCCESS').length,
    failures: checks.filter(({ status }) => status === 'FAILURE').map(({ id, errorMessage }) => errorMessage ?? id),
  }
}

/** The suite's exit code is 1 when anything failed, also what does not apply: its records are what counts. What it did not get to has none. */
function ended(command: string, flags: string[]): Promise<void> {
  const child = spawn(command, flags, { stdio: 'ignore', timeout: PATIENCE })
  return new Promise((resolve, reject) => child.on('error', reject).on('close', () => resolve()))
}
