import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planOf } from './mcp-checks/client-scenarios.ts'
import { readFlags } from './terminal/arguments.ts'
import { createStyle, showsColour } from './terminal/style.ts'

const usage = `Runs the official MCP conformance suite against the desk's own MCP client.

  npm run check:mcp-client

One line for each scenario; ends with 1 when one failed.`

readFlags({}, usage)
const style = createStyle(showsColour(process.stdout))
const program = createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/dist/index.js')
const client = `${process.execPath} scripts/mcp-checks/client.ts`
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-conformance-'))
/** The suite gives a scenario 30 s of its own. */
const SCENARIO_MS = 40_000
const count = { passed: 0, notApplicable: 0, failed: 0 }

try {
  for (const scenario of clientScenariosIn((await suite('list')).output)) {
    const plan = planOf(scenario)
    if (typeof plan === 'object') {
      say('notApplicable', scenario, plan.notApplicable)
      continue
    }
    const { ok, output } = await suite('client', '--command', client, '--scenario', scenario, '--output-dir', folder)
    const [checks = 'nothing was checked'] = /Passed: \d+\/\d+/.exec(output) ?? []
    if (plan === undefined) say('failed', scenario, 'new in the suite, not in the list')
    else say(ok ? 'passed' : 'failed', scenario, ok ? checks : output)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`\n${count.passed} passed, ${count.notApplicable} not applicable, ${count.failed} failed`)
process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1)

function say(outcome: keyof typeof count, scenario: string, detail: string): void {
  count[outcome] += 1
  const mark = { passed: style.green('passed'), failed: style.red('FAILED'), notApplicable: style.dim('-     ') }[outcome]
  console.log(`${mark}  ${scenario.padEnd(42)} ${style.dim(detail)}`)
}

/** The names under the heading of the client's. */
function clientScenariosIn(list: string): string[] {
  const [, section = ''] = list.split('Client scenarios')
  return [...section.matchAll(/^ {2}- (\S+)/gm)].map(([, name = '']) => name)
}

function suite(...flags: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...flags], { timeout: SCENARIO_MS }, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}` })
    })
  })
}
