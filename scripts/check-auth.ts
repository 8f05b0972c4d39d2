import { type Check, checks, type Gate, type Scene } from './auth-checks/checks.ts'
import { createVisitor } from './auth-checks/visitor.ts'
import { deskOrigin, readFlags, refuse } from './terminal/arguments.ts'
import { whyUnreachable } from './terminal/reach.ts'
import { createReport } from './terminal/report.ts'

const usage = `Checks that a running desk lets its customers in, and nobody else: browsing, signing in, ordering, and what others see of it.

  npm run check:auth -- [--url http://localhost:8000] [--email alice@example.com] [--pin 1234] [--sku MON-0054]

It places one order and takes it back. One line for each check; ends with 1 when one failed.`

const flags = readFlags(
  {
    url: { type: 'string', default: 'http://localhost:8000' },
    email: { type: 'string', default: 'alice@example.com' },
    pin: { type: 'string', default: '1234' },
    sku: { type: 'string', default: 'MON-0054' },
  },
  usage,
)
const base = deskOrigin(flags.url) ?? refuse(`--url: ${flags.url} is no address.`, usage)
if (!/^\d{4}$/.test(flags.pin)) refuse('--pin: a PIN has four digits.', usage)
const { say, leaveOut, end } = createReport()

const trouble = await whyUnreachable(base)
say(trouble === undefined, 'reachable and healthy', trouble ?? base)
if (trouble === undefined) await checkAll()
end('Customers get in, and nobody else.')

async function checkAll(): Promise<void> {
  const { email, pin, sku } = flags
  const scene: Scene = { base, credentials: { email, pin }, sku, visitor: createVisitor(base) }
  const open = new Set<Gate>()
  for (const check of checks) {
    if (check.needs && !open.has(check.needs)) leaveOut(check.name, `not tried, for want of the ${check.needs}`)
    else if ((await runOne(check, scene)) && check.opens) open.add(check.opens)
  }
}

async function runOne({ name, run, advice }: Check, scene: Scene): Promise<boolean> {
  try {
    say(true, name, await run(scene))
    return true
  } catch (error) {
    say(false, name, `${error instanceof Error ? error.message : error}. ${advice}`)
    return false
  }
}
