import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)

/** The program that docs/from-code.md shows: its imports first, as the language wants them, then the rest in order. */
function programOf(markdown: string): string {
  const lines = [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].flatMap(([, code = '']) => code.split('\n'))
  const isImport = (line: string) => line.startsWith('import ')
  return [...lines.filter(isImport), ...lines.filter((line) => !isImport(line))].join('\n')
}

describe('docs/from-code.md', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-code-'))
  const program = join('.tmp', 'from-code.ts')
  let output = ''

  beforeAll(async () => {
    mkdirSync('.tmp', { recursive: true })
    writeFileSync(program, programOf(readFileSync('docs/from-code.md', 'utf8')))
    const env = { ...process.env, AI_PROVIDER: 'offline', DATA_DIR: dataDir, LOG_LEVEL: 'warn', OFFLINE_PACE_MS: '0' }
    const { stdout, stderr } = await run(process.execPath, [program], { env })
    expect(stderr).toBe('')
    output = stdout
  }, 60_000)
  afterAll(() => {
    rmSync(program, { force: true })
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('answers with sources and confidence', () => {
    expect(output).toMatch(/^Standard .*3 to 5 business days/)
    expect(output).toMatch(/^confidence 0\.\d+$/m)
    expect(output).toMatch(/^\[1\] .+: .+/m)
  })

  it('streams the answer to a question that leans on the one before', () => {
    const [, streamed = ''] = /\n\[1\] .*?\n(?:\[\d\] .*?\n)*(.*)/s.exec(output) ?? []
    expect(streamed.split('\n')[0]).toMatch(/shipping|delivery/i)
  })

  it('keeps sessions apart', () => {
    const [alice] = /^user: How can I return something\?\nassistant: .+$/m.exec(output) ?? []
    expect(alice).toBeDefined()
    expect(output).not.toContain('user: When are you open?')
  })

  it('follows the log by its numbers', () => {
    expect([...output.matchAll(/^(\d) (visitor|assistant): /gm)].map(([, seq, role]) => `${seq} ${role}`)).toEqual([
      '1 visitor',
      '2 assistant',
      '3 visitor',
      '4 assistant',
    ])
  })

  it('clears, deletes, and asks the model itself', () => {
    expect(output).toMatch(/^0\ntrue\nHello!\nWhat do you sell\?$/m)
  })

  it('names what the desk refuses', () => {
    expect(output).toMatch(/^invalid session_id takes 1 to 64 characters/m)
  })
})
