import { type Check, checks, type Gate, type Target } from './socket-checks/checks.ts'
import { deskOrigin, readFlags, refuse } from './terminal/arguments.ts'
import { whyUnreachable } from './terminal/reach.ts'
import { createReport } from './terminal/report.ts'

const usage = `Checks that a running desk does what its clients need, above all over WebSocket.

  npm run check:ws -- [--url http://localhost:8000]

One line for each check; ends with 1 when one failed.`

const flags = readFlags({ url: { type: 'string', default: 'http://localhost:8000' } }, usage)
const base = deskOrigin(flags.url) ?? refuse(`--url: ${flags.url} is no address.`, usage)
const { say, leaveOut, end } = createReport()

const trouble = await whyUnreachable(base)
say(trouble === undefined, 'reachable and healthy', trouble ?? base)
if (trouble === undefined) await checkAll()
end('Everything works.')

async function checkAll(): Promise<void> {
  const target: Target = { base }
  const open = new Set<Gate>()
  for (const check of checks) {
    if (check.needs && !open.has(check.needs)) leaveOut(check.name, `not tried, there is no ${check.needs}`)
    else if ((await runOne(check, target)) && check.opens) open.add(check.opens)
  }
  target.socket?.close()
}

async function runOne({ name, run, advise }: Check, target: Target): Promise<boolean> {
  try {
    say(true, name, await run(target))
    return true
  } catch (error) {
    say(false, name, `${error instanceof Error ? error.message : error}. ${advise(error)}`)
    return false
  }
}
