import { startDesk } from '../e2e/support/desk-process.ts'
import { runSuite } from './mcp-checks/conformance.ts'
import { startFixtureServer } from './mcp-checks/fixture-server.ts'
import { askInspector } from './mcp-checks/inspector.ts'
import { scenarios } from './mcp-checks/scenarios.ts'
import { type Verdict, verdictsOf } from './mcp-checks/verdicts.ts'
import { buildPages } from './pages.mjs'
import { readFlags } from './terminal/arguments.ts'
import { createStyle, showsColour } from './terminal/style.ts'

const usage = `Runs the official MCP conformance suite against the server of a fresh desk.

  npm run check:mcp -- [--inspector]

One line for each scenario; ends with 1 when one failed. With --inspector, the MCP inspector's command line lists the tools and calls one too (npm fetches it).`

const { inspector } = readFlags({ inspector: { type: 'boolean', default: false } }, usage)
const style = createStyle(showsColour(process.stdout))
await buildPages()
const desk = await startDesk()
const fixture = await startFixtureServer()
let failed = 0

try {
  const url = `${desk.url}/mcp`
  const found = { desk: await runSuite(url), fixture: await runSuite(fixture.url) }
  const verdicts = verdictsOf(scenarios, found)
  for (const verdict of verdicts) say(verdict)
  if (inspector) await inspect(url)
  const count = (outcome: Verdict['outcome']) => verdicts.filter((verdict) => verdict.outcome === outcome).length
  console.log(`\n${count('passed')} passed, ${count('not applicable')} not applicable, ${failed} failed`)
} finally {
  fixture.close()
  await desk.dispose()
}
process.exit(failed === 0 ? 0 : 1)

function say({ scenario, outcome, detail }: Verdict): void {
  if (outcome === 'failed') failed += 1
  const mark = { passed: style.green('passed'), failed: style.red('FAILED'), 'not applicable': style.dim('-     ') }[outcome]
  console.log(`${mark}  ${scenario.padEnd(30)} ${style.dim(detail)}`)
}

async function inspect(url: string): Promise<void> {
  const steps: Array<[string, string[]]> = [
    ['inspector tools/list', ['--method', 'tools/list']],
    ['inspector tools/call', ['--method', 'tools/call', '--tool-name', 'get_product', '--tool-arg', 'sku=MON-0054']],
  ]
  for (const [scenario, flags] of steps) {
    try {
      const answer = await askInspector(url, ...flags)
      const { tools, content } = answer as { tools?: Array<{ name: string }>; content?: Array<{ text: string }> }
      const detail = tools?.map(({ name }) => name).join(', ') ?? content?.[0]?.text.split('\n').slice(0, 4).join(' | ') ?? ''
      say({ scenario, outcome: detail === '' ? 'failed' : 'passed', detail })
    } catch (error) {
      say({ scenario, outcome: 'failed', detail: error instanceof Error ? error.message : String(error) })
    }
  }
}
